"""From sheets to a draft: find the plan, read by header, gather every problem instead of the first only."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from maillage.exchange.workbook.choice import HEADER_WITHIN, NOTE, SKIPPED, Choice, headers_at
from maillage.exchange.workbook.columns import (
    EXAMPLE_ROW,
    INSTRUCTION_ROW,
    LEVELS,
    NEEDED,
    TEMPLATE_ORDER,
    field_of,
    is_instruction,
)
from maillage.exchange.workbook.draft import NOTICE, PlanDraft, Problem
from maillage.exchange.workbook.files import sheets_of
from maillage.exchange.workbook.rows import PlanReader
from maillage.exchange.workbook.safety import UnreadableWorkbook
from maillage.exchange.workbook.sheet import Row, Sheet
from maillage.exchange.workbook.values import as_text

Progress = Callable[[int], None]


class UnknownColumns(UnreadableWorkbook):
    """The file is sound, but nothing says what its columns hold: a person must. `sheets` are those she may choose."""

    def __init__(self, sheets: list[Sheet]) -> None:
        super().__init__(
            "Aucune feuille de ce fichier n’a les colonnes « Axe (x) » et « Titre de la fiche action ». "
            "Partez du modèle national de plan d’action, ou importez-le depuis l’écran : vous direz ce que contient "
            "chaque colonne."
        )
        self.sheets = sheets


def read_plan(
    source: str | Path | IO[bytes],
    *,
    within: tuple[str, ...] | None = None,
    progress: Progress = lambda done: None,
    file_name: str = "",
) -> PlanDraft:
    """Reads a plan whose headers are those of the national template.

    `within` are the INSEE codes among which a named commune is looked for. Raises `UnreadableWorkbook` when the file
    as a whole cannot be read, `UnknownColumns` when its headers are its own; the draft holds the problems of its cells.
    """
    if isinstance(source, str | Path):
        with Path(source).open("rb") as file:
            return read_plan(file, within=within, progress=progress, file_name=Path(source).name)
    sheets = sheets_of(source, file_name)
    found = _find_plan(sheets)
    if found is None:
        raise UnknownColumns(_mappable(sheets))
    sheet, header_row = found
    headers = headers_at(sheet, header_row)
    fields = [field_of(header) if header else None for header in headers]
    draft = PlanDraft(sheet=sheet.name)
    _say_order(draft, header_row, fields)
    for other in sheets:
        if other.is_hidden and other.rows:
            message = f"La feuille masquée « {other.name} » n’est pas lue."
            draft.problems.append(Problem(sheet.name, 0, "", message, NOTICE))
    return _read(draft, sheet, header_row, headers, fields, within, progress)


def read_chosen(
    sheet: Sheet, choice: Choice, *, within: tuple[str, ...] | None = None, progress: Progress = lambda done: None
) -> PlanDraft:
    """Reads a sheet as a person said its columns are."""
    headers = headers_at(sheet, choice.header_row)
    fields = [None if field == NOTE else field for field in choice.fields]
    draft = PlanDraft(sheet=sheet.name, goal_id=choice.goal_id, row_word="fiche" if sheet.is_fiches else "ligne")
    return _read(draft, sheet, choice.header_row, headers, fields, within, progress)


def _read(
    draft: PlanDraft, sheet: Sheet, header_row: int, headers: list[str], fields: list[str | None],
    within: tuple[str, ...] | None, progress: Progress,
) -> PlanDraft:  # fmt: skip
    _check_sheet(sheet, header_row)
    draft.problems += [Problem(sheet.name, 0, "", remark, NOTICE) for remark in sheet.remarks]
    draft.fields = [field for field in dict.fromkeys(fields) if field and field != SKIPPED]
    reader = PlanReader(draft, headers, fields, within)
    rows = [row for row in sheet.rows if row[0] > header_row]
    for done, (number, cells) in enumerate(_without_guidance(draft, rows, fields, headers), start=1):
        reader.read_row(number, cells)
        progress(done)
    reader.finish()
    if not draft.actions and not draft.errors:
        raise UnreadableWorkbook(
            f"La feuille « {sheet.name} » ne contient encore aucune action. Remplissez une ligne par action, "
            "puis réessayez."
        )
    return draft


def _find_plan(sheets: list[Sheet]) -> tuple[Sheet, int] | None:
    """The sheet whose header names an axis and a title, wherever it stands; the fullest header wins."""
    best: tuple[int, Sheet, int] | None = None
    for sheet in sheets:
        if sheet.is_fiches:
            continue  # what was recognised in a document is confirmed by a person
        for number, cells in sheet.rows:
            if number > HEADER_WITHIN:
                break
            known = {field_of(as_text(cell.value)) for cell in cells if cell.value is not None} - {None}
            if not known >= NEEDED:
                continue
            if sheet.is_hidden:
                raise UnreadableWorkbook(
                    f"La feuille « {sheet.name} » est masquée et contient un plan d’action. Affichez-la si elle doit "
                    "être lue, supprimez-la sinon, puis réessayez."
                )
            if best is None or len(known) > best[0]:
                best = (len(known), sheet, number)
    return best and (best[1], best[2])


def _mappable(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets that may hold a plan: seen, with a header and a row. Raises when none does."""
    full = [sheet for sheet in sheets if len(sheet.rows) > 1]
    found = [sheet for sheet in full if not sheet.is_hidden]
    if not found and full:
        raise UnreadableWorkbook(
            f"La feuille « {full[0].name} » est masquée : elle n’a pas été lue. Affichez-la, puis réessayez."
        )
    if not found:
        flaws = (sheet.flaw for sheet in sheets if sheet.flaw)
        nothing = "Ce fichier ne contient aucune action : il faut une ligne de titres, puis une ligne par action."
        raise UnreadableWorkbook(next(flaws, nothing))
    sound = [sheet for sheet in found if not sheet.flaw]
    if not sound:
        raise UnreadableWorkbook(found[0].flaw)
    return sound


