"""From the text of a cell to a value; what cannot be understood raises `CellError` with the sentence to show."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from maillage.exchange.workbook.wording import tells_a_moment, tells_one_amount
from maillage.ui.french import folded
from maillage.ui.typed import french_date, french_decimal

EXCEL_EPOCH = dt.date(1899, 12, 30)
#: Serial numbers of 1950 to 2100: a figure outside is not a date.
SERIALS = range(18_264, 73_051)
TOO_MUCH = Decimal(10) ** 10
Meaning = TypeVar("Meaning", str, tuple[str, str])


class CellError(ValueError):
    """What is wrong with a cell and what to write instead, in French."""


class InWords(CellError):
    """No value, but words that can be kept as they are where the sheet has a place for them."""


#: Status of the template → (state, health). « En retard » and « Bloqué » say how an action fares, not where it stands.
STATES: dict[str, tuple[str, str]] = {
    "a venir": ("to_come", "good"),
    "a discuter": ("to_come", "good"),
    "en cours": ("ongoing", "good"),
    "realise": ("done", "good"),
    "realisee": ("done", "good"),
    "termine": ("done", "good"),
    "en retard": ("ongoing", "watch"),
    "en pause": ("paused", "good"),
    "bloque": ("ongoing", "blocked"),
    "abandonne": ("abandoned", "good"),
    "abandonnee": ("abandoned", "good"),
}
#: Words whose meaning is not wholly carried by a state: kept as a note too.
KEPT_STATES = {"a discuter", "en retard", "bloque"}
PRIORITIES = {
    "eleve": "high", "elevee": "high", "haut": "high", "haute": "high", "forte": "high", "fort": "high",
    "moyen": "medium", "moyenne": "medium", "bas": "low", "basse": "low", "faible": "low",
}  # fmt: skip
PARTICIPATIONS = {
    "pas de participation citoyenne": "none", "pas de participation": "none", "information": "information",
    "consultation": "consultation", "concertation": "dialogue", "co construction": "co_construction",
    "coconstruction": "co_construction",
}  # fmt: skip
YES = {"vrai", "true", "oui", "1", "x"}
NO = {"faux", "false", "non", "0", ""}


def as_text(value: Any) -> str:
    """The cell as its reader sees it: line breaks kept, whole numbers without « .0 », days in French."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "\n".join(line.rstrip() for line in str(value).replace("\r\n", "\n").split("\n")).strip()


def as_list(text: str) -> list[str]:
    """« La CAF, la MSA » → names, each once, in order."""
    names = (" ".join(name.split()) for name in re.split(r"[,;\n]", text))
    return list(dict.fromkeys(name.strip("-• ") for name in names if name.strip("-• ")))


def as_day(value: Any) -> tuple[dt.date, str]:
    """A day, and a notice when it took some guessing. `CellError` when it is no date."""
    if isinstance(value, dt.datetime):
        return value.date(), ""
    if isinstance(value, dt.date):
        return value, ""
    text = as_text(value)
    if re.fullmatch(r"\d{5}", text) and int(text) in SERIALS:
        day = EXCEL_EPOCH + dt.timedelta(days=int(text))
        return day, f"« {text} » est un numéro de jour d’Excel : lu {day:%d/%m/%Y}."
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})", text):
        first, second = int(found[1]), int(found[2])
        if first <= 12 < second <= 31:
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            day = _exact(year, first, second, text)
            return day, f"« {text} » est écrit à l’américaine (mois/jour) : lu {day:%d/%m/%Y}."
    try:
        return french_date(text), ""
    except ValidationError as refusal:
        kind = InWords if tells_a_moment(text) else CellError
        raise kind(" ".join(refusal.messages)) from None


def _exact(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise CellError(f"« {text} » n’existe pas au calendrier. Écrivez jour/mois/année.") from None


def as_amount(value: Any) -> Decimal:
    """One amount in euros, not negative. `CellError` otherwise."""
    text = as_text(value)
    try:
        amount = french_decimal(text)
    except ValidationError:
        kind = InWords if tells_one_amount(text) else CellError
        raise kind(
            f"un nombre est attendu (« {text} » lu). Écrivez un seul montant, en euros, par exemple 500."
        ) from None
    if amount >= TOO_MUCH:
        raise CellError(f"ce montant est trop grand (« {text} » lu). Vérifiez-le.")
    if amount < 0:
        raise CellError(f"un montant ne peut pas être négatif (« {text} » lu).")
    return amount


def as_state(text: str) -> tuple[str, str]:
    """(state, health) of a status. `CellError` lists the words of the template."""
    return _choice(text, STATES, "À venir, À discuter, En cours, Réalisé, En retard, En pause, Bloqué, Abandonné")


def as_priority(text: str) -> str:
    return _choice(text, PRIORITIES, "Élevé, Moyen, Bas")


def as_participation(text: str) -> str:
    return _choice(
        text,
        PARTICIPATIONS,
        "Pas de participation citoyenne, Information, Consultation, Concertation, Co-construction",
    )


def as_yes_or_no(value: Any) -> bool:
    word = folded(as_text(value))
    if word in YES | NO:
        return word in YES
    raise CellError(f"« {as_text(value)} » n’est ni VRAI ni FAUX. Écrivez l’un des deux.")


def _choice(text: str, choices: dict[str, Meaning], allowed: str) -> Meaning:
    found = choices.get(folded(text))
    if found is None:
        raise CellError(f"« {text} » n’est pas dans la liste. Choisissez parmi : {allowed}.")
    return found


def split_number(title: str) -> tuple[str, str]:
    """« 4.2 : Apprendre » → (« 4.2 », « Apprendre »); « Axe 1. Coordination » → (« 1 », « Coordination »)."""
    found = re.match(
        r"(?:(?:axe|objectif|action|enjeu|orientation)(?:\s+\w+)??\s+)?(\d+(?:\.\d+)*)\s*[.:)–—-]+\s*(?=\S)",
        title,
        re.IGNORECASE,
    )
    return (found[1], title[found.end() :].strip()) if found else ("", title)
