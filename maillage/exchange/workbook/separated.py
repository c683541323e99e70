"""One sheet out of a CSV file: any usual encoding and separator, line breaks within quotes."""

import csv
import io
from collections.abc import Iterator
from typing import IO

from maillage.exchange.workbook.encoding import NOT_TEXT, decoded
from maillage.exchange.workbook.safety import UnreadableWorkbook, check_size
from maillage.exchange.workbook.sheet import Cell, Row, Sheet
from maillage.exchange.workbook.spreadsheet import MAX_COLUMNS, MAX_ROWS, too_long, too_wide

SEPARATORS = (";", ",", "\t", "|")
LOOKED_AT = 200
#: How a text begins that a spreadsheet would run: written after an apostrophe, which is not of the text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def sheets_of_csv(source: IO[bytes], name: str) -> list[Sheet]:
    """The one sheet of a CSV file. Raises `UnreadableWorkbook` for a file that is refused as a whole."""
    check_size(source)
    text = decoded(source.read())
    if any(sign in text for sign in ("\x00", "\x01", "\x02", "\x1b")):
        raise UnreadableWorkbook(NOT_TEXT)
    return [Sheet(name, _rows(text, separator_of(text), name))]


def separator_of(text: str) -> str:
    """The separator that gives most rows the same width, the widest when several do."""

    def how_even(separator: str) -> tuple[float, int]:
        widths = []
        try:
            for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                if any(cells):
                    widths.append(len(cells))
                if len(widths) >= LOOKED_AT:
                    break
        except csv.Error:
            pass  # said when the rows are read
        common = max(set(widths), key=widths.count, default=0)
        return (widths.count(common) / max(len(widths), 1) if common > 1 else 0.0, common)

    return max(SEPARATORS, key=how_even)


def _rows(text: str, separator: str, name: str) -> list[Row]:
    rows: list[Row] = []
    try:
        for number, cells in enumerate(_records(text, separator), start=1):
            if any(cells[MAX_COLUMNS:]):
                raise UnreadableWorkbook(too_wide(name))
            if any(cells):
                rows.append((number, [Cell(bare(value) or None) for value in cells[:MAX_COLUMNS]]))
            if len(rows) > MAX_ROWS:
                raise UnreadableWorkbook(too_long())
    except csv.Error:
        raise UnreadableWorkbook(
            f"Ce tableau est abîmé vers la ligne {len(rows) + 1} : une cellule ne se referme pas. "
            "Vérifiez les guillemets à cet endroit, puis réessayez."
        ) from None
    return rows


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """A quote that nothing closes is said, rather than swallowing the rows that follow."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def bare(text: str) -> str:
    """« '=A1 » → « =A1 »: the apostrophe only kept the cell from being run."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(DANGEROUS) else text
