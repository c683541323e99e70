"""What every page with a form does when it is sent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest


def carried_out(request: HttpRequest, form: Any, act: Callable[[], Any], said: str) -> Any:
    """Carries out `act` when the form was sent and is valid, in one transaction, and says so to the person.

    Gives the answer of `act` (True when it has none), or None when there is nothing to do or when `act` refused: its
    sentences are then beside their fields, and what was typed is kept.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        with transaction.atomic():
            answer = act()
    except ValidationError as refusal:
        form.add_refusal(refusal)
        return None
    messages.success(request, said)
    if merged := form.seen.merged if getattr(form, "seen", None) else ():
        messages.info(request, f"Entre-temps, quelqu’un d’autre a aussi changé : {', '.join(merged)}. C’est gardé.")
    return True if answer is None else answer


def done(request: HttpRequest, act: Callable[[], Any], said: str | Callable[[Any], str]) -> bool:
    """Carries out the gesture of a button, which has no form to show again, and says that it is done or why it is not.

    `said` may be made from what the act answers.
    """
    try:
        answer = act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, said if isinstance(said, str) else said(answer))
    return True


def said_with_undo(request: HttpRequest, words: str, undo_url: str) -> None:
    """Says that it is done, with the button « Annuler », which posts to that address."""
    messages.success(request, words, extra_tags=undo_url)
