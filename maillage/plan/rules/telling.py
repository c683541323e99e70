"""What an elected member hears of since the last meeting: how actions go, what was decided, what money moved."""

from collections.abc import Iterable, Mapping

#: The journal's own words: an entry that begins so is told; the corrections of a sheet are not.
TOLD = (
    "Nouvelles :", "État passé", "Santé passée", "Santé toujours", "Financement", "Action créée", "Relevé ajouté",
    "Avenant", "Convention", "Signataire", "Engagement", "Étape",
)  # fmt: skip
#: Fields whose change is told wherever it was made.
MOVED = frozenset(
    {"État", "Santé", "Structure pilote", "Élu référent", "Commence le", "Se termine le", "Budget prévisionnel total",
     "Prévu", "Obtenu", "Dépensé"}
)  # fmt: skip


def in_short(sentence: str, reason: str) -> str:
    """One line of an entry: « Ça avance : la sixième rencontre est calée »."""
    said = sentence.removeprefix("Nouvelles : ")
    said = said[:1].upper() + said[1:]
    return f"{said} : {reason[:1].lower()}{reason[1:]}" if reason else said


def is_told(sentence: str, changes: Iterable[Mapping[str, str]]) -> bool:
    """Whether an entry of the journal is worth a minute of somebody who has three."""
    if sentence.startswith("Étape"):
        return any(change.get("label") in {"Faite le", "Achevée le", "Échéance"} for change in changes)
    return sentence.startswith(TOLD) or any(change.get("label") in MOVED for change in changes)
