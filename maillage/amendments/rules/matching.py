"""Finding the same row again in another content: by its number in the database, else by what names it."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from maillage.amendments.rules.freezing import Content, Numbers, Row


@dataclass(frozen=True)
class Side:
    """One of the two contents that are compared, on a day. `numbers` are those of its rows, table by table."""

    content: Content
    numbers: Numbers
    on: str
    title: str = ""

    def rows(self, table: str) -> list["Known"]:
        numbers = self.numbers.get(table, [])
        rows = self.content.get(table, [])
        return [Known(row, numbers[rank] if rank < len(numbers) else None) for rank, row in enumerate(rows)]

    @cached_property
    def identities(self) -> dict[str, dict[str, Hashable]]:
        """Table → key → what tells the row, whatever its name has become."""
        key_of = {"signatories": "organization"}
        return {
            table: {
                known.row[key_of.get(table, "key")]: known.number or ("key", known.row[key_of.get(table, "key")])
                for known in self.rows(table)
            }
            for table in ("organizations", "contacts", "schemes", "goals", "actions", "signatories")
        }

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """Table → key → what a reader calls the row."""
        return {
            "organizations": {row["key"]: row["name"] for row in self.content.get("organizations", [])},
            "schemes": {row["key"]: row["name"] for row in self.content.get("schemes", [])},
            "goals": {row["key"]: _numbered(row) for row in self.content.get("goals", [])},
            "actions": {row["key"]: _numbered(row) for row in self.content.get("actions", [])},
        }

    def name(self, table: str, key: str | None) -> str:
        return self.names[table].get(key, key) if key else ""

    def identity(self, table: str, key: str | None) -> Hashable:
        return self.identities[table].get(key, ("key", key)) if key else None


@dataclass(frozen=True, slots=True)
class Known:
    row: Row
    number: int | None


Pair = tuple[Known | None, Known | None]


def matched(before: Iterable[Known], after: Iterable[Known], named: Callable[[Known, bool], Any]) -> list[Pair]:
    """Each row of both sides once: with its other self, or alone. In the order of the second, then of the first.

    `named` says what names a row; its second word tells whether the row stands after.
    """
    old, new = list(before), list(after)
    by_number = {known.number: known for known in old if known.number is not None}
    twins: dict[int, Known] = {}
    taken: set[int] = set()
    for rank, known in enumerate(new):
        found = by_number.get(known.number) if known.number is not None else None
        if found is not None and id(found) not in taken:
            twins[rank] = found
            taken.add(id(found))
    waiting: dict[Any, list[Known]] = defaultdict(list)
    for known in old:
        if id(known) not in taken:
            waiting[named(known, False)].append(known)
    for rank, known in enumerate(new):
        if rank not in twins and (alike := waiting.get(named(known, True))):
            twins[rank] = alike.pop(0)
            taken.add(id(twins[rank]))
    return [(twins.get(rank), known) for rank, known in enumerate(new)] + [
        (known, None) for known in old if id(known) not in taken
    ]


def _numbered(row: Row) -> str:
    return f"{row.get('number') or ''} {row['title']}".strip()
