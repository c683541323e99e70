"""From the database to a content, in one query whatever the size of the plan."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import JSONObject

from maillage.exchange.content import Content, Row
from maillage.exchange.content.keys import Keys
from maillage.exchange.content.schema import SEVERAL, TABLES, Column, Kind, Table
from maillage.plan.models import Action, ActionGoal, Convention
from maillage.ui.french import folded

#: Lists of a row that live in a table of links: (table, field) → model, owner, what the link points at.
LINKS: dict[tuple[str, str], tuple[type[models.Model], str, str, str]] = {
    ("convention", "themes"): (Convention.themes.through, "convention", "convention", "theme__slug"),
    ("convention", "schemes"): (Convention.schemes.through, "convention", "convention", "scheme"),
    ("actions", "themes"): (Action.themes.through, "action", "action__convention", "theme__slug"),
    ("actions", "publics"): (Action.publics.through, "action", "action__convention", "targetpublic__slug"),
    ("actions", "schemes"): (Action.schemes.through, "action", "action__convention", "scheme"),
    ("actions", "goals"): (ActionGoal, "action", "action__convention", "goal"),
}
#: How the rows of a table follow each other, where a rank (then the number of the row) does not say it.
ORDERS: dict[str, Callable[[Row], tuple[Any, ...]]] = {
    "organizations": lambda row: (folded(row["name"]), row["name"]),
    "contacts": lambda row: (folded(row["name"]), row["name"], row["organization"] or 0),
    "schemes": lambda row: (folded(row["name"]), row["name"]),
    "perimeters": lambda row: (row["starts_on"],),
    "levels": lambda row: (row["depth"],),
    "commitments": lambda row: (row["due_on"] is None, row["due_on"] or ""),
    "fundings": lambda row: (row["year"] is None, row["year"] or 0),
    "readings": lambda row: (row["on"],),
    "notes": lambda row: (row["on"],),
}


@dataclass(slots=True)
class Collected:
    """`numbers` gives, table by table, the database's number of each row: it follows a row that is renamed."""

    content: Content
    numbers: dict[str, list[int]] = field(default_factory=dict)


def collect(convention: Convention) -> Collected:
    """The whole content of a convention, as it is now. One query."""
    first, *others = [*(_rows_of(table, convention) for table in TABLES), *_links_of(convention)]
    raw: dict[str, list[Row]] = defaultdict(list)
    for table, number, data in first.union(*others, all=True):
        row = json.loads(data) if isinstance(data, str) else data
        raw[table].append({"pk": number, **row})
    return _Collector(convention, raw).run()


def _rows_of(table: Table, convention: Convention) -> "QuerySet[Any, Any]":
    home = convention.territory_id if table.home == "territory" else convention.pk
    fields = {column.field: F(column.field) for column in table.columns if _is_own(table, column)}
    if any(field.name == "position" for field in table.model._meta.fields):
        fields["position"] = F("position")
    return _said(table.model._default_manager.filter(**{table.home: home}), table.name, fields)


def _links_of(convention: Convention) -> "list[QuerySet[Any, Any]]":
    found = []
    for (table, name), (model, owner, home, target) in LINKS.items():
        fields = {"owner": F(owner), "target": F(target)}
        if name == "goals":
            fields["is_main"] = F("is_main")
        rows = model._default_manager.filter(**{home: convention.pk})
        found.append(_said(rows, f"{table}.{name}", fields))
    return found


def _said(rows: "QuerySet[Any]", name: str, fields: dict[str, Any]) -> "QuerySet[Any, Any]":
    told = rows.order_by().annotate(told_table=Value(name, CharField()), told_row=JSONObject(**fields))
    found: QuerySet[Any, Any] = told.values_list("told_table", "pk", "told_row")
    return found


def _is_own(table: Table, column: Column) -> bool:
    """Whether the column is a field of the row itself, rather than a key of ours or a list of links."""
    if column.kind == Kind.KEY or column.field in {"main_goal", "other_goals"}:
        return False
    return column.kind not in {Kind.REFS, Kind.SLUGS}


