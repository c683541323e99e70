"""The complete workbook back into a content. Everything that is wrong is said, by sheet, row and column."""

import datetime as dt
import re
from collections import Counter
from decimal import Decimal
from typing import IO, Any

from maillage.exchange.content import FORMAT, Content, Row
from maillage.exchange.content.judging import judge
from maillage.exchange.content.schema import TABLES, Column, Kind, Table
from maillage.exchange.content.values import Refused, read
from maillage.exchange.own.labels import ABOUT, REST, SHEETS, label_of
from maillage.exchange.workbook.draft import Problem
from maillage.exchange.workbook.sheet import Cell, Sheet
from maillage.exchange.workbook.spreadsheet import sheets_of_workbook
from maillage.ui.french import folded


def read_complete(file: IO[bytes], words: dict[str, str]) -> tuple[Content, list[Problem]]:
    """The content of a complete workbook and what is wrong with it; `words` are the names of themes and publics.

    Raises `UnreadableWorkbook` for a file that is refused as a whole.
    """
    reader = _Reader(sheets_of_workbook(file), words)
    content = reader.read()
    if not reader.problems:
        reader.problems += judge(content, reader.places)
    return content, reader.problems


class _Reader:
    def __init__(self, sheets: list[Sheet], words: dict[str, str]) -> None:
        self.sheets = {sheet.name: sheet for sheet in sheets}
        self.slugs = {folded(name): slug for slug, name in words.items()}
        self.problems: list[Problem] = []
        self.content: Content = {table.name: [] for table in TABLES}
        self.places: dict[str, list[tuple[str, int]]] = {table.name: [] for table in TABLES}

    def read(self) -> Content:
        if not self._format():
            return self.content
        known = {ABOUT, *SHEETS.values()}
        for name in self.sheets:
            if name not in known:
                self._wrong(name, 0, "", "Cette feuille n’est pas attendue ici. Retirez-la du classeur.")
        for table in TABLES:
            sheet = self.sheets.get(SHEETS[table.name])
            if sheet is None:
                self._wrong(SHEETS[table.name], 0, "", "Cette feuille manque dans le classeur.")
            elif sheet.flaw:
                self._wrong(sheet.name, 0, "", sheet.flaw)
            else:
                self._sheet(table, sheet)
        return self.content

    def _wrong(self, sheet: str, row: int, column: str, message: str) -> None:
        self.problems.append(Problem(sheet, row, column, message[:1].upper() + message[1:]))

    def _format(self) -> bool:
        sheet = self.sheets.get(ABOUT)
        said = {str(cells[0].value): cells[1].value for _row, cells in sheet.rows if len(cells) > 1} if sheet else {}
        version = said.get("Format")
        if not isinstance(version, int | float):
            message = "Ce classeur n’est pas un plan complet de Maillage : sa feuille « À lire » ne dit pas son format."
            self._wrong(ABOUT, 0, "", message)
        elif version > FORMAT:
            message = f"Ce classeur est écrit au format {version}, plus récent que celui de Maillage ici ({FORMAT})."
            self._wrong(ABOUT, 0, "", f"{message} Mettez Maillage à jour, puis réessayez.")
        return not self.problems

    def _sheet(self, table: Table, sheet: Sheet) -> None:
        _number, head = sheet.rows[0] if sheet.rows else (1, [])
        labels = [_text(cell.value) for cell in head]
        while labels and not labels[-1]:
            labels.pop()
        places = {column: self._places_of(label_of(column), labels) for column in table.columns}
        missing = [label_of(column) for column, found in places.items() if not found]
        known = {place for found in places.values() for place in found}
        for label in missing:
            self._wrong(sheet.name, 1, label, f"La colonne « {label} » manque.")
        for place, label in enumerate(labels):
            if place not in known:
                self._wrong(sheet.name, 1, label, f"La colonne « {label} » n’est pas attendue ici.")
        for label, count in Counter(labels).items():
            if count > 1 and label:
                self._wrong(sheet.name, 1, label, f"La colonne « {label} » est donnée deux fois.")
        if not missing:
            for number, cells in sheet.rows[1:]:
                self._row(table, sheet.name, number, places, cells)

    @staticmethod
    def _places_of(label: str, labels: list[str]) -> list[int]:
        """The column of that label, then those where the rest of its longest texts stands."""
        found = []
        while label in labels:
            found.append(labels.index(label))
            label += REST
        return found

    def _row(self, table: Table, sheet: str, number: int, places: dict[Column, list[int]], cells: list[Cell]) -> None:
        row: Row = {}
        for column, at in places.items():
            given = [cells[place] for place in at if place < len(cells)]
            if any(cell.is_formula or cell.is_error for cell in given):
                self._wrong(sheet, number, label_of(column), "cette cellule contient une formule. Collez sa valeur.")
                given = []
            try:
                row[column.field] = read(table, column, self._said(column, [cell.value for cell in given]))
            except Refused as refusal:
                self._wrong(sheet, number, label_of(column), str(refusal))
                row[column.field] = column.empty
        self.content[table.name].append(row)
        self.places[table.name].append((sheet, number))

    def _said(self, column: Column, values: list[Any]) -> Any:
        text = "".join(map(_text, values))
        if column.kind == Kind.SLUGS:
            return [self.slugs.get(folded(name), name) for name in _parted(text)]
        if column.kind == Kind.CODES:
            return [name.split()[0] for name in _parted(text)]
        return _parted(text) if column.kind == Kind.REFS else text


def _parted(text: str) -> list[str]:
    return [part for part in re.split(r"\s*;\s*", text.strip()) if part]


def _text(value: Any) -> str:
    """The cell as the folder of files would write it; a text stays as it is, spaces included."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return str(value)
