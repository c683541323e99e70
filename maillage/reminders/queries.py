"""What waits for a person, in one space or in all."""

import datetime as dt
from dataclasses import dataclass

from maillage.people.models import Membership, User
from maillage.reminders.models import ReminderSettings
from maillage.reminders.registry import Duty, providers
from maillage.reminders.rules import in_order, sort
from maillage.reminders.secrecy import hash_of
from maillage.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Week:
    """`pressing` is late or due within seven days; `all` is everything that waits."""

    on: dt.date
    pressing: list[Duty]
    all: list[Duty]


def duties_of(user: User, territory: Territory, on: dt.date) -> list[Duty]:
    """Everything that waits for a person in a space, oldest deadline first. The queries are the providers'."""
    return in_order(duty for provider in providers() for duty in provider(user, territory, on))


def week_of(user: User, territory: Territory, on: dt.date) -> Week:
    duties = duties_of(user, territory, on)
    return Week(on, sort(duties, on).pressing, duties)


def everything_for(user: User, on: dt.date) -> list[tuple[Territory, list[Duty]]]:
    """Her spaces, each with what waits there; nothing for a closed account."""
    if not user.is_active:
        return []
    found = []
    memberships = Membership.objects.open().filter(user=user).select_related("territory").order_by("territory__name")
    for row in memberships:
        user.remember_role(row.territory_id, row.role)
        found.append((row.territory, duties_of(user, row.territory, on)))
    return found


def settings_of(user: User) -> ReminderSettings:
    """Her settings, or the defaults (not saved: reading a page writes nothing)."""
    return ReminderSettings.objects.filter(user=user).first() or ReminderSettings(user=user)


def reader_of_calendar(token: str) -> User | None:
    """Whose calendar that secret address is. Only hashes are compared, so time says nothing of the secret."""
    found = ReminderSettings.objects.select_related("user").filter(calendar_hash=hash_of(token)).first()
    return found.user if found and found.user.is_active else None
