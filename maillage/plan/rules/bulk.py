"""One change for many actions: what may be changed, and what one action refuses."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError

from maillage.plan.rules.states import check_transition
from maillage.plan.vocabulary import ActionState


class Kind(StrEnum):
    STATE = "etat"
    HEALTH = "sante"
    LEAD = "pilote"
    REFERENT = "elu"
    GOAL = "objectif"
    PRIORITY = "priorite"
    WEIGHT = "poids"
    STARTS = "debut"
    ENDS = "fin"
    THEME_ADD = "theme-ajouter"
    THEME_REMOVE = "theme-retirer"
    MIDWAY = "ajoutee"


#: Kind → (its name in a list of choices, what the journal calls the field).
NAMES: dict[Kind, tuple[str, str]] = {
    Kind.STATE: ("l’état", "État"),
    Kind.HEALTH: ("la santé", "Santé"),
    Kind.LEAD: ("la structure pilote", "Structure pilote"),
    Kind.REFERENT: ("l’élu référent", "Élu référent"),
    Kind.GOAL: ("l’objectif principal", "Objectif principal"),
    Kind.PRIORITY: ("la priorité", "Priorité"),
    Kind.WEIGHT: ("le poids dans l’avancement", "Poids dans l’avancement"),
    Kind.STARTS: ("la date de début", "Commence le"),
    Kind.ENDS: ("la date de fin", "Se termine le"),
    Kind.THEME_ADD: ("les thèmes : en ajouter un", "Thèmes"),
    Kind.THEME_REMOVE: ("les thèmes : en retirer un", "Thèmes"),
    Kind.MIDWAY: ("la mention « ajoutée en cours de plan »", "Ajoutée en cours de plan"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the change does to one action, in words; `refusal` says why it does nothing."""

    action_id: int
    label: str
    before: str
    after: str
    refusal: str = ""

    @property
    def is_change(self) -> bool:
        return not self.refusal and self.before != self.after


def state_refusal(before: ActionState, after: ActionState, reason: str) -> str:
    """The sentence of the rule that forbids the move, or nothing."""
    if before == after:
        return ""
    try:
        check_transition(before, after, reason)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def dates_refusal(starts_on: dt.date | None, ends_on: dt.date | None, is_continuous: bool) -> str:
    """What the dates of an action may not be, or nothing."""
    if is_continuous and ends_on:
        return "Cette action est en continu : elle n’a pas de date de fin."
    if starts_on and ends_on and ends_on < starts_on:
        return f"Elle se terminerait le {ends_on:%d/%m/%Y}, avant de commencer le {starts_on:%d/%m/%Y}."
    return ""


def digest_of(outcomes: Iterable[Outcome]) -> str:
    """The mark of a preview: what is carried out is what was shown, or nothing."""
    return hashlib.sha256(json.dumps([astuple(outcome) for outcome in outcomes]).encode()).hexdigest()[:24]
