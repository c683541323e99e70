"""When the partners meet: a registry filled from above the plan, so that pages can say « since » and « for ».

register(lambda territory: [Meeting(dt.date(2026, 12, 3), "Comité de pilotage")])
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from maillage.territories.models import Territory


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    on: dt.date
    title: str


#: One query at most, in any order.
Provider = Callable[[Territory], Iterable[Meeting]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Adds, at start-up, somebody who knows when the partners meet."""
    _providers.append(provider)


def meetings_of(territory: Territory) -> list[Meeting]:
    """Every known meeting, oldest first."""
    return sorted(meeting for provider in _providers for meeting in provider(territory))


def last_meeting(meetings: Iterable[Meeting], on: dt.date) -> Meeting | None:
    """The latest one before that day."""
    return max((meeting for meeting in meetings if meeting.on < on), default=None)


def next_meeting(meetings: Iterable[Meeting], on: dt.date) -> Meeting | None:
    """The first one from that day on."""
    return min((meeting for meeting in meetings if meeting.on >= on), default=None)
