"""The one question. Buttons, panels, views and operations all ask it here."""

from typing import Protocol

from django.core.exceptions import PermissionDenied

from maillage.access.roles import Role
from maillage.access.tables import When, verb


class Somebody(Protocol):
    """A person or nobody (`AnonymousUser` is nobody: it has no `role_in`)."""

    @property
    def is_authenticated(self) -> bool: ...


def territory_id_of(subject: object) -> int:
    """The territory that a subject belongs to; a `Territory` belongs to itself."""
    return int(subject.territory_id)  # type: ignore[attr-defined]


def role_of(user: Somebody, subject: object) -> Role | None:
    """The role that the person holds in the subject's territory, or None for a stranger."""
    role_in = getattr(user, "role_in", None)
    return role_in(territory_id_of(subject)) if role_in else None


def may(user: Somebody, verb_key: str, subject: object) -> bool:
    """Whether this person may do this to that. Strangers may nothing."""
    role = role_of(user, subject)
    right = verb(verb_key).rights.get(role, False) if role else False
    return right.holds(user, subject) if isinstance(right, When) else right


def require(user: Somebody, verb_key: str, subject: object) -> None:
    """Raises `PermissionDenied` with the sentence that the reader will see."""
    if not may(user, verb_key, subject):
        role = role_of(user, subject)
        label = verb(verb_key).label
        who = f"Votre rôle dans cet espace ({role.label.lower()})" if role else "Votre compte"
        raise PermissionDenied(f"{who} ne permet pas {to(label)}. Demandez-le à l’équipe de coopération.")


def to(infinitive: str) -> str:
    """« de voir », « d’inviter »: French elides before a vowel."""
    return f"d’{infinitive}" if infinitive[0].lower() in "aeiouyéèêh" else f"de {infinitive}"
