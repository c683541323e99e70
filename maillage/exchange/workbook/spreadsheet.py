"""Sheets out of an .xlsx workbook, with what its reader would not see: hidden rows and columns, merged cells."""

import re
import warnings
import zipfile
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException

from maillage.exchange.workbook.safety import UnreadableWorkbook, check_workbook
from maillage.exchange.workbook.sheet import Cell, Sheet

MAX_ROWS = 20_000
MAX_COLUMNS = 200
EMPTY_ROWS_END = 200

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="[A-Z]+(\d+):[A-Z]+(\d+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?hidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s[^>]*?hidden="(?:1|true)"')


def sheets_of_workbook(source: IO[bytes]) -> list[Sheet]:
    """Every sheet, hidden ones included. Raises `UnreadableWorkbook` for a file that is refused as a whole."""
    check_workbook(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it will not save; nothing is saved here
        return _opened(source)


def _opened(source: IO[bytes]) -> list[Sheet]:
    try:
        workbook = openpyxl.load_workbook(source, read_only=True, keep_links=False)
        try:
            return [_sheet(page) for page in workbook.worksheets]
        finally:
            workbook.close()
    except UnreadableWorkbook:
        raise
    except (KeyError, ValueError, TypeError, AttributeError, EOFError, zipfile.BadZipFile, ParseError, OSError,
            DefusedXmlException, IndexError) as cause:  # fmt: skip
        raise UnreadableWorkbook(
            "Ce classeur est abîmé : il n’a pas pu être lu jusqu’au bout. Ouvrez-le dans votre tableur, "
            "enregistrez-le au format .xlsx, puis réessayez."
        ) from cause


def _sheet(page: Any) -> Sheet:
    page.reset_dimensions()
    sheet = Sheet(page.title, [], is_hidden=page.sheet_state != "visible")
    _read_rows(page, sheet)
    with page._get_source() as raw:  # what openpyxl leaves out when it only reads
        xml = raw.read()
    spans = ((int(first), int(last)) for first, last in _MERGED.findall(xml))
    sheet.merged = [(first, last) for first, last in spans if first != last]
    rows, columns = len(_HIDDEN_ROW.findall(xml)), len(_HIDDEN_COLUMN.findall(xml))
    if rows:
        sheet.remarks.append("Des lignes sont masquées dans cette feuille : elles ont été lues comme les autres.")
    if columns:
        sheet.remarks.append("Des colonnes sont masquées dans cette feuille : elles ont été lues comme les autres.")
    return sheet


def _read_rows(page: Any, sheet: Sheet) -> None:
    empty = 0
    for number, cells in enumerate(page.iter_rows(), start=1):
        if all(cell.value is None for cell in cells):
            empty += 1
            if empty >= EMPTY_ROWS_END:
                return
            continue
        empty = 0
        sheet.rows.append((number, [Cell.of(cell) for cell in cells[:MAX_COLUMNS]]))
        if any(cell.value is not None for cell in cells[MAX_COLUMNS:]):
            sheet.flaw = too_wide(page.title)
        elif number > MAX_ROWS:
            sheet.flaw = too_long()
        if sheet.flaw:
            return


def too_wide(name: str) -> str:
    return (
        f"La feuille « {name} » compte plus de {MAX_COLUMNS} colonnes. "
        "Gardez celles du plan d’action, puis réessayez."
    )  # fmt: skip


def too_long() -> str:
    return f"Ce plan dépasse {MAX_ROWS} lignes. Découpez-le en plusieurs classeurs."
