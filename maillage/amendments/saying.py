"""A difference in the words of its readers: lines of « avant » and « après », blocks of what came, went or changed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from maillage.amendments.rules import contract
from maillage.amendments.rules.contract import CLAUSES, Clause
from maillage.amendments.rules.differences import (
    ADDED,
    CHANGED,
    REMOVED,
    Change,
    Difference,
    FieldChange,
    communes_on,
)
from maillage.amendments.rules.matching import Side
from maillage.amendments.rules.totals import Money, MoneyLine
from maillage.amendments.rules.words import Segment, word_difference
from maillage.exchange.content.schema import BY_NAME
from maillage.exchange.content.values import in_words
from maillage.territories.areas import UnknownArea, commune_of_any_year
from maillage.themes.models import TargetPublic, Theme
from maillage.ui.french import NARROW, euros, number, plural, short_date

#: What one row of a table is called, and whether the word is feminine.
ONE = {
    "signatories": ("signataire", False), "goals": ("objectif", False), "actions": ("action", True),
    "commitments": ("engagement", False), "markers": ("marqueur", False), "partners": ("partenaire", False),
    "sub_actions": ("sous-action", True), "milestones": ("étape", True), "fundings": ("financement", False),
    "indicators": ("indicateur", False),
}  # fmt: skip
#: What came, went, changed: the participle, the tone and the drawing of its pill.
WORDS = {
    ADDED: ("ajouté", "fait", "plus"),
    REMOVED: ("retiré", "bloque", "cross"),
    CHANGED: ("modifié", "cours", "pen"),
}


@dataclass(slots=True)
class Line:
    """One thing that reads differently; an empty side says nothing. `gap` is the difference of amounts or of days."""

    label: str
    before: list[Segment]
    after: list[Segment]
    gap: str = ""


@dataclass(slots=True)
class Block:
    """One row that came, went or changed, with its lines."""

    title: str
    words: str
    tone: str
    icon: str
    what: str
    lines: list[Line]
    sentence: str = ""
    moved: bool = False
    is_example: bool = False


@dataclass(slots=True)
class Sums:
    """Amounts in words, before and after, of a funder or of all."""

    name: str
    before: str
    after: str
    gap: str


@dataclass(slots=True)
class UnitTable:
    """What is planned in one unit: the funders that change, how many others do not, the total."""

    label: str
    lines: list[Sums]
    others: int
    total: Sums


@dataclass(slots=True)
class Told:
    """A whole difference, told. `summary` is what changes in a few phrases; `same` names what does not."""

    difference: Difference
    summary: list[str]
    convention: list[Line] = field(default_factory=list)
    communes_added: list[str] = field(default_factory=list)
    communes_removed: list[str] = field(default_factory=list)
    communes: tuple[int, int] = (0, 0)
    money: list[UnitTable] = field(default_factory=list)
    signatories: list[Block] = field(default_factory=list)
    goals: list[Block] = field(default_factory=list)
    actions: list[Block] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def tell(found: Difference) -> Told:
    """The difference for a page or a document; two queries at most, for the names of themes and publics."""
    teller = _Teller(found)
    told = Told(
        found,
        summary=list(_summary(found)),
        convention=[teller.line("convention", change) for change in found.convention],
        communes_added=commune_names(found.communes_added),
        communes_removed=commune_names(found.communes_removed),
        communes=(len(communes_on(found.before)), len(communes_on(found.after))),
        money=list(_money(found.money)),
        signatories=[teller.block(change) for change in found.signatories],
        goals=[teller.block(change) for change in found.goals],
        actions=[teller.block(change) for change in found.actions],
        followed=list(_followed(found.followed)),
    )
    told.same = [
        words for words, changed in (
            ("le périmètre", told.communes_added or told.communes_removed), ("les signataires", told.signatories),
            ("la convention", told.convention), ("les objectifs", told.goals), ("les actions", told.actions),
            ("les financements prévus", found.money.has_changed),
        ) if not changed
    ]  # fmt: skip
    return told


def commune_names(codes: Iterable[str]) -> list[str]:
    return sorted(commune_name(code) for code in codes)


def commune_name(code: str) -> str:
    try:
        return commune_of_any_year(code).name
    except UnknownArea:
        return code


def amount_in_words(unit: str, amount: Decimal) -> str:
    return euros(amount) if unit == "euro" else f"{number(amount)}{NARROW}ETP"


def gap_in_words(unit: str, gap: Decimal) -> str:
    """« + 4 000 € », « − 0,5 ETP », « sans changement »."""
    if not gap:
        return "sans changement"
    return f"{'+' if gap > 0 else '−'}{NARROW}{amount_in_words(unit, abs(gap))}"


def _money(money: Money) -> Iterator[UnitTable]:
    """The units in which something changes."""
    for unit, label in (("euro", "En euros"), ("fte", "En temps de travail (ETP)")):
        lines = money.funders[unit]
        changed = [_sums(unit, line) for line in lines if line.change]
        if changed:
            yield UnitTable(label, changed, len(lines) - len(changed), _sums(unit, money.totals[unit]))


def _sums(unit: str, line: MoneyLine) -> Sums:
    before, after = amount_in_words(unit, line.before), amount_in_words(unit, line.after)
    return Sums(line.name, before, after, gap_in_words(unit, line.change))


def _summary(found: Difference) -> Iterator[str]:
    if found.communes_removed:
        yield plural(len(found.communes_removed), "commune") + " de moins"
    if found.communes_added:
        yield plural(len(found.communes_added), "commune") + " de plus"
    if found.convention:
        yield plural(len(found.convention), "point") + " de la convention"
    for table in ("signatories", "goals", "actions"):
        changes: tuple[Change, ...] = getattr(found, table)
        one, feminine = ONE[table]
        for what, (participle, _tone, _icon) in WORDS.items():
            count = sum(change.what == what for change in changes)
            if count:
                word = f"{one}s {participle}{'e' if feminine else ''}s"
                yield plural(count, f"{one} {participle}{'e' if feminine else ''}", word)
    for unit, line in found.money.totals.items():
        if line.change:
            yield f"{gap_in_words(unit, line.change)} prévus"


def _followed(counts: dict[str, int]) -> Iterator[str]:
    words = {
        "actions": ("action a changé d’état ou de santé", "actions ont changé d’état ou de santé"),
        "milestones": ("étape a été faite ou rouverte", "étapes ont été faites ou rouvertes"),
        "fundings": ("financement a été obtenu ou dépensé", "financements ont été obtenus ou dépensés"),
        "commitments": ("engagement a été tenu", "engagements ont été tenus"),
        "markers": ("marqueur a été observé", "marqueurs ont été observés"),
    }
    for table, count in counts.items():
        yield plural(count, *words[table])


class _Teller:
    """Says the values of one difference; it knows both sides, and the names that the national lists give."""

    def __init__(self, found: Difference) -> None:
        self.found = found
        self.slugs = {
            "themes": dict(Theme.objects.values_list("slug", "name")),
            "publics": dict(TargetPublic.objects.values_list("slug", "name")),
        }

    def block(self, change: Change) -> Block:
        one, feminine = ONE[change.table]
        participle, tone, icon = WORDS[change.what]
        side = self.found.after if change.after else self.found.before
        lines = (
            [self.line(change.table, moved) for moved in change.fields] if change.what == CHANGED
            else list(self._alone(change))
        )  # fmt: skip
        lines += [line for part in change.parts for line in self._part(part)]
        return Block(
            title=self._title(change.table, change.row, side),
            words=f"{one} {self._participle(change, participle)}{'e' if feminine else ''}".capitalize(),
            tone=tone, icon=icon, what=change.what, lines=lines, moved=change.moved,
            is_example=bool(change.row.get("is_example")),
            sentence=self._sentence(change, side) if change.table == "actions" and change.what != CHANGED else "",
        )  # fmt: skip

    def _participle(self, change: Change, otherwise: str) -> str:
        renamed = change.table == "signatories" and any(f.clause.field == "organization" for f in change.fields)
        return "renommé" if renamed else otherwise

    def _sentence(self, change: Change, side: Side) -> str:
        """« Service mobilité, du 6 janv. 2025 au 31 déc. 2026, 35 000 € prévus. »"""
        row = change.row
        first, last = (row[name] and short_date(dt.date.fromisoformat(row[name])) for name in ("starts_on", "ends_on"))
        sums: dict[str, Decimal] = {}
        for part in change.parts:
            if part.table == "fundings" and part.row["planned"]:
                unit = part.row["unit"]
                sums[unit] = sums.get(unit, Decimal(0)) + Decimal(part.row["planned"])
        money = " et ".join(amount_in_words(unit, total) for unit, total in sums.items() if total)
        said = [
            side.name("organizations", row["lead_organization"]),
            f"du {first} au {last}" if first and last else "",
            f"{money} prévus" if money else "",
        ]
        return ", ".join(filter(None, said))

    def line(self, table: str, change: FieldChange, label: str = "", unit: str = "") -> Line:
        """One clause before and after; long texts word by word."""
        clause = change.clause
        if clause.kind == contract.TEXT:
            segments = word_difference(change.before or "", change.after or "")
            return Line(
                label or clause.label,
                [segment for segment in segments if segment.kind != "added"],
                [segment for segment in segments if segment.kind != "removed"],
            )
        if isinstance(change.before, list):
            return self._lists(table, change, label or clause.label)
        before, after = (self._said(table, clause, value, unit) for value in (change.before, change.after))
        return Line(label or clause.label, _whole("removed", before), _whole("added", after), _gap(change, unit))

    def _lists(self, table: str, change: FieldChange, label: str) -> Line:
        """Only what left the list and what joined it is marked."""
        sides: list[list[Segment]] = []
        for mine, other, kind in ((change.before, change.after, "removed"), (change.after, change.before, "added")):
            segments: list[Segment] = []
            for rank, word in enumerate(mine):
                said = self._said(table, change.clause, [word], "")
                segments.append(Segment(kind if word not in other else "same", said))
                if rank < len(mine) - 1:
                    segments.append(Segment("same", ", "))
            sides.append(segments)
        return Line(label, sides[0], sides[1])

    def _part(self, part: Change) -> Iterator[Line]:
        """A row inside the block: one line when it came or went, one for each clause when it changed."""
        side = self.found.after if part.after else self.found.before
        one = ONE[part.table][0].capitalize()
        if part.what == CHANGED:
            title = self._title(part.table, part.row, side)
            unit = part.row.get("unit", "") if part.table == "fundings" else ""
            for change in part.fields:
                label = one if len(part.fields) == 1 and change.clause.kind == contract.TEXT else f"{one}, {title}"
                if change.clause.field not in {"planned", "due_on", "text", "title", "name"}:
                    label += f" : {change.clause.label.lower()}"
                yield self.line(part.table, change, label, unit)
            return
        words = self._whole_part(part, side)
        before, after = ("", words) if part.what == ADDED else (words, "")
        yield Line(one, _whole("removed", before), _whole("added", after))

    def _whole_part(self, part: Change, side: Side) -> str:
        """« Caf du Gers, 2026 : 12 000 € » ; « Ouvrir la tournée, 30 sept. 2026 »."""
        row, table = part.row, part.table
        title = self._title(table, row, side)
        if table == "fundings":
            return f"{title} : {self._said(table, _clause(table, 'planned'), row['planned'], row['unit'])}"
        more = {"milestones": "due_on", "commitments": "due_on", "partners": "role", "indicators": "target",
                "markers": "level", "sub_actions": "ends_on"}[table]  # fmt: skip
        said = self._said(table, _clause(table, more), row[more], "") if row[more] else ""
        return f"{title}, {said}" if said else title

    def _alone(self, change: Change) -> Iterator[Line]:
        """What a row that came or went says, clause by clause."""
        side, row = (self.found.after, change.after) if change.after else (self.found.before, change.before)
        for clause in CLAUSES[change.table]:
            value = (row or {}).get(clause.field)
            if clause.field in {"number", "title", "organization"} or not value:
                continue
            if clause.kind == contract.REF:
                value = side.name(clause.to, value)
            elif clause.kind == contract.REFS:
                value = [side.name(clause.to, key) for key in value]
            said = self._said(change.table, clause, value, "")
            yield Line(clause.label, *((([], _whole("same", said))) if change.after else (_whole("same", said), [])))

    def _title(self, table: str, row: dict[str, Any], side: Side) -> str:
        if table in {"signatories", "partners"}:
            return side.name("organizations", row["organization"])
        if table == "fundings":
            return ", ".join(filter(None, [side.name("organizations", row["funder"]), str(row["year"] or "")]))
        title = row.get("title") or row.get("text") or row.get("name") or ""
        return f"{row['number']} {title}" if row.get("number") else title

    def _said(self, table: str, clause: Clause, value: Any, unit: str) -> str:
        if value in (None, "", []):
            return ""
        match clause.kind:
            case contract.DAY:
                return short_date(dt.date.fromisoformat(value))
            case contract.AMOUNT:
                if unit or clause.field == "budget_total":
                    return amount_in_words(unit or "euro", Decimal(value))
                return number(Decimal(value))
            case contract.FLAG:
                return "oui" if value else "non"
            case contract.CODE:
                return str(in_words(BY_NAME[table], BY_NAME[table].column(clause.field), value))
            case contract.COMMUNES:
                return ", ".join(commune_names(value))
            case contract.SLUGS:
                return ", ".join(self.slugs[clause.field].get(slug, slug) for slug in value)
            case contract.REFS:
                return ", ".join(value)
            case _:
                return str(value)


def _clause(table: str, name: str) -> Clause:
    return next(clause for clause in CLAUSES[table] if clause.field == name)


def _whole(kind: str, text: str) -> list[Segment]:
    return [Segment(kind, text)] if text else []


def _gap(change: FieldChange, unit: str) -> str:
    """By how much an amount or a day moved."""
    if not (change.before and change.after):
        return ""
    if change.clause.kind == contract.AMOUNT:
        gap = Decimal(change.after) - Decimal(change.before)
        if unit or change.clause.field == "budget_total":
            return gap_in_words(unit or "euro", gap)
        return f"{'+' if gap > 0 else '−'}{NARROW}{number(abs(gap))}"
    if change.clause.kind == contract.DAY:
        days = (dt.date.fromisoformat(change.after) - dt.date.fromisoformat(change.before)).days
        return f"{'+' if days > 0 else '−'}{NARROW}{plural(abs(days), 'jour')}"
    return ""
