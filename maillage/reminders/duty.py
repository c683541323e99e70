import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that waits for a person: what, why, until when, and the one gesture that answers it.

    `key` tells it from any other of its territory for good (« milestone-12 »), so that a calendar moves an event
    instead of adding one; `url` is a path of this site.
    """

    key: str
    title: str
    why: str
    url: str
    gesture: str
    icon: str
    due_on: dt.date | None = None
