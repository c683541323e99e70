"""What the plan lends to others: lines of the menu, a word under the space's name, what is due."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from maillage.access.may import role_of
from maillage.access.roles import Role
from maillage.discussion import subjects as discussed
from maillage.documents import subjects
from maillage.network.queries import organization_ids_of
from maillage.people.models import User
from maillage.people.spaces import add_space_line
from maillage.plan.models import Action, Commitment, Convention, Goal, Milestone
from maillage.plan.queries.actions import blocked_in
from maillage.plan.queries.conventions import convention_of, steps_of
from maillage.plan.rules.states import ENDED
from maillage.reminders.registry import Duty, register
from maillage.territories.models import Territory
from maillage.ui.navigation import Entry, add

#: What is further away than this is not yet a duty.
AHEAD = dt.timedelta(days=90)

add(Entry("", "Tableau de bord", "dashboard", "dashboard", order=10, phone="Accueil",
          pages=("overview", "briefs", "brief")))  # fmt: skip
add(Entry("Agir", "Plan d’action", "thread", "plan", order=30, phone="Actions",
          pages=("plan_table", "plan_board", "action_move", "plan_timeline", "plan_communes", "plan_themes",
                 "plan_partners", "plan_bulk", "plan_bulk_edits", "saved_views", "saved_view_new", "saved_view_delete",
                 "action", "action_new", "action_edit", "goal", "goal_new", "goal_edit", "import_new",
                 "import")))  # fmt: skip
add(Entry("Agir", "Financements", "euro", "budget", order=31))
add(Entry("Agir", "Convention et signataires", "flag", "convention", order=29,
          pages=("convention_edit", "levels", "versions", "version", "version_freeze", "version_compare", "amendment",
                 "amendment_new", "amendment_edit", "amendment_agree", "amendment_sign", "amendment_abandon",
                 "folder_new", "folder")))  # fmt: skip
add(Entry("Agir", "Engagements", "check", "commitments", order=29))


def convention_line(territory: Territory) -> str:
    convention = convention_of(territory)
    return f"CTG {convention.period}" if convention else ""


add_space_line(convention_line)


def duties(user: User, territory: Territory, on: dt.date) -> Iterator[Duty]:
    """What waits in the plan: for the team everything, for a partner what its organisation carries or promised."""
    convention = convention_of(territory)
    role = role_of(user, territory)
    if convention is None or role not in {Role.COORDINATOR, Role.FIELD_ACTOR, Role.SIGNATORY}:
        return
    mine = None if role == Role.COORDINATOR else organization_ids_of(user, territory.pk)
    yield from _milestones(convention, mine, on)
    yield from _commitments(convention, mine, on)
    if mine is None:
        yield from _steps(convention, on)
        yield from _blocked(convention)


def marked(words: str, is_example: bool) -> str:
    """What is invented says so, also in a reminder."""
    return f"{words} (exemple)" if is_example else words


def _milestones(convention: Convention, mine: set[int] | None, on: dt.date) -> Iterator[Duty]:
    rows = Milestone.objects.filter(action__convention=convention, done_on=None, due_on__lte=on + AHEAD)
    rows = rows.exclude(action__state__in=ENDED)
    if mine is not None:
        carried = Q(action__lead_organization__in=mine) | Q(
            action__partner_links__organization__in=mine, action__partner_links__role="operational"
        )
        rows = rows.filter(carried).distinct()
    # Plain values, and an address made once: two hundred rows are read at each dashboard.
    address = reverse("action", args=[convention.territory.slug, 0]).removesuffix("0/")
    found = rows.order_by("due_on", "id").values_list(
        "pk", "title", "due_on", "action_id", "action__number", "action__title", "action__is_example"
    )
    for pk, title, due_on, action_id, number, name, is_example in found[:200]:
        why = marked(f"Action {number} {name}" if number else f"Action {name}", is_example)
        yield Duty(f"milestone-{pk}", title, why, f"{address}{action_id}/", "Ouvrir", "thread", due_on)


def _commitments(convention: Convention, mine: set[int] | None, on: dt.date) -> Iterator[Duty]:
    rows = Commitment.objects.filter(signatory__convention=convention, kept_on=None, due_on__lte=on + AHEAD)
    if mine is not None:
        rows = rows.filter(signatory__organization__in=mine)
    for row in rows.select_related("signatory__organization")[:100]:
        url = reverse("convention", args=[convention.territory.slug]) + "#signataires"
        why = marked(f"Engagement : {row.signatory.organization}", row.is_example)
        yield Duty(f"commitment-{row.pk}", str(row), why, url, "Ouvrir", "flag", row.due_on)


def _steps(convention: Convention, on: dt.date) -> Iterator[Duty]:
    for row in steps_of(convention):
        if row.done_on or row.due_on is None or row.due_on > on + AHEAD:
            continue
        url = reverse("convention", args=[convention.territory.slug]) + "#demarche"
        why = marked(row.deliverable or "Étape de la démarche", row.is_example)
        yield Duty(f"step-{row.pk}", str(row), why, url, "Ouvrir", "flag", row.due_on)


def _blocked(convention: Convention) -> Iterator[Duty]:
    for row in blocked_in(convention):
        url = reverse("action", args=[convention.territory.slug, row.id])
        why = marked(row.health_note, row.is_example)
        yield Duty(f"blocked-{row.id}", f"Débloquer « {row.title} »", why, url, "Ouvrir", "stop")


register(duties)


def action_url(action: Action) -> str:
    return reverse("action", args=[action.territory.slug, action.pk]) + "#documents"


def convention_url(convention: Convention) -> str:
    return reverse("convention", args=[convention.territory.slug]) + "#documents"


subjects.register(Action, "plan.view", "action.follow", action_url)
subjects.register(Convention, "plan.view", "convention.edit", convention_url)


discussed.register(Action, "plan.view", "cette action", lambda slug, pk: reverse("action", args=[slug, pk]))
discussed.register(Goal, "plan.view", "cet objectif", lambda slug, pk: reverse("goal", args=[slug, pk]))
discussed.register(Convention, "plan.view", "la convention", lambda slug, _pk: reverse("convention", args=[slug]))
