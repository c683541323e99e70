"""What a person says of the columns of a sheet, and what can be proposed before she says it."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from maillage.exchange.workbook.columns import LEVELS, field_of
from maillage.exchange.workbook.sheet import Sheet
from maillage.exchange.workbook.values import as_text
from maillage.ui.french import folded

HEADER_WITHIN = 12
#: A column that nobody reads; None is a column kept as a note.
SKIPPED = "skipped"
NOTE = "note"
#: Fields that several columns may hold.
REPEATED = {"funder", "amount"}

#: Words of a header → field: the first row whose words are all in it wins. Every word may be only begun.
_HINTS: list[tuple[str, str]] = [
    ("titre sous action", "sub_title"), ("sous action", "sub_title"),
    ("objectif strategique", "axis"), ("objectif general", "axis"), ("objectif operationnel", "sub_axis"),
    ("sous objectif", "sub_axis"), ("changement", "axis"), ("orientation", "axis"), ("enjeu", "axis"),
    ("sous thematique", "sub_axis"), ("thematique", "axis"), ("theme", "axis"), ("axe", "axis"), ("volet", "axis"),
    ("numero", "number"), ("reference", "number"),
    ("date debut", "starts_on"), ("demarrage", "starts_on"), ("debut", "starts_on"),
    ("date fin", "ends_on"), ("fin prevue", "ends_on"), ("echeance", "ends_on"),
    ("calendrier", "calendar"), ("planning", "calendar"), ("periode", "calendar"), ("temporalite", "calendar"),
    ("etape", "milestones"), ("jalon", "milestones"), ("phase", "milestones"),
    ("resultat", "expected_results"), ("effet", "expected_results"),
    ("frein", "brakes"), ("levier", "levers"), ("besoin", "need"), ("constat", "need"), ("diagnostic", "need"),
    ("contexte", "need"), ("elu", "elected_referents"),
    ("partenaire", "partners"), ("acteurs associes", "partners"),
    ("personne", "lead_persons"), ("responsable", "lead_persons"), ("contact", "lead_persons"),
    ("chef projet", "lead_persons"), ("pilot", "lead_organizations"), ("porteur", "lead_organizations"),
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


def proposed(headers: list[str], kept: Mapping[str, str]) -> list[str]:
    """A field, `note` or `skipped` for each header. `kept` are the choices made before: folded header → field."""
    taken: set[str] = set()
    fields = []
    for header in headers:
        field = kept.get(folded(header)) or guessed(header) or NOTE
        if not header:
            field = SKIPPED
        if field == "axis" and "axis" in taken:
            field = next((level for level in LEVELS if level not in taken), NOTE)
        if field in taken and field not in REPEATED:
            field = NOTE
        taken |= {field} - {NOTE, SKIPPED}
        fields.append(field)
    return fields


def _said(value: Any) -> bool:
    return value is not None and value != ""
