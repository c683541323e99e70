"""What is late, and by how many days. Everything here reads objects already loaded."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from maillage.plan.rules.states import ENDED


class Dated(Protocol):
    """A milestone or anything due and done."""

    @property
    def due_on(self) -> dt.date | None: ...
    @property
    def done_on(self) -> dt.date | None: ...


def days_late(due_on: dt.date | None, done_on: dt.date | None, on: dt.date) -> int:
    """Days since an open deadline passed; 0 when nothing is late."""
    return max((on - due_on).days, 0) if due_on and not done_on else 0


def action_days_late(state: str, ends_on: dt.date | None, next_due_on: dt.date | None, on: dt.date) -> int:
    """Days since the oldest open deadline of an action passed: its end, or its first open milestone.

    An action that has ended, well or not, is never late.
    """
    if state in ENDED:
        return 0
    return max(days_late(ends_on, None, on), days_late(next_due_on, None, on))


Row = TypeVar("Row", bound=Dated)


def next_of(rows: Iterable[Row]) -> Row | None:
    """The open row to do first: the earliest due, undated ones last, in the order given."""
    open_rows = [row for row in rows if not row.done_on]
    return min(open_rows, key=lambda row: row.due_on or dt.date.max, default=None)