def _check_sheet(sheet: Sheet, header_row: int) -> None:
    """What no reading could mend: the whole sheet is refused."""
    if sheet.flaw:
        raise UnreadableWorkbook(sheet.flaw)
    last = sheet.rows[-1][0] if sheet.rows else 0
    for first, end in sheet.merged:
        if header_row < first <= last:
            raise UnreadableWorkbook(
                f"Des cellules sont fusionnées de la ligne {first} à la ligne {end} de la feuille « {sheet.name} » : "
                "on ne sait plus à quelle action elles appartiennent. Défusionnez-les, écrivez leur contenu sur "
                "chaque ligne, puis réessayez."
            )


def _say_order(draft: PlanDraft, header_row: int, fields: list[str | None]) -> None:
    known = [field for field in fields if field in TEMPLATE_ORDER]
    if known != [field for field in TEMPLATE_ORDER if field in known]:
        message = "Les colonnes ne sont pas dans l’ordre du modèle : elles ont été lues d’après leur titre."
        draft.problems.append(Problem(draft.sheet, header_row, "", message, NOTICE))


def _without_guidance(draft: PlanDraft, kept: list[Row], fields: list[str | None], headers: list[str]) -> Iterator[Row]:
    """Leaves out what the template says of itself: the row of types, the instructions, the worked example."""
    axis = next((place for place, field in enumerate(fields) if field in LEVELS), None)
    title = next((place for place, field in enumerate(fields) if field == "title"), None)
    first = kept[0][0] if kept else 0
    axes = [as_text(cells[axis].value) for _, cells in kept if axis is not None and len(cells) > axis]
    for number, cells in kept:
        texts = [as_text(cell.value) for cell in cells]
        at = [texts[place] if place is not None and place < len(texts) else "" for place in (axis, title)]
        guidance = (
            is_instruction(at[0])
            or at[0].startswith(INSTRUCTION_ROW[0])
            or at[1].startswith(INSTRUCTION_ROW[1])
            or (at[0].startswith(EXAMPLE_ROW[0]) and at[1].startswith(EXAMPLE_ROW[1]))
        )
        # A single word under the header that no action repeats is a divider (« Données »), not an axis.
        alone = bool(at[0]) and sum(map(bool, texts)) == 1 and axes.count(at[0]) == 1
        divider = alone and axis is not None and number == first
        if divider:
            message = f"La ligne « {at[0]} » n’est pas reprise : elle ne porte aucune action."
            draft.problems.append(Problem(draft.sheet, number, headers[axis or 0], message, NOTICE))
        if not guidance and not divider:
            yield number, cells
