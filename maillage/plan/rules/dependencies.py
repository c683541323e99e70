"""A milestone may wait for another: never in a circle, never for another plan; a link that cannot hold is said."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError


def check_waiting(
    milestone_id: int | None, before_id: int, befores: Mapping[int, int | None], *, same_plan: bool
) -> None:
    """Raises `ValidationError` when a milestone would wait for itself, even through others, or for another plan's.

    `befores` maps milestone id → the milestone it waits for.
    """
    if not same_plan:
        raise ValidationError({"depends_on": "Une étape ne peut attendre qu’une étape de la même convention."})
    walked: int | None = before_id
    passed: set[int] = set()
    while walked is not None and walked not in passed:
        if walked == milestone_id:
            raise ValidationError(
                {"depends_on": "Ces deux étapes s’attendraient l’une l’autre : choisissez-en une autre."}
            )
        passed.add(walked)
        walked = befores.get(walked)


def broken_link(
    due_on: dt.date | None,
    done_on: dt.date | None,
    before_due_on: dt.date | None,
    before_done_on: dt.date | None,
    on: dt.date,
) -> str:
    """Why a milestone cannot come after the one it waits for, in words; nothing when the link holds or has no date."""
    if done_on and not before_done_on:
        return "faite avant l’étape qu’elle attend"
    if done_on and before_done_on:
        return "faite avant l’étape qu’elle attend" if done_on < before_done_on else ""
    if due_on is None:
        return ""
    if before_done_on:
        return ""
    if before_due_on and before_due_on > due_on:
        return "prévue avant l’étape qu’elle attend"
    return "l’étape qu’elle attend n’est pas faite" if due_on < on else ""
