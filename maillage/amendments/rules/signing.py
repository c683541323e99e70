"""What signing an amendment asks."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError


def missing_agreements(current: Iterable[int], agreed: Iterable[int]) -> set[int]:
    """The current signatories who have not agreed yet."""
    return set(current) - set(agreed)


def check_signing(
    signed_on: dt.date, base_signed_on: dt.date, missing: set[int], without_all: str, *, on: dt.date
) -> None:
    """Raises `ValidationError` when the day cannot be, or when agreements are missing and nothing says why."""
    if signed_on > on:
        raise ValidationError({"signed_on": "Cette date est à venir : un avenant se signe, puis se note ici."})
    if signed_on < base_signed_on:
        raise ValidationError({"signed_on": "Cet avenant serait signé avant la version qu’il modifie."})
    if missing and not without_all.strip():
        raise ValidationError({
            "without_all": "Des signataires n’ont pas donné leur accord. Notez-le, ou dites pourquoi l’avenant est "
            "signé sans eux."
        })  # fmt: skip


def check_agreement(agreed_on: dt.date, *, on: dt.date) -> None:
    if agreed_on > on:
        raise ValidationError({"agreed_on": "Cette date est à venir : notez l’accord une fois donné."})
