"""How long one may change what one said, and whom one may call to read it. Pure."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError

EDITABLE_FOR = dt.timedelta(hours=1)
LATE = "Un commentaire se modifie pendant une heure. Retirez-le, ou répondez à la suite."


def may_still_edit(at: dt.datetime, now: dt.datetime, *, withdrawn: bool) -> bool:
    """Whether a comment can still be changed by its author: others have not answered it yet, or hardly."""
    return not withdrawn and now - at < EDITABLE_FOR


def check_edit(at: dt.datetime, now: dt.datetime, *, withdrawn: bool) -> None:
    if not may_still_edit(at, now, withdrawn=withdrawn):
        raise ValidationError(LATE)


def check_called(names_without_access: Iterable[str]) -> None:
    """Raises `ValidationError` when somebody is called who could not read the comment."""
    if left_out := ", ".join(sorted(names_without_access)):
        why = f"Ce commentaire est réservé à l’équipe : {left_out} ne pourrait pas le lire."
        raise ValidationError({"people": f"{why} Ouvrez-le à tous les membres, ou ne prévenez que l’équipe."})
