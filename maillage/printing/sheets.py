"""Workbooks and CSV files whose cells are only ever text, figures and days: no formula can leave from here."""

import csv
import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

#: How a text begins that a spreadsheet would run.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
#: Signs that a workbook cannot hold as they are: controls (save the tab and the line break), and two that XML refuses.
UNWRITABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
#: More than this does not enter a cell.
MOST_SIGNS = 32_767
#: Points of a line of text, and the most that a row may take.
LINE, TALLEST = 15, 240
#: Signs that a column holds when nothing is said of it.
NARROW = 10
A3 = 8
#: Signs that a sheet of A3 holds side by side and that an eye can still read.
READABLE = 300
Cell = str | int | float | Decimal | dt.date | bool | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name (31 signs at most), its header rows, its rows; `widths` in characters, by column."""

    name: str
    headers: Sequence[Sequence[str]]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """An .xlsx workbook. Texts are written as texts, marked so that no later edit turns them into formulas."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e3eef4", "border": 1,
                                 "border_color": "#c4dae7"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "literal": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "figure": book.add_format({"num_format": "#,##0.##", "valign": "top"}),
    }  # fmt: skip
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:31])
        _lay_out(page, sheet)
        for number, header in enumerate(sheet.headers):
            page.set_row(number, height(header, sheet.widths))
            for column, words in enumerate(header):
                page.write_string(number, column, words, styles["head"])
        for number, row in enumerate(sheet.rows, start=len(sheet.headers)):
            page.set_row(number, height(row, sheet.widths))
            for column, value in enumerate(row):
                _write(page, number, column, value, styles)
    book.close()
    return out.getvalue()


def _lay_out(page: Any, sheet: Sheet) -> None:
    """Headers stay in sight; on paper, a page repeats them and holds all the columns that can be read."""
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(len(sheet.headers), 0)
    page.set_landscape()
    page.set_paper(A3)
    if sum(sheet.widths) <= READABLE:
        page.fit_to_pages(1, 0)
    if sheet.headers:
        page.repeat_rows(0, len(sheet.headers) - 1)


def height(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Points that a row needs for its longest text to be read, as not every programme works it out by itself."""
    lines = 1
    for column, value in enumerate(row):
        if isinstance(value, str) and value:
            width = widths[column] if column < len(widths) else NARROW
            lines = max(lines, sum(math.ceil(len(line) / width) or 1 for line in value.split("\n")))
    return min(lines * LINE, TALLEST)


def _write(page: Any, row: int, column: int, value: Cell, styles: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(row, column, "VRAI" if value else "FAUX", styles["text"])
    elif isinstance(value, dt.date):
        page.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), styles["day"])  # noqa: DTZ001
    elif isinstance(value, int | float | Decimal):
        page.write_number(row, column, float(value), styles["figure"])
    else:
        value = writable(value)[:MOST_SIGNS]
        page.write_string(row, column, value, styles["literal" if value.startswith(DANGEROUS) else "text"])


def writable(text: str) -> str:
    """The text as a cell can hold it, with line breaks in one way."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(UNWRITABLE)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file as French spreadsheets open it: semicolons, UTF-8 with its mark, decimal commas.

    A text that a spreadsheet would run is written after an apostrophe, which spreadsheets do not show.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_plain(words) for words in header])
    writer.writerows([_plain(value) for value in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | float | Decimal):
        return f"{value}".replace(".", ",")
    # A text that begins by an apostrophe of its own gets another, so that taking one away always gives the text back.
    return f"'{value}" if value.lstrip("'").startswith(DANGEROUS) else value
