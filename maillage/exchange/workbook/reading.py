"""From a workbook to a draft: find the sheet, read by header, gather every problem instead of the first only."""

import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException

from maillage.exchange.workbook.cells import Cell
from maillage.exchange.workbook.columns import (
    EXAMPLE_ROW,
    INSTRUCTION_ROW,
    NEEDED,
    TEMPLATE_ORDER,
    field_of,
    is_instruction,
)
from maillage.exchange.workbook.draft import NOTICE, PlanDraft, Problem
from maillage.exchange.workbook.rows import PlanReader
from maillage.exchange.workbook.safety import UnreadableWorkbook, check_workbook
from maillage.exchange.workbook.values import as_text

HEADER_WITHIN = 12
MAX_ROWS = 20_000
MAX_COLUMNS = 200
EMPTY_ROWS_END = 200

Progress = Callable[[int], None]
Row = tuple[int, list[Any]]


def read_plan(
    source: str | Path | IO[bytes], *, within: tuple[str, ...] | None = None, progress: Progress = lambda done: None
) -> PlanDraft:
    """Reads a plan. `within` are the INSEE codes among which a named commune is looked for.

    Raises `UnreadableWorkbook` when the file as a whole cannot be read; the problems of its cells are in the draft.
    """
    if isinstance(source, str | Path):
        with Path(source).open("rb") as file:
            return read_plan(file, within=within, progress=progress)
    check_workbook(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it will not save; nothing is saved here
        return _opened(source, within, progress)


def _opened(source: IO[bytes], within: tuple[str, ...] | None, progress: Progress) -> PlanDraft:
    try:
        workbook = openpyxl.load_workbook(source, read_only=True, keep_links=False)
        try:
            return _read(workbook, within, progress)
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


def _read(workbook: Any, within: tuple[str, ...] | None, progress: Progress) -> PlanDraft:
    sheet, header_row, headers = _find_sheet(workbook)
    draft = PlanDraft(sheet=sheet.title)
    fields = [field_of(header) if header else None for header in headers]
    _say_order(draft, header_row, fields)
    reader = PlanReader(draft, headers, fields, within)
    rows = _data_rows(sheet, header_row)
    for done, (number, cells) in enumerate(_without_guidance(draft, rows, fields, headers), start=1):
        reader.read_row(number, [Cell.of(cell) for cell in cells])
        progress(done)
    reader.finish()
    if not draft.actions and not draft.errors:
        raise UnreadableWorkbook(
            f"La feuille « {sheet.title} » ne contient encore aucune action. Remplissez une ligne par action, "
            "puis réessayez."
        )
    return draft


def _find_sheet(workbook: Any) -> tuple[Any, int, list[str]]:
    """The sheet whose header names an axis and a title, wherever it stands; the fullest header wins."""
    best: tuple[int, Any, int, list[str]] | None = None
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_row=HEADER_WITHIN, values_only=True), start=1):
            headers = [as_text(value) for value in row]
            if len(headers) > MAX_COLUMNS and any(headers[MAX_COLUMNS:]):
                raise UnreadableWorkbook(
                    f"La feuille « {sheet.title} » compte plus de {MAX_COLUMNS} colonnes. "
                    "Gardez celles du plan d’action, puis réessayez."
                )
            known = {field_of(header) for header in headers if header} - {None}
            if known >= NEEDED and (best is None or len(known) > best[0]):
                best = (len(known), sheet, number, headers[:MAX_COLUMNS])
    if best is None:
        raise UnreadableWorkbook(
            "Aucune feuille de ce classeur n’a les colonnes « Axe (x) » et « Titre de la fiche action ». "
            "Partez du modèle national de plan d’action, ou renommez vos colonnes comme lui."
        )
    return best[1], best[2], best[3]


def _say_order(draft: PlanDraft, header_row: int, fields: list[str | None]) -> None:
    known = [field for field in fields if field in TEMPLATE_ORDER]
    if known != [field for field in TEMPLATE_ORDER if field in known]:
        message = "Les colonnes ne sont pas dans l’ordre du modèle : elles ont été lues d’après leur titre."
        draft.problems.append(Problem(draft.sheet, header_row, "", message, NOTICE))


def _data_rows(sheet: Any, header_row: int) -> Iterator[tuple[int, Any]]:
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(min_row=header_row + 1), start=header_row + 1):
        if all(cell.value is None for cell in cells):
            empty += 1
            if empty >= EMPTY_ROWS_END:
                return
            continue
        empty = 0
        if number > MAX_ROWS:
            raise UnreadableWorkbook(f"Ce plan dépasse {MAX_ROWS} lignes. Découpez-le en plusieurs classeurs.")
        yield number, cells


def _without_guidance(
    draft: PlanDraft, rows: Iterator[tuple[int, Any]], fields: list[str | None], headers: list[str]
) -> Iterator[tuple[int, Any]]:
    """Leaves out what the template says of itself: the row of types, the instructions, the worked example."""
    axis, title = fields.index("axis"), fields.index("title")
    kept = list(rows)
    first = next(iter(kept), None)
    axes = [as_text(cells[axis].value) for _, cells in kept if len(cells) > axis]
    for number, cells in kept:
        texts = [as_text(cell.value) for cell in cells]
        at = [texts[place] if place < len(texts) else "" for place in (axis, title)]
        guidance = (
            is_instruction(at[0])
            or at[0].startswith(INSTRUCTION_ROW[0])
            or at[1].startswith(INSTRUCTION_ROW[1])
            or (at[0].startswith(EXAMPLE_ROW[0]) and at[1].startswith(EXAMPLE_ROW[1]))
        )
        # A single word under the header that no action repeats is a divider (« Données »), not an axis.
        alone = bool(at[0]) and sum(map(bool, texts)) == 1 and axes.count(at[0]) == 1
        divider = alone and first is not None and number == first[0]
        if divider:
            message = f"La ligne « {next(filter(None, texts))} » n’est pas reprise : elle ne porte aucune action."
            draft.problems.append(Problem(draft.sheet, number, headers[axis], message, NOTICE))
        if not guidance and not divider:
            yield number, cells
