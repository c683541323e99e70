"""Fills a database with that many territories of 60 actions; prints, as JSON, who visits what with which cookie."""

import datetime as dt
import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from maillage.access.roles import Role
from maillage.network.models import Organization
from maillage.people.models import Membership, User
from maillage.plan.models import Action, ActionGoal, Convention, Funding, Goal, GoalLevel, Milestone, Note
from maillage.territories.models import Perimeter, Territory

ACTIONS, GOALS, VISITED = 60, 4, 10


def visitor(slug: str, actions: int) -> tuple[User, str]:
    """A territory of that many actions, and the person who looks at it."""
    with transaction.atomic():
        fill(1, actions=actions, prefix=slug)
    return User.objects.get(email=f"{slug}0@example.org"), f"{slug}0"


def fill(count: int, actions: int = ACTIONS, prefix: str = "t") -> None:
    """`count` territories, written in bulk; each with a person, a convention and 60 full actions (or so many)."""
    numbers = range(count)
    territories = Territory.objects.bulk_create(
        Territory(slug=f"{prefix}{n}", name=f"Territoire {n}", kind="epci") for n in numbers
    )
    Perimeter.objects.bulk_create(
        Perimeter(territory=t, starts_on=dt.date(2021, 1, 1), commune_codes=["32160"] * 13, edition=2026)
        for t in territories
    )
    people = User.objects.bulk_create(User(email=f"{prefix}{n}@example.org", name=f"Personne {n}") for n in numbers)
    Membership.objects.bulk_create(
        Membership(territory=t, user=p, role=Role.COORDINATOR) for t, p in zip(territories, people, strict=True)
    )
    funders = Organization.objects.bulk_create(Organization(territory=t, name="Caf") for t in territories)
    conventions = Convention.objects.bulk_create(
        Convention(territory=t, title="CTG", starts_on=dt.date(2022, 1, 1), ends_on=dt.date(2026, 12, 31))
        for t in territories
    )
    GoalLevel.objects.bulk_create(
        GoalLevel(convention=c, depth=1, kind="change", name="Changement", plural="C") for c in conventions
    )
    goals = Goal.objects.bulk_create(
        Goal(territory=c.territory, convention=c, kind="change", number=str(g), position=g, title=f"Changement {g}")
        for c in conventions for g in range(1, GOALS + 1)
    )  # fmt: skip
    for start in range(0, count, 100):
        _actions(
            conventions[start : start + 100], funders[start : start + 100],
            goals[start * GOALS : (start + 100) * GOALS], actions,
        )  # fmt: skip


def _actions(conventions: list[Convention], funders: list[Organization], goals: list[Goal], many: int) -> None:
    actions = Action.objects.bulk_create(
        Action(
            territory=c.territory, convention=c, number=f"{n % GOALS + 1}.{n}", position=n, title=f"Une action {n}",
            state="ongoing", lead_organization=funder, starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2026, 12, 31),
            description="Ce que l’on fait, avec qui et pour qui. " * 12,
        )
        for c, funder in zip(conventions, funders, strict=True) for n in range(many)
    )  # fmt: skip
    rank = {a.pk: number for number, a in enumerate(actions)}
    ActionGoal.objects.bulk_create(
        ActionGoal(action=a, goal=goals[rank[a.pk] // many * GOALS + rank[a.pk] % GOALS], is_main=True) for a in actions
    )
    Milestone.objects.bulk_create(
        Milestone(action=a, title=f"Étape {m}", position=m, due_on=dt.date(2026, 11 - m, 20))
        for a in actions
        for m in range(3)
    )
    Funding.objects.bulk_create(
        Funding(action=a, funder=a.lead_organization, year=2025 + y, planned=1000, obtained=800, spent=300)
        for a in actions for y in range(2)
    )  # fmt: skip
    Note.objects.bulk_create(Note(action=a, on=dt.date(2026, 10, 1), text="Une note.") for a in actions)


def visits(count: int) -> dict[str, dict[str, Any]]:
    """Ten people spread over the territories (or one, ten times), with the pages that each will open."""
    found: dict[str, dict[str, Any]] = {}
    for n in range(0, count, max(count // VISITED, 1)):
        user = User.objects.get(email=f"t{n}@example.org")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        action = Action.objects.filter(territory__slug=f"t{n}").order_by("id")[7]
        found[f"p{n}"] = {
            "cookie": f"sessionid={session.session_key}",
            "tableau de bord": reverse("dashboard", args=[f"t{n}"]),
            "plan": reverse("plan", args=[f"t{n}"]),
            "action": reverse("action", args=[f"t{n}", action.pk]),
            "à faire": reverse("to_do", args=[f"t{n}"]),
        }
    return found


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    with transaction.atomic():
        fill(int(sys.argv[1]))
    print(json.dumps(visits(int(sys.argv[1]))))
