"""« Fiches actions » out of a Word document: tables of labels and texts, or headings followed by « Label : text »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from maillage.exchange.workbook.choice import guessed
from maillage.exchange.workbook.fiches import Fiche, is_field, labelled, sheet_of, tidy
from maillage.exchange.workbook.safety import UnreadableWorkbook, check_document
from maillage.exchange.workbook.sheet import Sheet

MAX_FICHES = 2_000


@dataclass(slots=True)
class Part:
    """A heading with what stands under it, in order: paragraphs as texts, tables; then its own headings."""

    level: int
    text: str
    blocks: list[Any] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)


def sheets_of_document(source: IO[bytes], name: str) -> list[Sheet]:
    """One sheet whose rows are the fiches. Raises `UnreadableWorkbook` when the document holds none."""
    check_document(source)
    try:
        document = docx.Document(source)
        _open_controls(document.element.body)
        fiches = list(_fiches_of(_outline(document), []))
    except (OpcError, KeyError, ValueError, AttributeError, IndexError, SyntaxError, BadZipFile, OSError) as cause:
        raise UnreadableWorkbook(
            "Ce document est abîmé : il n’a pas pu être lu jusqu’au bout. Ouvrez-le dans votre traitement de texte, "
            "enregistrez-le au format .docx, puis réessayez."
        ) from cause
    if not fiches:
        raise UnreadableWorkbook(
            "Aucune fiche action n’a été reconnue dans ce document. Il faut, pour chaque action, un tableau "
            "« libellé | texte », ou un titre suivi de lignes « Libellé : texte »."
        )
    if len(fiches) > MAX_FICHES:
        raise UnreadableWorkbook(f"Ce document dépasse {MAX_FICHES} fiches. Découpez-le en plusieurs documents.")
    return [sheet_of(fiches, name)]


def _open_controls(body: Any) -> None:
    """What stands inside the fields of a form is read like the rest."""
    for control in list(body.iter(qn("w:sdt"))):
        parent, content = control.getparent(), control.find(qn("w:sdtContent"))
        for child in list(content) if content is not None else []:
            parent.insert(parent.index(control), child)
        parent.remove(control)


def _outline(document: Any) -> Part:
    root = Part(0, "")
    line = [root]
    for block in document.iter_inner_content():
        level = _level(block) if isinstance(block, Paragraph) else 0
        if level and block.text.strip():
            while line[-1].level >= level:
                line.pop()
            part = Part(level, " ".join(block.text.split()))
            line[-1].parts.append(part)
            line.append(part)
        elif isinstance(block, Table) or block.text.strip():
            line[-1].blocks.append(block if isinstance(block, Table) else block.text.strip())
    return root


def _level(paragraph: Paragraph) -> int:
    style = paragraph.style.name if paragraph.style is not None else ""
    found = re.fullmatch(r"(?:heading|titre) (\d)", (style or "").lower())
    return int(found[1]) if found else 0


def _fiches_of(part: Part, above: list[str]) -> Iterator[Fiche]:
    """The fiches of a part of the document: its tables, itself when it is one, then those of its parts."""
    tables = [table for table in part.blocks if isinstance(table, Table)]
    found = [fiche for table in tables for fiche in _fiches_of_table(table)]
    below = [*above, part.text] if part.text else above
    inner = [child for child in part.parts if not _is_field_part(child)]
    itself, owner = _fiche_of_texts(part), below
    if len(found) == 1 and not found[0].has_title and part.text:
        found[0].entitle(part.text)
        found[0].pairs += [pair for pair in itself.pairs if guessed(pair[0]) != "title"]
        owner = above
    elif not found and itself.is_one and part.text:
        itself.entitle(part.text)
        found, owner = [itself], above
    elif not found and not part.text:
        found = _split_by_title(itself)
    for fiche in found:
        fiche.above = owner
        if fiche.has_title and fiche.is_one:
            yield fiche
    for child in inner:
        yield from _fiches_of(child, below)


def _is_field_part(part: Part) -> bool:
    """« Porteur » as a heading of its own, with plain text under it."""
    return bool(part.blocks) and not part.parts and is_field(part.text) and not any(
        isinstance(block, Table) for block in part.blocks
    )  # fmt: skip


def _fiche_of_texts(part: Part) -> Fiche:
    """What the paragraphs of a part say, then its headings that name a field."""
    fiche = Fiche()
    for text in (block for block in part.blocks if isinstance(block, str)):
        for line in text.split("\n"):
            if pair := labelled(line):
                fiche.pairs.append(pair)
            elif fiche.pairs:
                fiche.more(line)
            elif line.strip():
                fiche.pairs.append(("Description", line.strip()))
    for child in part.parts:
        if _is_field_part(child):
            fiche.say(child.text, "\n".join(block for block in child.blocks if isinstance(block, str)))
    fiche.pairs = [pair for pair in fiche.pairs if pair[1]]
    return fiche


def _split_by_title(whole: Fiche) -> list[Fiche]:
    """Fiches written one after the other without headings: each begins where a title comes again."""
    fiches: list[Fiche] = []
    for label, text in whole.pairs:
        if guessed(label) == "title" or (not fiches and not any(guessed(name) == "title" for name, _ in whole.pairs)):
            fiches.append(Fiche())
        if fiches:
            fiches[-1].pairs.append((label, text))
    return fiches


def _fiches_of_table(table: Table) -> list[Fiche]:
    rows = [_distinct(row.cells) for row in table.rows]
    first = [tidy(_text(cell)) for cell in rows[0]] if rows else []
    is_grid = len(first) > 2 and len(rows) > 1 and sum(map(is_field, first)) >= max(3, len(first) - 1)
    if is_grid:
        fiches = [Fiche(pairs=[]) for _ in rows[1:]]
        for fiche, cells in zip(fiches, rows[1:], strict=True):
            for label, cell in zip(first, cells, strict=False):
                fiche.say(label or "Sans titre", _text(cell))
        return fiches
    fiche = Fiche()
    pending, last = "", None
    for rank, cells in enumerate(rows):
        texts = [_text(cell) for cell in cells]
        if len(texts) == 1:
            pending = _read_line(fiche, texts[0], pending, is_first=rank == 0)
        elif fiche.pairs and cells[0]._tc is last:  # one label beside several rows
            fiche.more("\n".join(texts[1:]))
        else:
            for place in range(0, len(texts) - 1, 2):
                fiche.say(texts[place] or "Sans titre", texts[place + 1])
            if len(texts) % 2 and texts[-1]:
                fiche.say(texts[-3] or "Sans titre", texts[-1])
        last = cells[0]._tc if len(cells) > 1 else None
    return [fiche] if fiche.pairs else []


def _read_line(fiche: Fiche, text: str, pending: str, *, is_first: bool) -> str:
    """A row of one cell: a title, « Label : text », or a label whose text is the next row: then it is answered."""
    if pending:
        fiche.say(pending, text)
    elif is_first and text and not (is_field(text) and ":" not in text and len(text.split()) < 3):
        pair = labelled(text)
        if pair and pair[1] and guessed(pair[0]) not in {None, "title"}:
            fiche.say(*pair)
        else:
            fiche.entitle(pair[1] if pair and pair[1] and not re.search(r"\d", pair[0]) else text)
    elif (pair := labelled(text)) and pair[1]:
        fiche.say(*pair)
    elif is_field(text):
        return tidy(text)
    elif text and fiche.pairs:
        fiche.more(text)
    return ""


def _distinct(cells: tuple[_Cell, ...]) -> list[_Cell]:
    """The cells of a row, a merged one counted once."""
    found: list[_Cell] = []
    for cell in cells:
        if not found or cell._tc is not found[-1]._tc:
            found.append(cell)
    return found


def _text(cell: _Cell) -> str:
    """The text of a cell, tables within it included."""
    lines = []
    for block in cell.iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(_text(inner) for inner in _distinct(row.cells)) for row in block.rows]
        else:
            lines.append(block.text.strip())
    return "\n".join(lines).strip()
