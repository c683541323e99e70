"""The cells of one row: found by field or by place, parsed, and named in each problem by row and column."""

from collections.abc import Callable
from typing import Any, TypeVar

from maillage.exchange.workbook.columns import is_instruction
from maillage.exchange.workbook.draft import ERROR, PlanDraft, Problem
from maillage.exchange.workbook.sheet import Cell
from maillage.exchange.workbook.values import CellError, InWords, as_text

Value = TypeVar("Value")


class RowCells:
    """The row being read. Places are columns counted from 0; `fields` says what each one holds."""

    def __init__(self, draft: PlanDraft, headers: list[str], fields: list[str | None]) -> None:
        self.draft = draft
        self.headers = headers
        self.fields = fields
        self.place_of = {field: place for place, field in reversed(list(enumerate(fields))) if field}
        self.row = 0
        self.cells: list[Cell] = []
        #: What the row says in words where a value was expected: (place, text), to be kept by who reads the row.
        self.in_words: list[tuple[int, str]] = []

    def _own_columns(self) -> list[list[str]]:
        """What the file says in columns that have no field of ours: (header, text)."""
        return [
            [self._header_at(place)[:200] or f"Colonne {place + 1}", text]
            for place, field in enumerate(self.fields)
            if field is None and (text := self._text_at(place))
        ]  # fmt: skip

    def _has_broken_cells(self) -> bool:
        broken = False
        for place, cell in enumerate(self.cells):
            if cell.is_formula:
                self._say_at(place, "cette cellule contient une formule. Collez sa valeur à la place.")
            elif cell.is_error:
                self._say_at(place, f"cette cellule affiche l’erreur {cell.value}. Corrigez-la dans votre tableur.")
            broken = broken or cell.is_formula or cell.is_error
        return broken

    def _parse(self, field: str, parser: Callable[[Any], Value], raw: bool = False) -> Value | None:
        place = self.place_of.get(field)
        return None if place is None else self._parse_at(place, parser, raw)

    def _parse_at(self, place: int, parser: Callable[[Any], Value], raw: bool = False) -> Value | None:
        """The parsed cell; None when it is empty, or wrong (and then it is said)."""
        text = self._text_at(place)
        if not text:
            return None
        try:
            return parser(self.cells[place].value if raw else text)
        except InWords:
            self.in_words.append((place, text))
            return None
        except CellError as refusal:
            self._say_at(place, str(refusal))
            return None

    def _text(self, field: str) -> str:
        place = self.place_of.get(field)
        return "" if place is None else self._text_at(place)

    def _text_at(self, place: int) -> str:
        text = as_text(self.cells[place].value) if place < len(self.cells) else ""
        return "" if is_instruction(text) else text

    def _field(self, place: int) -> str | None:
        return self.fields[place] if place < len(self.fields) else None

    def _header(self, field: str) -> str:
        place = self.place_of.get(field)
        return "" if place is None else self.headers[place]

    def _header_at(self, place: int) -> str:
        return self.headers[place] if place < len(self.headers) else ""

    def _say(self, field: str, message: str, severity: str = ERROR) -> None:
        self.draft.problems.append(self._problem(self._header(field), message, severity))

    def _say_at(self, place: int, message: str, severity: str = ERROR) -> None:
        self.draft.problems.append(self._problem(self._header_at(place) or f"Colonne {place + 1}", message, severity))

    def _problem(self, column: str, message: str, severity: str) -> Problem:
        return Problem(self.draft.sheet, self.row, column, message[:1].upper() + message[1:], severity)
