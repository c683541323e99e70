"""What a content must hold together: keys said once, links that lead somewhere, the models' constraints."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from maillage.exchange.content import Content, Row
from maillage.exchange.content.reading import FolderReader
from maillage.exchange.content.schema import TABLES, Column, Kind, Table
from maillage.exchange.content.values import known_slugs
from maillage.exchange.content.writing import Files
from maillage.exchange.workbook.draft import Problem
from maillage.plan.rules.money import check_amounts
from maillage.plan.vocabulary import MAX_LEVELS


def read_content(files: Files) -> tuple[Content, list[Problem]]:
    """The content of a folder and everything that is wrong with it; loaded only when nothing is."""
    reader = FolderReader(files)
    content = reader.read()
    if not reader.problems:
        reader.problems += judge(content, reader.places)
    return content, reader.problems


def judge(content: Content, places: dict[str, list[tuple[str, int]]]) -> list[Problem]:
    """What each row says against the others and against the rules, in the order of the tables."""
    found: list[Problem] = []
    keys = {table.name: {row[table.key] for row in content[table.name]} for table in TABLES if table.key}
    slugs = {column.field: known_slugs(column) for table in TABLES for column in table.columns
             if column.kind == Kind.SLUGS}  # fmt: skip
    for table in TABLES:
        seen: set[tuple[Any, ...]] = set()
        for row, (file, line) in zip(content[table.name], places[table.name], strict=True):
            for column, message in [
                *_links(table, row, keys, slugs), *_twice(table, row, seen), *_rules(table, row)
            ]:  # fmt: skip
                found.append(Problem(file, line, column.name if column else "", message))
    found += _shape(content, places)
    return found


def _links(
    table: Table, row: Row, keys: dict[str, set[str]], slugs: dict[str, set[str]]
) -> Iterator[tuple[Column, str]]:
    for column in table.columns:
        value = row[column.field]
        if column.kind == Kind.SLUGS:
            yield from (
                (column, f"« {word} » n’est pas dans la liste de Maillage.") for word in value
                if word not in slugs[column.field]
            )  # fmt: skip
        if column.kind in {Kind.REF, Kind.REFS} and value:
            words = value if isinstance(value, list) else [value]
            yield from (
                (column, f"La clé « {word} » ne désigne rien dans le dossier.") for word in words
                if word not in keys[column.to]
            )  # fmt: skip


def _twice(table: Table, row: Row, seen: set[tuple[Any, ...]]) -> Iterator[tuple[Column, str]]:
    """Keys and names that two rows may not share."""
    groups = [*table.once, *([(table.key,)] if table.key else [])]
    for fields in dict.fromkeys(groups):
        value = (fields, *(_compared(table, field, row[field]) for field in fields))
        if value in seen:
            words = ", ".join(str(row[field] or "vide") for field in fields)
            yield table.column(fields[0]), f"« {words} » est déjà dit plus haut."
        seen.add(value)


def _compared(table: Table, field: str, value: Any) -> Any:
    """Partners and contacts are told apart whatever the case of their names, as the database does."""
    return value.lower() if field == "name" and table.name in {"organizations", "contacts"} else value


def _rules(table: Table, row: Row) -> Iterator[tuple[Column | None, str]]:
    """The constraints of the model that speak of one row alone, with their own sentences."""
    plain = {
        column.field: row[column.field] for column in table.columns
        if column.kind not in {Kind.KEY, Kind.REF, Kind.REFS, Kind.SLUGS}
    }  # fmt: skip
    fields = {column.field: table.model_field(column) for column in table.columns if column.field in plain}
    instance = table.model(**{name: fields[name].to_python(value) for name, value in plain.items()})
    for constraint in table.model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and not constraint.name.startswith("goal_"):
            try:
                constraint.validate(table.model, instance)
            except ValidationError as refusal:
                yield None, " ".join(refusal.messages)
    if table.name == "fundings":
        try:
            check_amounts(instance.planned, instance.obtained, instance.spent)  # type: ignore[attr-defined]
        except ValidationError as refusal:
            yield None, " ".join(refusal.messages)


def _shape(content: Content, places: dict[str, list[tuple[str, int]]]) -> Iterator[Problem]:
    """One convention; named levels without a gap; goals under goals said before them, no deeper than the levels."""
    if len(content["convention"]) != 1:
        yield Problem("convention.yaml", 1, "", "Le dossier décrit une convention, et une seule.")
    depths = sorted(row["depth"] for row in content["levels"])
    if depths != list(range(1, len(depths) + 1)) or not 1 <= len(depths) <= MAX_LEVELS:
        yield Problem("niveaux.csv", 1, "niveau", "Les niveaux se suivent depuis 1, cinq au plus.")
    known: dict[str, int] = {}
    for row, (file, line) in zip(content["goals"], places["goals"], strict=True):
        parent = row["parent"]
        if parent and parent not in known:
            yield Problem(file, line, "parent", "Cet objectif vient avant celui auquel il est rattaché.")
        known[row["key"]] = known.get(parent, 0) + 1 if parent else 1
        if known[row["key"]] > len(depths):
            yield Problem(file, line, "parent", "Cet objectif est plus profond que les niveaux nommés.")
    for row, (file, line) in zip(content["actions"], places["actions"], strict=True):
        if row["main_goal"] in row["other_goals"]:
            yield Problem(file, line, "autres_objectifs", "L’objectif principal n’est pas aussi un autre objectif.")
    yield from _loops(content, places)
    yield from _one_current_perimeter(content, places)


def _loops(content: Content, places: dict[str, list[tuple[str, int]]]) -> Iterator[Problem]:
    after = {row["key"]: row["depends_on"] for row in content["milestones"]}
    for row, (file, line) in zip(content["milestones"], places["milestones"], strict=True):
        seen, step = {row["key"]}, row["depends_on"]
        while step and step not in seen:
            seen.add(step)
            step = after.get(step)
        if step == row["key"]:
            yield Problem(file, line, "vient_apres", "Cette étape viendrait après elle-même.")


def _one_current_perimeter(content: Content, places: dict[str, list[tuple[str, int]]]) -> Iterator[Problem]:
    pairs = sorted(
        zip(content["perimeters"], places["perimeters"], strict=True), key=lambda pair: str(pair[0]["starts_on"])
    )
    for (row, (file, line)), (following, _place) in zip(pairs, pairs[1:], strict=False):
        if row["ends_on"] is None or row["ends_on"] > following["starts_on"]:
            yield Problem(file, line, "au", "Ce périmètre finit après que le suivant a commencé.")
