"""From a file to its sheets: what it is, is told by its bytes, never by its name."""

import zipfile
from pathlib import Path
from typing import IO

from maillage.exchange.workbook.safety import UnreadableWorkbook, check_size, what_it_is
from maillage.exchange.workbook.separated import sheets_of_csv
from maillage.exchange.workbook.sheet import Sheet
from maillage.exchange.workbook.spreadsheet import sheets_of_workbook
from maillage.exchange.workbook.word import sheets_of_document


def sheets_of(source: IO[bytes], file_name: str = "") -> list[Sheet]:
    """The sheets of a workbook, of a CSV file, or the fiches of a document.

    Raises `UnreadableWorkbook` for a file that is refused as a whole.
    """
    check_size(source)
    head = source.read(262)
    source.seek(0)
    name = Path(file_name).stem
    if head.startswith(b"PK"):
        return sheets_of_document(source, name or "Document") if _is_document(source) else sheets_of_workbook(source)
    if sentence := what_it_is(head):
        raise UnreadableWorkbook(sentence)
    return sheets_of_csv(source, name or "Tableau")


def _is_document(source: IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(source) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return False
    finally:
        source.seek(0)
