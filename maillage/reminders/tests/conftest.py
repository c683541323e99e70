import datetime as dt

import pytest
from django.contrib.auth import get_user_model

from maillage.access.roles import Role
from maillage.people.models import Membership, User
from maillage.reminders import registry
from maillage.reminders.registry import Duty
from maillage.territories.models import Territory

#: A Tuesday.
TODAY = dt.date(2026, 11, 24)


def duty(key: str = "milestone-1", days: int | None = 2, title: str = "Convoquer le conseil", why: str = "") -> Duty:
    """A duty due so many days after TODAY; without a date when `days` is None."""
    due_on = None if days is None else TODAY + dt.timedelta(days=days)
    return Duty(key, title, why, f"/espace/ici/action/{key}/", "Préparer", "flag", due_on)


def territory_called(slug: str, name: str) -> Territory:
    return Territory.objects.create(slug=slug, name=name, kind=Territory.Kind.EPCI)


def member_of(*territories: Territory, email: str = "claire@exemple.fr") -> User:
    user = get_user_model().objects.create_user(email, name="Claire Dupuy")
    for territory in territories:
        Membership.objects.create(territory=territory, user=user, role=Role.COORDINATOR)
    return user


@pytest.fixture
def territory(db) -> Territory:
    return territory_called("ici", "Gascogne")


@pytest.fixture
def claire(territory) -> User:
    return member_of(territory)


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Duty]]:
    """What is due, by slug of the space: tests fill it, the only provider reads it."""
    found: dict[str, list[Duty]] = {}
    monkeypatch.setattr(registry, "_providers", [lambda user, territory, on: found.get(territory.slug, [])])
    return found
