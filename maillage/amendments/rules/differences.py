"""What changes between two contents, clause by clause. Pure: no query, no page, no French but the labels of clauses."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from maillage.amendments.rules.contract import CLAUSES, FOLLOWED, NAMED_BY, PARTS, REF, REFS, Clause
from maillage.amendments.rules.freezing import Row
from maillage.amendments.rules.matching import Known, Side, matched
from maillage.amendments.rules.totals import Money, money_between

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
OPPOSITE = {ADDED: REMOVED, REMOVED: ADDED, CHANGED: CHANGED}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One clause that reads differently; a reference is given by the names that a reader knows."""

    clause: Clause
    before: Any
    after: Any

    def mirrored(self) -> "FieldChange":
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Change:
    """One row that came, went or reads differently; `parts` are those of its own rows that did.

    `before` and `after` are the rows as they were and are; `moved` says that it serves another goal.
    """

    table: str
    what: str
    before: Row | None
    after: Row | None
    fields: tuple[FieldChange, ...] = ()
    parts: tuple["Change", ...] = ()

    @property
    def moved(self) -> bool:
        return any(field.clause.field in {"main_goal", "parent"} for field in self.fields)

    @property
    def row(self) -> Row:
        return self.after or self.before or {}

    def mirrored(self) -> "Change":
        return Change(
            self.table, OPPOSITE[self.what], self.after, self.before,
            tuple(field.mirrored() for field in self.fields), tuple(part.mirrored() for part in self.parts),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """`communes_added` and `communes_removed` are codes; `followed` counts what moved without binding anybody."""

    before: Side
    after: Side
    convention: tuple[FieldChange, ...]
    communes_added: tuple[str, ...]
    communes_removed: tuple[str, ...]
    signatories: tuple[Change, ...]
    goals: tuple[Change, ...]
    actions: tuple[Change, ...]
    money: Money
    followed: dict[str, int]

    @property
    def is_empty(self) -> bool:
        return not (
            self.convention or self.communes_added or self.communes_removed or self.signatories or self.goals
            or self.actions
        )  # fmt: skip


def difference(before: Side, after: Side) -> Difference:
    """What was agreed then, against what is written now."""
    old, new = communes_on(before), communes_on(after)
    return Difference(
        before=before,
        after=after,
        convention=tuple(_fields("convention", before.content["convention"][0], after.content["convention"][0],
                                 before, after)),
        communes_added=tuple(sorted(new - old)),
        communes_removed=tuple(sorted(old - new)),
        signatories=tuple(_changes("signatories", before, after)),
        goals=tuple(_changes("goals", before, after)),
        actions=tuple(_changes("actions", before, after)),
        money=money_between(before, after),
        followed=_followed(before, after),
    )  # fmt: skip


def communes_on(side: Side) -> set[str]:
    """The codes of the perimeter in force on the day of that side."""
    for row in side.content["perimeters"]:
        if row["starts_on"] <= side.on and (row["ends_on"] is None or row["ends_on"] > side.on):
            return set(row["commune_codes"])
    return set()


def _changes(
    table: str, before: Side, after: Side, old: list[Known] | None = None, new: list[Known] | None = None
) -> Iterator[Change]:
    """The rows of a table (or of one owner) that came, went, or read differently."""
    parts = _Parts(table, before, after)

    def named(known: Known, is_after: bool) -> Hashable:
        return _named(table, known.row, after if is_after else before)

    pairs = matched(before.rows(table) if old is None else old, after.rows(table) if new is None else new, named)
    for was, now in pairs:
        fields = tuple(_fields(table, was.row, now.row, before, after)) if was and now else ()
        inner = tuple(parts.between(was, now))
        if was is None or now is None:
            what = ADDED if was is None else REMOVED
            yield Change(table, what, was.row if was else None, now.row if now else None, (), inner)
        elif fields or inner:
            yield Change(table, CHANGED, was.row, now.row, fields, inner)


class _Parts:
    """The rows inside those of a table, side by side, grouped once."""

    def __init__(self, table: str, before: Side, after: Side) -> None:
        self.before, self.after = before, after
        self.key = "organization" if table == "signatories" else "key"
        self.groups = {
            name: (_grouped(before, name, owner), _grouped(after, name, owner))
            for name, owner in PARTS.get(table, {}).items()
        }

    def between(self, was: Known | None, now: Known | None) -> Iterator[Change]:
        for name, (old, new) in self.groups.items():
            yield from _changes(
                name, self.before, self.after,
                old.get(was.row[self.key], []) if was else [], new.get(now.row[self.key], []) if now else [],
            )  # fmt: skip


def _grouped(side: Side, table: str, owner: str) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for known in side.rows(table):
        found.setdefault(known.row[owner], []).append(known)
    return found


def _fields(table: str, was: Row, now: Row, before: Side, after: Side) -> Iterator[FieldChange]:
    for clause in CLAUSES[table]:
        old, new = was[clause.field], now[clause.field]
        if clause.kind == REF:
            told = before.name(clause.to, old), after.name(clause.to, new)
            same = before.identity(clause.to, old) == after.identity(clause.to, new) and (
                told[0] == told[1] or table != "signatories"
            )
        elif clause.kind == REFS:
            told = [before.name(clause.to, key) for key in old], [after.name(clause.to, key) for key in new]  # type: ignore[assignment]
            same = {before.identity(clause.to, key) for key in old} == {after.identity(clause.to, key) for key in new}
        else:
            told = old, new
            same = sorted(old) == sorted(new) if isinstance(old, list) else old == new
        if not same:
            yield FieldChange(clause, *told)


def _named(table: str, row: Row, side: Side) -> Hashable:
    kinds = {clause.field: clause for clause in CLAUSES[table]}
    return tuple(
        side.identity(kinds[field].to, row[field]) if kinds[field].kind == REF else row[field]
        for field in NAMED_BY[table]
    )


def _followed(before: Side, after: Side) -> dict[str, int]:
    """Table → how many rows moved in their delivery: states, health, dates done, amounts obtained and spent."""
    counts: dict[str, int] = {}
    for table, fields in FOLLOWED.items():
        old = {known.number: known.row for known in before.rows(table) if known.number is not None}
        for known in after.rows(table):
            was = old.get(known.number or 0)
            if was and any(was[field] != known.row[field] for field in fields):
                counts[table] = counts.get(table, 0) + 1
    return counts
