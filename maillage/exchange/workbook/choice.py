"""What a person says of the columns of a sheet, and what can be proposed before she says it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from maillage.exchange.workbook.columns import LEVELS, field_of
from maillage.exchange.workbook.sheet import Sheet
from maillage.exchange.workbook.values import (
    CellError,
    InWords,
    as_amount,
    as_day,
    as_participation,
    as_priority,
    as_state,
    as_text,
    as_yes_or_no,
)
from maillage.ui.french import folded

HEADER_WITHIN = 12
#: A column that nobody reads; None is a column kept as a note.
SKIPPED = "skipped"
NOTE = "note"
#: Fields that several columns may hold.
REPEATED = {"funder", "amount"}

#: Field → how it is read, and where its words go when they cannot be.
_READ_AS: dict[str, tuple[Callable[[str], Any], str]] = {
    "budget_total": (as_amount, "financial_means"), "amount": (as_amount, NOTE), "starts_on": (as_day, "calendar"),
    "ends_on": (as_day, "calendar"), "state": (as_state, NOTE), "priority": (as_priority, NOTE),
    "participation": (as_participation, NOTE), "is_continuous": (as_yes_or_no, NOTE),
}  # fmt: skip

#: Words of a header → field: the first row whose words are all in it wins. Every word may be only begun.
_HINTS: list[tuple[str, str]] = [
    ("titre sous action", "sub_title"), ("sous action", "sub_title"),
    ("objectif strategique", "axis"), ("objectif general", "axis"), ("objectif operationnel", "sub_axis"),
    ("sous objectif", "sub_axis"), ("changement", "axis"), ("orientation", "axis"), ("enjeu", "axis"),
    ("sous thematique", "sub_axis"), ("thematique", "axis"), ("theme", "axis"), ("axe", "axis"), ("volet", "axis"),
    ("numero", "number"), ("reference", "number"),
    ("date debut", "starts_on"), ("demarrage", "starts_on"), ("debut", "starts_on"),
    ("date fin", "ends_on"), ("fin prevue", "ends_on"), ("echeanc", "ends_on"),
    ("calendrier", "calendar"), ("planning", "calendar"), ("periode", "calendar"), ("temporalite", "calendar"),
    ("quand", "calendar"), ("combien", "budget_total"),
    ("etape", "milestones"), ("jalon", "milestones"), ("phase", "milestones"),
    ("resultat", "expected_results"), ("effet", "expected_results"),
    ("frein", "brakes"), ("levier", "levers"), ("besoin", "need"), ("constat", "need"), ("diagnostic", "need"),
    ("contexte", "need"), ("elu", "elected_referents"),
    ("partenaire", "partners"), ("acteurs associes", "partners"),
    ("personne", "lead_persons"), ("responsable", "lead_persons"), ("contact", "lead_persons"),
    ("chef projet", "lead_persons"), ("referent", "lead_persons"),
    ("pilot", "lead_organizations"), ("porteur", "lead_organizations"),
    ("maitre ouvrage", "lead_organizations"), ("structure", "lead_organizations"),
    ("moyens financiers", "financial_means"), ("financement", "financial_means"),
    ("financeur", "funder"), ("montant", "amount"),
    ("budget", "budget_total"), ("cout", "budget_total"), ("moyens", "human_means"),
    ("statut", "state"), ("etat", "state"), ("avancement", "state"), ("priorit", "priority"),
    ("participation", "participation"), ("commune", "communes"),
    ("objectif", "objectives"), ("finalite", "objectives"),
    ("descri", "description"), ("contenu", "description"), ("detail", "description"), ("mise oeuvre", "description"),
    ("intitule", "title"), ("titre", "title"), ("nom action", "title"), ("action", "title"), ("projet", "title"),
    ("fiche", "title"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """The sheet, its header's row, and for each column a field, `note` or `skipped`.

    `goal_id` is the goal under which everything comes in when no column names one.
    """

    sheet: str
    header_row: int
    fields: tuple[str, ...]
    goal_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "fields": list(self.fields)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Choice":
        return cls(**{**data, "fields": tuple(data["fields"])})


def headers_at(sheet: Sheet, header_row: int) -> list[str]:
    """The headers, without the empty columns at the end."""
    found = next((cells for number, cells in sheet.rows if number == header_row), [])
    headers = [as_text(cell.value) for cell in found]
    width = max(
        (place for _, cells in sheet.rows for place, cell in enumerate(cells, 1) if _said(cell.value)), default=0
    )
    return (headers + [""] * width)[:width]


def fingerprint_of(headers: list[str]) -> str:
    """The same for two files whose headers say the same words."""
    return hashlib.sha256("\n".join(map(folded, headers)).encode()).hexdigest()


def header_row_of(sheet: Sheet) -> int:
    """The row most like a header: most words that name a field, then most cells filled; the first of them."""
    best = (0, 0)
    found = sheet.rows[0][0] if sheet.rows else 1
    for number, cells in sheet.rows[:HEADER_WITHIN]:
        texts = [as_text(cell.value) for cell in cells if _said(cell.value)]
        score = (len({guessed(text) for text in texts if len(text) < 80} - {None}), len(texts))
        if score > best:
            best, found = score, number
    return found


def guessed(header: str) -> str | None:
    """The field that a header seems to name, from its words; None when nothing tells."""
    if known := field_of(header):
        return known
    words = folded(header).split()
    for hint, field in _HINTS:
        if all(any(word.startswith(part) for word in words) for part in hint.split()):
            return field
    return None


def proposed(
    headers: list[str], kept: Mapping[str, str], values: Mapping[int, Sequence[str]] = MappingProxyType({})
) -> list[str]:
    """A field, `note` or `skipped` for each header.

    `kept` are the choices made before: folded header → field. `values` are what each column says, by its place: a
    column of words is not proposed as one of days or amounts.
    """
    taken: set[str] = set()
    fields = []
    for place, header in enumerate(headers):
        field = kept.get(folded(header)) or guessed(header) or NOTE
        if not header:
            field = SKIPPED
        if field == "axis" and "axis" in taken:
            field = next((level for level in LEVELS if level not in taken), NOTE)
        if folded(header) not in kept:
            field = _in_words(field, values.get(place, ()))
        if field in taken and field not in REPEATED:
            field = NOTE
        taken |= {field} - {NOTE, SKIPPED}
        fields.append(field)
    return fields


def _in_words(field: str, values: Sequence[str]) -> str:
    """The field itself when every value can be read as one, else the field that takes any text."""
    if field not in _READ_AS:
        return field
    parser, otherwise = _READ_AS[field]
    for value in values:
        try:
            parser(value)
        except InWords:
            continue
        except CellError:
            return otherwise
    return field


def _said(value: Any) -> bool:
    return value is not None and value != ""
