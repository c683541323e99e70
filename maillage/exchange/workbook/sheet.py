"""A sheet as plain rows of cells, wherever it comes from: a workbook, a CSV file, the fiches of a Word document."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

FORMULA, BROKEN, DAY = "f", "e", "d"


@dataclass(frozen=True, slots=True)
class Cell:
    value: Any
    is_formula: bool = False
    is_error: bool = False

    @classmethod
    def of(cls, cell: Any) -> "Cell":
        kind = getattr(cell, "data_type", None)
        return cls(cell.value, kind == FORMULA, kind == BROKEN)

    def to_json(self) -> Any:
        """A plain value, or [what it is, its text] for what JSON cannot say."""
        if self.is_formula or self.is_error:
            return [FORMULA if self.is_formula else BROKEN, str(self.value)]
        if isinstance(self.value, dt.datetime | dt.date):
            return [DAY, self.value.isoformat()[:10]]
        return self.value if self.value is None or isinstance(self.value, str | int | float) else str(self.value)

    @classmethod
    def from_json(cls, data: Any) -> "Cell":
        if not isinstance(data, list):
            return cls(data)
        kind, text = data
        return cls(dt.date.fromisoformat(text)) if kind == DAY else cls(text, kind == FORMULA, kind == BROKEN)


Row = tuple[int, list[Cell]]


@dataclass(slots=True)
class Sheet:
    """`rows` are (number in the file, cells), the empty ones left out.

    `remarks` are sentences to say once it is chosen; `flaw` is the sentence for which it cannot be read. `merged` are
    the (first, last) rows of the cells merged across rows. `is_fiches` says that each row is one fiche of a Word
    document, and its headers the labels found there.
    """

    name: str
    rows: list[Row]
    is_hidden: bool = False
    merged: list[tuple[int, int]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    is_fiches: bool = False
    flaw: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "rows": [[number, [cell.to_json() for cell in cells]] for number, cells in self.rows],
            "merged": self.merged,
            "remarks": self.remarks,
            "is_fiches": self.is_fiches,
            "flaw": self.flaw,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Sheet":
        rows = [(number, [Cell.from_json(cell) for cell in cells]) for number, cells in data["rows"]]
        merged = [(first, last) for first, last in data["merged"]]
        rest = {name: data[name] for name in ("remarks", "is_fiches", "flaw")}
        return cls(data["name"], rows, merged=merged, **rest)
