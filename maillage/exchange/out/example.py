"""A page in which every field is filled: a template is tried on it, and the guide lists its fields from it."""

import datetime as dt
from typing import Any

from maillage.exchange.content import Content, Row
from maillage.exchange.content.schema import TABLES, Column, Kind, Table
from maillage.exchange.out.pages import Page, Pages
from maillage.exchange.out.whole import Whole

KEY = "exemple"
DAY = "2026-01-15"
#: What a field of that name must look like.
GIVEN: dict[str, Any] = {
    "siret": "12345678901234", "email": "contact@exemple.fr", "website": "https://exemple.fr", "is_continuous": False,
    "year": 2026, "edition": 2026, "parent": None, "depends_on": None, "health": "watch",
}  # fmt: skip


def example_page(kind: str) -> Page:
    """The page of that kind of document (« action » or « plan ») with an example in each field."""
    content = example_content()
    whole = Whole(content, {}, {KEY: "Exemple"})
    pages = Pages(whole, territory="Territoire d’exemple", on=dt.date(2026, 11, 25))
    return pages.one(content["actions"][0]) if kind == "action" else pages.plan()


def example_content() -> Content:
    """One row a table, each of its fields filled; a second action that serves no goal."""
    content = {table.name: [_row(table)] for table in TABLES}
    content["convention"][0]["ends_on"] = "2030-12-31"
    content["perimeters"][0]["ends_on"] = "2030-12-31"
    content["levels"].append({**content["levels"][0], "depth": 2})
    content["goals"].append({**content["goals"][0], "key": "autre", "parent": KEY})
    content["actions"][0]["other_goals"] = ["autre"]
    action = {**content["actions"][0], "key": "autre", "position": 2, "main_goal": None, "other_goals": []}
    content["actions"].append(action)
    content["fundings"].append({**content["fundings"][0], "unit": "fte", "planned": "12.00"})
    content["milestones"].append({**content["milestones"][0], "key": "suite", "depends_on": KEY, "done_on": None})
    return content


def _row(table: Table) -> Row:
    return {column.field: _value(table, column) for column in table.columns}


def _value(table: Table, column: Column) -> Any:
    if column.field in GIVEN:
        return GIVEN[column.field]
    match column.kind:
        case Kind.DAY:
            return DAY
        case Kind.AMOUNT:
            return f"12.{'0' * table.model_field(column).decimal_places}"
        case Kind.WHOLE:
            return 1
        case Kind.FLAG:
            return True
        case Kind.CHOICE:
            return table.model_field(column).choices[0][0]
        case Kind.KEY | Kind.REF:
            return KEY
        case Kind.REFS | Kind.SLUGS:
            return [KEY]
        case Kind.CODES:
            return ["32160"]
        case _:
            return f"{column.name.replace('_', ' ').capitalize()} (exemple)"
