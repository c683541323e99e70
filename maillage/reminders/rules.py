"""Sorting what is due, saying how long is left, and deciding when a digest leaves. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from maillage.reminders.duty import Duty
from maillage.ui.french import NBSP, plural, short_date

#: Today and the six days that follow: what « cette semaine » means on a Friday as on a Monday.
SOON = dt.timedelta(days=7)
SATURDAY = 5
WEEKDAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")


@dataclass(frozen=True, slots=True)
class Piles:
    late: list[Duty] = field(default_factory=list)
    soon: list[Duty] = field(default_factory=list)
    later: list[Duty] = field(default_factory=list)
    undated: list[Duty] = field(default_factory=list)

    @property
    def pressing(self) -> list[Duty]:
        """What is late or falls within seven days."""
        return [*self.late, *self.soon]


@dataclass(frozen=True, slots=True)
class Wait:
    """How long is left, as a pill: tone, icon, words."""

    tone: str
    icon: str
    words: str


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """The oldest deadline first; what has none comes last, in the order given."""
    return sorted(duties, key=lambda duty: duty.due_on or dt.date.max)


def sort(duties: Iterable[Duty], on: dt.date) -> Piles:
    """Four piles: late, within seven days, later, without a date."""
    piles = Piles()
    for duty in in_order(duties):
        if duty.due_on is None:
            piles.undated.append(duty)
        elif duty.due_on < on:
            piles.late.append(duty)
        else:
            (piles.soon if duty.due_on < on + SOON else piles.later).append(duty)
    return piles


def wait_for(duty: Duty, on: dt.date) -> Wait | None:
    """« En retard de 55 jours », « Aujourd’hui », « Jeudi 26 », « 11 déc. 2026 »; nothing for what has no date."""
    if duty.due_on is None:
        return None
    left = (duty.due_on - on).days
    if left < 0:
        return Wait("alerte", "alert", f"En retard de {plural(-left, 'jour')}")
    if left <= 1:
        return Wait("alerte", "clock", "Demain" if left else "Aujourd’hui")
    if left < SOON.days:
        number = "1er" if duty.due_on.day == 1 else duty.due_on.day
        return Wait("alerte", "clock", f"{WEEKDAYS[duty.due_on.weekday()]}{NBSP}{number}")
    return Wait("", "clock", short_date(duty.due_on))


def digest_leaves(frequency: str, last_sent_on: dt.date | None, on: dt.date) -> bool:
    """Whether a digest may leave that day: not at the weekend, once a day, or once a week from Monday on.

    A Monday on which the server slept is made up for on Tuesday.
    """
    if frequency == "never" or on.weekday() >= SATURDAY:
        return False
    if last_sent_on is None:
        return True
    monday = on - dt.timedelta(days=on.weekday())
    return last_sent_on < (on if frequency == "daily" else monday)
