"""What the national template can hold of a text or of a name, such that reading it gives the same cell again."""

import re
from collections.abc import Iterable

from maillage.exchange.workbook.values import as_list, as_text, split_number
from maillage.printing.sheets import writable
from maillage.ui.french import folded

TITLE = 300
#: A cell of a spreadsheet holds 32,767 signs.
CELL = 32_000
#: How a number is parted from its title; the next one is taken when two goals differ only by that.
MARKS = (". ", " : ", " – ", ") ")


def clean(text: str) -> str:
    """The text as the reader of workbooks gives it back: line breaks in one way, no space at the ends."""
    return as_text(writable(text))


def goal_cell(number: str, title: str, taken: set[str]) -> str:
    """« 1.2. Titre », unlike the cells of the goals beside it."""
    number, title = clean(number), clean(title) or "Sans titre"
    for mark in MARKS:
        cell = _settled(f"{number}{mark}{title}" if number else title, mark)
        if cell not in taken:
            return cell
    rank = 2
    while (cell := _settled(_numbered(f"{number}. {title}" if number else title, rank), MARKS[0])) in taken:
        rank += 1
    return cell


def _settled(text: str, mark: str) -> str:
    number, title = split_number(text)
    return f"{number}{mark}{title[:TITLE]}" if number else clean(text[:TITLE])


def _numbered(text: str, rank: int) -> str:
    return f"{text[: TITLE - 8].rstrip()} ({rank})"


def title_cell(title: str, taken: set[str]) -> str:
    """The title of an action, told apart from the others as the reader tells them apart."""
    title = clean(title) or "Sans titre"
    cell, rank = title, 2
    while folded(cell) in taken:
        cell, rank = _numbered(title, rank), rank + 1
    taken.add(folded(cell))
    return cell


def sub_title_cell(title: str, actions: set[str]) -> str:
    """The title of a sub-action, unlike that of any action: it would be read as the action itself."""
    cell = clean(title) or "Sans titre"
    return f"{cell[: TITLE - 8].rstrip()} (volet)" if folded(cell) in actions else cell


def one_name(name: str) -> str:
    """A name without what the template parts names by."""
    return " ".join(re.sub(r"\s*[,;\n]\s*", " / ", clean(name)).split()).strip("-• /")


def names_cell(names: Iterable[str]) -> str:
    """« La CAF, la MSA »: each once."""
    return ", ".join(as_list(", ".join(names)))


def pieces(text: str) -> list[str]:
    """A text in as many cells as it needs."""
    return [clean(text[start : start + CELL]) for start in range(0, len(text), CELL)]


class Spellings:
    """One spelling of each name: two that the reader would take for one are written the same way."""

    def __init__(self, names: Iterable[str]) -> None:
        self._chosen: dict[str, str] = {}
        for name in sorted(filter(None, map(one_name, names))):
            self._chosen.setdefault(folded(name), name)

    def of(self, name: str) -> str:
        name = one_name(name)
        return self._chosen.get(folded(name), "") if folded(name) else ""
