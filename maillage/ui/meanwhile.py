"""Two people, one form: what the reader saw, what she typed, what somebody stored meanwhile. Pure.

A form carries the mark of each value that its reader saw. When it comes back, three values meet, field by field:
what was seen, what is stored now, what was typed. What only one side changed is kept; what both changed otherwise is a
clash, which the reader settles.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError

MINE, THEIRS = "mine", "theirs"


def plain(value: Any) -> Any:
    """A value as JSON keeps it, the same for two writings of one thing.

    A row is its number, a list has no order, 12,50 is 12,5, a text has no trailing space and one kind of line end.
    """
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.strip().splitlines())
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(value, "pk"):
        return plain(value.pk)
    if isinstance(value, Iterable):
        return sorted((plain(item) for item in value), key=str)
    raise TypeError(f"a form cannot remember {type(value).__name__}")


def mark(value: Any) -> str:
    """The mark of a value: short, the same for the same value, saying nothing of it."""
    return hashlib.sha256(json.dumps(plain(value)).encode()).hexdigest()[:16]


@dataclass(slots=True)
class Seen:
    """What the reader of a form had before her eyes, and when: field → mark.

    `asked` are the fields whose clash she was shown, `chosen` what she kept of each. `merged` is filled while the
    form is carried out: what others changed meanwhile and that stays, in words to tell her.
    """

    row: str
    at: dt.datetime
    marks: Mapping[str, str]
    asked: frozenset[str] = frozenset()
    chosen: Mapping[str, str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Settled:
    """`write`: the fields to store. `merged`: those that others changed and that stay. `clashing`: both changed."""

    write: frozenset[str]
    merged: frozenset[str]
    clashing: frozenset[str]


def settle(seen: Seen, stored: Mapping[str, Any], typed: Mapping[str, Any]) -> Settled:
    """Compares, for each typed field, what was seen, what is stored now and what was typed.

    A field that the reader cannot have seen (no mark) counts as changed by both when the two differ. A clash once shown
    waits for a choice, and is shown again with the others as long as one waits.
    """
    write: set[str] = set()
    merged: set[str] = set()
    clashing: set[str] = set()
    waiting: set[str] = set()
    for name, value in typed.items():
        before, now, mine = seen.marks.get(name), mark(stored[name]), mark(value)
        if mine == now:
            continue
        if name in seen.asked:
            waiting.add(name)
            choice = seen.chosen.get(name) if now == before else None
            if choice == MINE:
                write.add(name)
            elif choice != THEIRS:
                clashing.add(name)
        elif now == before:
            write.add(name)
        else:
            (merged if mine == before else clashing).add(name)
    return Settled(frozenset(write), frozenset(merged), frozenset(clashing | waiting if clashing else ()))


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both changed: what is stored now, who stored it and when, all in words."""

    name: str
    label: str
    theirs: str
    by: str = ""
    at: str = ""


class ChangedMeanwhile(ValidationError):
    """Somebody changed the same fields. `stored` is what these hold now: the form asks again, from there."""

    def __init__(self, clashes: Iterable[Clash], stored: Mapping[str, Any]) -> None:
        self.clashes = tuple(clashes)
        self.stored = dict(stored)
        super().__init__("Autre chose a été enregistré pendant que vous écriviez. Choisissez ce qui est gardé.")
