"""One « fiche action » of a document as pairs of a label and a text, and many of them as one sheet."""

import re
from dataclasses import dataclass, field

from maillage.exchange.workbook.choice import guessed
from maillage.exchange.workbook.columns import LEVELS
from maillage.exchange.workbook.sheet import Cell, Row, Sheet
from maillage.ui.french import folded

TITLE, NUMBER = "Titre", "Numéro"
#: What the headings above a fiche are called, from the top.
ABOVE = ("Axe", "Sous-axe", "Sous-sous-axe", "Niveau 4", "Niveau 5")
LABEL_LENGTH = 80
#: « Porteur : Mairie »; a time of day or an address of the web is no label.
_LABELLED = re.compile(r"([^:\n]{2,80}?)\s*:(?!//)(?!\d)\s*(.*)", re.DOTALL)
_NUMBERED = re.compile(
    r"(?:fiche[\s-]*action|fiche|action)\s*(?:n\s*[°ºo]\s*)?(\d[\d.]*)\s*[:–—.-]*\s+(?=\S)", re.IGNORECASE
)


@dataclass(slots=True)
class Fiche:
    """`above` are the headings under which it stands, from the top."""

    above: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def say(self, label: str, text: str) -> None:
        if text.strip():
            self.pairs.append((tidy(label), text.strip()))

    def more(self, text: str) -> None:
        """A paragraph that follows a labelled one belongs to it."""
        label, said = self.pairs[-1]
        self.pairs[-1] = (label, f"{said}\n{text}".strip())

    def entitle(self, heading: str) -> None:
        """« Fiche action n° 3 : Ouvrir une crèche » → number and title."""
        found = _NUMBERED.match(heading)
        if found:
            self.say(NUMBER, found[1].rstrip("."))
        self.say(TITLE, heading[found.end() :] if found else heading)

    @property
    def has_title(self) -> bool:
        return any(guessed(label) == "title" for label, _ in self.pairs)

    @property
    def is_one(self) -> bool:
        """Whether it says something that a fiche says, beside its title."""
        return bool({guessed(label) for label, _ in self.pairs} - {None, "title", "number"})


def tidy(label: str) -> str:
    return " ".join(label.split()).strip(" :-–•")[:200]


def labelled(text: str) -> tuple[str, str] | None:
    """« Porteur : Mairie » → (« Porteur », « Mairie »)."""
    found = _LABELLED.fullmatch(text.strip())
    return (tidy(found[1]), found[2].strip()) if found and len(found[1].split()) <= 9 else None


def is_field(text: str) -> bool:
    """Whether a short text reads like the name of a field of a fiche."""
    return 0 < len(text) <= LABEL_LENGTH and len(text.split()) <= 9 and guessed(tidy(text)) is not None


def sheet_of(fiches: list[Fiche], name: str) -> Sheet:
    """A row a fiche, a column a label, in the order in which labels are met; row 0 holds the labels."""
    labels: dict[str, str] = {}
    rows: list[dict[str, str]] = []
    for fiche in fiches:
        said: dict[str, str] = {}
        for label, text in _with_headings(fiche):
            key = folded(label)
            labels.setdefault(key, label)
            said[key] = f"{said[key]}\n{text}" if key in said else text
        rows.append(said)
    cells: list[Row] = [(0, [Cell(label) for label in labels.values()])]
    cells += [(rank, [Cell(said.get(key)) for key in labels]) for rank, said in enumerate(rows, start=1)]
    return Sheet(name, cells, is_fiches=True)


def _with_headings(fiche: Fiche) -> list[tuple[str, str]]:
    """The headings above stand for the axes, unless the fiche names its own."""
    if any(guessed(label) in LEVELS for label, _ in fiche.pairs):
        return fiche.pairs
    return [*zip(ABOVE, fiche.above[: len(ABOVE)], strict=False), *fiche.pairs]
