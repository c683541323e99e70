"""A content as one workbook: days are days, amounts are figures, lists are parted by « ; »."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from maillage.exchange.content import FORMAT, Content
from maillage.exchange.content.schema import Column, Kind, Table
from maillage.exchange.content.values import NO, YES, in_words
from maillage.exchange.own.labels import ABOUT, REST, SHEETS, in_order, label_of
from maillage.printing.sheets import MOST_SIGNS, Cell, Sheet, writable, write_workbook
from maillage.territories.areas import commune_of_any_year

FIRST_DAY = "1900-01-01"
WIDTHS = {Kind.DAY: 13, Kind.AMOUNT: 13, Kind.WHOLE: 9, Kind.FLAG: 9, Kind.CHOICE: 18, Kind.KEY: 24, Kind.REF: 24}
LONG = {"title", "text", "description", "need", "scope", "behaviour", "objectives", "expected_results", "evidence"}


def write_complete(content: Content, words: dict[str, str]) -> bytes:
    """The whole content as an .xlsx workbook; `words` are the names of themes and publics."""
    return write_workbook([_about(content), *(_sheet(table, content, words) for table in in_order())])


def _about(content: Content) -> Sheet:
    """What the workbook is, first for a person; the number of its form is read back."""
    lines = [
        ("Format", Decimal(FORMAT)),
        ("Convention", content["convention"][0]["title"]),
        ("Comment le lire", "Une feuille par sorte d’objet, une ligne par objet. La colonne « Clé » nomme une ligne ; "
         "les autres feuilles la citent."),
        ("Comment le reprendre", "Dans un espace vide : « Convention », « Reprendre une convention d’un dossier ». "
         "Gardez les feuilles, les titres de colonnes et les clés."),
    ]  # fmt: skip
    return Sheet(ABOUT, [["Plan complet", "écrit par Maillage"]], lines, [26, 90])


def _sheet(table: Table, content: Content, words: dict[str, str]) -> Sheet:
    rows = [[_cell(table, column, row[column.field], words) for column in table.columns] for row in content[table.name]]
    headers = [label_of(column) for column in table.columns]
    widths = [WIDTHS.get(column.kind, 46 if column.field in LONG else 24) for column in table.columns]
    return Sheet(SHEETS[table.name], *_with_rests(headers, rows, widths))


def _cell(table: Table, column: Column, value: Any, words: dict[str, str]) -> Cell:
    if value in (None, "", []):
        return None
    match column.kind:
        case Kind.DAY:
            return dt.date.fromisoformat(value) if value >= FIRST_DAY else str(value)
        case Kind.AMOUNT:
            return Decimal(value)
        case Kind.WHOLE:
            return int(value)
        case Kind.FLAG:
            return YES if value else NO
        case Kind.SLUGS:
            return " ; ".join(words.get(slug, slug) for slug in value)
        case Kind.REFS:
            return " ; ".join(value)
        case Kind.CODES:
            return " ; ".join(f"{code} {commune_of_any_year(code).name}" for code in value)
        case _:
            return writable(str(in_words(table, column, value)))


def _with_rests(
    headers: list[str], rows: list[list[Cell]], widths: list[int]
) -> tuple[list[list[str]], list[list[Cell]], list[int]]:
    """The same columns, each text one followed by as many others as its longest text needs."""
    needed = [max((len(list(_pieces(row[place]))) for row in rows), default=1) for place in range(len(headers))]
    if all(count == 1 for count in needed):
        return [headers], rows, widths
    spread = [[header + REST * rank for rank in range(count)] for header, count in zip(headers, needed, strict=True)]
    wide = [[width] * count for width, count in zip(widths, needed, strict=True)]
    cut = [
        [piece for place, count in enumerate(needed) for piece in [*_pieces(row[place]), *[None] * count][:count]]
        for row in rows
    ]
    return [sum(spread, [])], cut, sum(wide, [])


def _pieces(cell: Cell) -> Iterator[Cell]:
    if isinstance(cell, str) and len(cell) > MOST_SIGNS:
        yield from (cell[start : start + MOST_SIGNS] for start in range(0, len(cell), MOST_SIGNS))
    else:
        yield cell
