"""The plan as a table: its columns, its order, its groups and their totals. A row is a mapping column → value."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Self

from maillage.plan.rules.filters import Query
from maillage.plan.vocabulary import ActionState, Health
from maillage.ui.french import folded

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` says how a value is written: text, link, day, euros, figure, days, names, or one of the closed lists."""

    label: str
    kind: str = "text"
    is_first: bool = False
    is_sortable: bool = True

    @property
    def is_figure(self) -> bool:
        return self.kind in {"euros", "figure", "days"}


COLUMNS: dict[str, Column] = {
    "numero": Column("N°", "number", is_first=True),
    "action": Column("Action", "link", is_first=True),
    "etat": Column("État", "state", is_first=True),
    "sante": Column("Santé", "health"),
    "objectif": Column("Objectif principal"),
    "pilote": Column("Structure pilote", is_first=True),
    "personne": Column("Pilote"),
    "elu": Column("Élu référent"),
    "partenaires": Column("Partenaires", "names", is_sortable=False),
    "themes": Column("Thèmes", "names", is_sortable=False),
    "communes": Column("Communes", "names", is_sortable=False),
    "debut": Column("Commence le", "day"),
    "fin": Column("Se termine le", "day", is_first=True),
    "etape": Column("Prochaine étape"),
    "echeance": Column("Échéance de l’étape", "day"),
    "retard": Column("Retard", "days", is_first=True),
    "prevu": Column("Prévu", "euros", is_first=True),
    "obtenu": Column("Obtenu", "euros"),
    "depense": Column("Dépensé", "euros"),
    "etp": Column("ETP prévus", "figure"),
    "indicateurs": Column("Indicateurs", "figure"),
    "nouvelles": Column("Dernières nouvelles", "day"),
    "priorite": Column("Priorité", "priority"),
    "poids": Column("Poids", "figure"),
    "budget": Column("Budget total écrit", "euros"),
}
#: The title is always there: a row without it says nothing.
ALWAYS = "action"
FIRST = tuple(key for key, column in COLUMNS.items() if column.is_first)

#: What rows may be gathered by. An action stands once under each of its themes or communes.
GROUPS = {
    "objectif": "Objectif principal",
    "sommet": "Objectif de premier niveau",
    "etat": "État",
    "pilote": "Structure pilote",
    "theme": "Thème",
    "commune": "Commune",
    "annee": "Année de début",
}
MONEY = ("prevu", "obtenu", "depense", "etp")

_ORDER = {
    "state": {value: rank for rank, value in enumerate(ActionState.values)},
    "health": {value: rank for rank, value in enumerate([Health.BLOCKED.value, Health.WATCH.value, Health.GOOD.value])},
    "priority": {"high": 0, "medium": 1, "low": 2},
}


@dataclass(frozen=True)
class Layout:
    """How the address lays the table out. `sort` may begin with « - »; `group` may be empty."""

    columns: tuple[str, ...] = FIRST
    sort: str = ""
    group: str = ""
    ignored: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: Query) -> Self:
        asked = {name: [text for text in query.getlist(name) if text] for name in ("col", "tri", "groupe")}
        chosen = tuple(key for key in COLUMNS if key in asked["col"] or key == ALWAYS)
        sort = next((text for text in asked["tri"] if _sorts(text)), "")
        group = next((text for text in asked["groupe"] if text in GROUPS), "")
        ignored = [("col", text) for text in asked["col"] if text not in COLUMNS]
        ignored += [("tri", text) for text in asked["tri"] if not _sorts(text)]
        ignored += [("groupe", text) for text in asked["groupe"] if text not in GROUPS]
        known = any(key in COLUMNS for key in asked["col"])
        return cls(chosen if known else FIRST, sort, group, tuple(ignored))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """For an address: only what differs from the first look."""
        columns = [("col", key) for key in self.columns] if self.columns != FIRST else []
        return columns + [pair for pair in (("tri", self.sort), ("groupe", self.group)) if pair[1]]

    @property
    def sort_key(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")

    def sorted_by(self, key: str) -> Self:
        """A first click sorts, a second one turns the order round; money, delays and figures start from the top."""
        down = COLUMNS[key].is_figure
        if self.sort_key == key:
            down = not self.is_descending
        return replace(self, sort=f"-{key}" if down else key)

    @property
    def needed(self) -> set[str]:
        """The columns whose value every row needs, to be put in order."""
        return {self.sort_key} - {""}


def _sorts(text: str) -> bool:
    column = COLUMNS.get(text.removeprefix("-"))
    return bool(column and column.is_sortable)


def in_order(rows: Sequence[Row], layout: Layout) -> list[Row]:
    """Sorted; rows without a value come last whichever way; equals stay in the order of the plan."""
    key = layout.sort_key
    if not key:
        return list(rows)
    kind = COLUMNS[key].kind
    filled = [row for row in rows if row[key] not in (None, "")]
    empty = [row for row in rows if row[key] in (None, "")]
    return sorted(filled, key=lambda row: _rank(kind, row[key]), reverse=layout.is_descending) + empty


def _rank(kind: str, value: Any) -> Any:
    if kind in _ORDER:
        return _ORDER[kind].get(value, 99)
    if kind == "number":
        return natural(value)
    return folded(value) if isinstance(value, str) else value


def natural(text: str) -> list[tuple[int, int, str]]:
    """« 1.9 » before « 1.10 »."""
    parts = re.findall(r"[0-9]+|[^0-9.]+", text)
    return [(0, int(part), "") if part.isdigit() else (1, 0, folded(part)) for part in parts]


@dataclass(frozen=True, slots=True)
class Sum:
    """How many actions, and their money: euros (planned, obtained, spent) and planned working time, never mixed."""

    count: int = 0
    prevu: Decimal = Decimal(0)
    obtenu: Decimal = Decimal(0)
    depense: Decimal = Decimal(0)
    etp: Decimal = Decimal(0)


def total_of(rows: Iterable[Row]) -> Sum:
    """The sum of the rows, an action counted once however often it stands there."""
    once = {row["id"]: row for row in rows}.values()
    amounts = {key: sum((row.get(key) or Decimal(0) for row in once), Decimal(0)) for key in MONEY}
    return Sum(len(once), **amounts)


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    rows: list[Row]
    total: Sum


def grouped(rows: Sequence[Row], names: Mapping[str, str]) -> list[Group]:
    """The rows by the keys in their `groups`, in the order of `names` (key → label); other keys name themselves and
    come after, in alphabetical order; rows without a key come last."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for key in row["groups"] or [""]:
            found.setdefault(key, []).append(row)
    rank = {key: number for number, key in enumerate(names)}
    keys = sorted(found, key=lambda key: (not key, rank.get(key, len(rank)), natural(key)))
    return [Group(names.get(key, key), found[key], total_of(found[key])) for key in keys]


def year_of(day: dt.date | None) -> list[str]:
    return [str(day.year)] if day else []
