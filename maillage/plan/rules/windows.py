"""The years that a timeline shows; where a day, a thread, a mark stand on them, in percents of the width."""

import datetime as dt
from dataclasses import dataclass

from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import ActionState

QUARTERS = {1: "janv.", 4: "avr.", 7: "juil.", 10: "oct."}


@dataclass(frozen=True, slots=True)
class Mark:
    """An upright on the timeline: strong for a year (a quarter, when one year is shown), light for what is between."""

    x: float
    words: str
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """Plain from `start` to `now`, dotted to `end`; `kind` is « done », « late », « stopped » or « open »."""

    start: float
    now: float
    end: float
    kind: str


@dataclass(frozen=True, slots=True)
class Window:
    """From a day to another, both shown."""

    first: dt.date
    last: dt.date

    @property
    def is_one_year(self) -> bool:
        return (self.last - self.first).days < 367

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def place(self, day: dt.date) -> float:
        """0 on the first day, 100 on the last; beyond for what the window does not hold."""
        return round(100 * (day - self.first).days / max((self.last - self.first).days, 1), 2)

    def within(self, day: dt.date) -> float:
        return min(max(self.place(day), 0.0), 100.0)

    def marks(self) -> list[Mark]:
        """Years named and quarters between them; within one year, quarters named and months between."""
        found = []
        for year in range(self.first.year, self.last.year + 1):
            for month in range(1, 13) if self.is_one_year else QUARTERS:
                day = dt.date(year, month, 1)
                strong = month in QUARTERS if self.is_one_year else month == 1
                words = (QUARTERS[month] if self.is_one_year else str(year)) if strong else ""
                if self.holds(day):
                    found.append(Mark(self.place(day), words, strong))
        return found


def window_of(starts_on: dt.date, ends_on: dt.date, year: int | None) -> Window:
    """The whole convention, or one of its years; a year that it does not hold shows the whole."""
    if year is None or not starts_on.year <= year <= ends_on.year:
        return Window(starts_on, ends_on)
    return Window(dt.date(year, 1, 1), dt.date(year, 12, 31))


def thread(
    state: str,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    days_late: int,
    end_of_plan: dt.date,
    window: Window,
    on: dt.date,
) -> Thread | None:
    """The thread of an action in a window; None without a date to draw from, or when it runs outside."""
    first = starts_on or ends_on
    if first is None:
        return None
    last = max(ends_on or end_of_plan, first)
    today = min(max(on, first), last)
    if state == ActionState.DONE:
        kind, now, end = "done", last, last
    elif state in ENDED:
        kind, now, end = "stopped", today, today
    elif days_late:
        kind, now, end = "late", max(on, first), max(on, last)
    else:
        kind, now, end = "open", today, last
    if end < window.first or first > window.last:
        return None
    return Thread(window.within(first), window.within(now), window.within(end), kind)
