"""From one state of an action to the next."""

from django.core.exceptions import ValidationError

from maillage.plan.vocabulary import ActionState

#: State → the states it may become. An action done or abandoned can be taken up again, with a reason.
TRANSITIONS: dict[ActionState, frozenset[ActionState]] = {
    ActionState.TO_COME: frozenset({ActionState.ONGOING, ActionState.PAUSED, ActionState.ABANDONED}),
    ActionState.ONGOING: frozenset({ActionState.PAUSED, ActionState.DONE, ActionState.ABANDONED, ActionState.TO_COME}),
    ActionState.PAUSED: frozenset({ActionState.ONGOING, ActionState.ABANDONED}),
    ActionState.DONE: frozenset({ActionState.ONGOING}),
    ActionState.ABANDONED: frozenset({ActionState.TO_COME, ActionState.ONGOING}),
}
ENDED = frozenset({ActionState.DONE, ActionState.ABANDONED})


def needs_reason(before: ActionState, after: ActionState) -> bool:
    """To stop, to pause and to take up again are explained; to go forward is not."""
    return after in {ActionState.PAUSED, ActionState.ABANDONED} or before in ENDED


def check_transition(before: ActionState, after: ActionState, reason: str) -> None:
    """Raises `ValidationError` when the move is not allowed or its reason is missing."""
    if after not in TRANSITIONS[before]:
        allowed = ", ".join(f"« {state.label} »" for state in ActionState if state in TRANSITIONS[before])
        raise ValidationError(
            {"state": f"Une action « {before.label} » ne peut pas devenir « {after.label} ». Possible : {allowed}."}
        )
    if needs_reason(before, after) and not reason.strip():
        raise ValidationError({"reason": "Dites en une phrase pourquoi : ceux qui liront le bilan en auront besoin."})
