"""Where the thread of an action runs on the years of its convention. Places are percents of the width."""

import datetime as dt
from dataclasses import dataclass

from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import ActionState


@dataclass(frozen=True, slots=True)
class Track:
    """The plain part runs from `start` to `now`, the dotted one to `end`; the knot stands at `knot`."""

    start: float
    now: float
    end: float
    knot: float
    kind: str  # « done », « late », « open »


def percent(day: dt.date, first: dt.date, last: dt.date) -> float:
    """The place of a day between two others, kept within the drawing."""
    span = max((last - first).days, 1)
    return round(min(max(100 * (day - first).days / span, 1.5), 98.5), 2)


def track(
    state: str,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    days_late: int,
    first: dt.date,
    last: dt.date,
    on: dt.date,
) -> Track | None:
    """The thread of an action, or None when it has no date to be drawn from."""
    if starts_on is None and ends_on is None:
        return None
    start = percent(starts_on or ends_on or first, first, last)
    end = percent(ends_on or last, first, last)
    today = percent(on, first, last)
    if state == ActionState.DONE:
        return Track(start, end, end, end, "done")
    if state in ENDED:
        stopped = max(start, min(today, end))
        return Track(start, stopped, stopped, stopped, "open")
    if days_late:
        return Track(start, max(today, start), max(today, start), max(today, start), "late")
    return Track(start, min(max(today, start), end), end, end, "open")


def years(first: dt.date, last: dt.date) -> list[tuple[int, float]]:
    """The 1st of January of each year within the convention, and its place."""
    return [(year, percent(dt.date(year, 1, 1), first, last)) for year in range(first.year, last.year + 1)]
