"""« Donner des nouvelles »: one answer and one sentence, which move the state and the health together."""

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction

from maillage.access.may import require
from maillage.journal.changes import changes_since, snapshot
from maillage.journal.operations import record
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Action
from maillage.plan.operations.editing import apply, locked
from maillage.plan.operations.meanwhile import Stored, settled
from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import ActionState, Health
from maillage.ui.meanwhile import Seen


class Answer(StrEnum):
    ADVANCES = "advances"
    NEEDS_HELP = "needs_help"
    BLOCKED = "blocked"
    DONE = "done"


ANSWERS = {
    Answer.ADVANCES: "Ça avance",
    Answer.NEEDS_HELP: "Il faut de l’aide",
    Answer.BLOCKED: "C’est bloqué",
    Answer.DONE: "C’est terminé",
}
#: Answer → (state, health): an action that advances is under way.
MEANING = {
    Answer.ADVANCES: (ActionState.ONGOING, Health.GOOD),
    Answer.NEEDS_HELP: (ActionState.ONGOING, Health.WATCH),
    Answer.BLOCKED: (ActionState.ONGOING, Health.BLOCKED),
    Answer.DONE: (ActionState.DONE, Health.GOOD),
}


def standing(action: Action) -> Stored:
    """Where the action stands for who is about to give news: state, health and its reason."""
    words = f"{action.get_state_display()}, santé {action.get_health_display().lower()}"
    note = f" : {action.health_note}" if action.health_note else ""
    return Stored(f"{action.state} {action.health} {action.health_note}", words + note, "Où en êtes-vous ?")


@transaction.atomic
def give_news(action: Action, answer: Answer, sentence: str, *, by: User, seen: Seen | None = None) -> Action:
    """Says how an action goes. What is not well is explained; an ended action is first taken up again.

    With `seen`, news given meanwhile by somebody else are shown first (`ChangedMeanwhile`): this person may then leave
    them as they are and add her sentence only.
    """
    require(by, "action.follow", action)
    action = locked(action)
    sentence = sentence.strip()
    if ActionState(action.state) in ENDED:
        raise ValidationError({"answer": "Cette action est close. Changez d’abord son état pour la reprendre."})
    state, health = MEANING[answer]
    if health != Health.GOOD and not sentence:
        raise ValidationError({"sentence": "Dites en une phrase ce qui manque ou ce qui bloque."})
    if not settled(action, {"answer": f"{answer} !"}, seen, stored={"answer": standing(action)}):
        if sentence:
            apply(action, {"news_on": today()})
            record(action, "action.follow", "Nouvelles, sans toucher à l’état ni à la santé", by=by, reason=sentence)
        return action
    before = snapshot(action, ["state", "health"])
    note = sentence[:300] if health != Health.GOOD else ""
    apply(action, {"state": state, "health": health, "health_note": note, "health_on": today(), "news_on": today()})
    changes = changes_since(action, before)
    record(action, "action.follow", f"Nouvelles : {ANSWERS[answer].lower()}", by=by, changes=changes, reason=sentence)
    return action