class _Collector:
    """Puts raw rows in order, names them by keys, and leaves out the partners that the convention does not name."""

    def __init__(self, convention: Convention, raw: dict[str, list[Row]]) -> None:
        self.convention = convention
        self.raw = raw
        self.keys: dict[str, dict[int, str]] = defaultdict(dict)
        self.links: dict[tuple[str, str], dict[int, list[Row]]] = {}

    def run(self) -> Collected:
        for owner, name in LINKS:
            grouped: dict[int, list[Row]] = defaultdict(list)
            for row in self.raw[f"{owner}.{name}"]:
                grouped[row["owner"]].append(row)
            self.links[owner, name] = grouped
        self._keep_what_is_named()
        done = Collected({})
        for table in TABLES:
            rows = self._in_order(table)
            self._name(table, rows)
            done.content[table.name] = [self._row(table, row, rank) for rank, row in enumerate(rows, start=1)]
            done.numbers[table.name] = [row["pk"] for row in rows]
        return done

    def _keep_what_is_named(self) -> None:
        """Partners, contacts and schemes of the territory that nothing of this convention names stay at home."""
        first, last = str(self.convention.starts_on), str(self.convention.ends_on)
        self.raw["perimeters"] = [
            row for row in self.raw["perimeters"]
            if row["starts_on"] <= last and (row["ends_on"] is None or row["ends_on"] > first)
        ]  # fmt: skip
        schemes = {link["target"] for key in (("convention", "schemes"), ("actions", "schemes"))
                   for links in self.links[key].values() for link in links}  # fmt: skip
        self._keep("schemes", schemes)
        self._keep("contacts", self._named("contacts"))
        self._keep("organizations", self._named("organizations"))

    def _named(self, target: str) -> set[int]:
        return {
            row[column.field]
            for table in TABLES
            for column in table.columns
            if column.kind == Kind.REF and column.to == target
            for row in self.raw[table.name]
        }

    def _keep(self, table: str, numbers: Iterable[int]) -> None:
        kept = set(numbers)
        self.raw[table] = [row for row in self.raw[table] if row["pk"] in kept]

    def _in_order(self, table: Table) -> list[Row]:
        order = ORDERS.get(table.name, lambda row: (row.get("position") or 0,))
        rows = sorted(self.raw[table.name], key=lambda row: (*order(row), row["pk"]))  # type: ignore[no-untyped-call]
        if table.name == "goals":
            return _from_the_top(rows)
        if table.parent:
            places = {number: rank for rank, number in enumerate(self.keys[table.column(table.parent).to])}
            rows.sort(key=lambda row: places[row[table.parent]])
        return rows

    def _name(self, table: Table, rows: list[Row]) -> None:
        """Keys in the order of the rows, so that the same content always bears the same keys."""
        given = Keys()
        names = self.keys[table.name]
        ranks: dict[int, int] = defaultdict(int)
        for row in rows:
            if table.name in {"milestones", "indicators"}:
                ranks[row["action"]] += 1
                names[row["pk"]] = f"{self.keys['actions'][row['action']]}:{ranks[row['action']]}"
            elif table.name == "signatories":
                names[row["pk"]] = self.keys["organizations"][row["organization"]]
            elif table.name in {"goals", "actions"}:
                names[row["pk"]] = given.give(row["number"], row["title"])
            elif table.key:
                names[row["pk"]] = given.give(row.get("short_name") or row["name"])

    def _row(self, table: Table, row: Row, rank: int) -> Row:
        return {column.field: self._value(table, column, row, rank) for column in table.columns}

    def _value(self, table: Table, column: Column, row: Row, rank: int) -> Any:
        number = row["pk"]
        if column.kind == Kind.KEY:
            return self.keys[table.name][number]
        if column.field in {"main_goal", "other_goals"}:
            return self._goals(number, main=column.field == "main_goal")
        if column.kind == Kind.SLUGS:
            return sorted(link["target"] for link in self.links[table.name, column.field][number])
        if column.kind == Kind.REFS:
            keys = self.keys[column.to]
            return sorted(keys[link["target"]] for link in self.links[table.name, column.field][number])
        if column.kind == Kind.REF:
            return self.keys[column.to].get(row[column.field])
        if (table.name, column.field) == ("actions", "position"):
            return rank
        return plain(table, column, row[column.field])

    def _goals(self, action: int, *, main: bool) -> Any:
        links = [link for link in self.links["actions", "goals"][action] if bool(link["is_main"]) == main]
        found = {link["target"] for link in links}
        keys = [key for number, key in self.keys["goals"].items() if number in found]
        return (keys[0] if keys else None) if main else keys


def _from_the_top(rows: list[Row]) -> list[Row]:
    """Goals in the order in which the plan is read: each followed by its own."""
    children: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        children[row["parent"]].append(row)
    found: list[Row] = []
    waiting = list(reversed(children[None]))
    while waiting:
        row = waiting.pop()
        found.append(row)
        waiting += reversed(children[row["pk"]])
    return found


def plain(table: Table, column: Column, value: Any) -> Any:
    """What the database says (each in its own manner) as a value of a content."""
    if column.kind in SEVERAL:
        return list(map(str, json.loads(value) if isinstance(value, str) else value))
    if column.kind == Kind.FLAG:
        return bool(value)
    if column.kind == Kind.AMOUNT:
        return None if value is None else fixed(Decimal(str(value)), table.model_field(column).decimal_places)
    if column.kind in {Kind.TEXT, Kind.CHOICE}:
        return (value or "").replace("\r\n", "\n")
    return value


def fixed(amount: Decimal, places: int) -> str:
    """« 12000.00 »: always the decimals of the field, so that one amount is written one way."""
    return f"{amount:.{places}f}"
