"""Who reads a note, and what the journal, which everybody reads, may say of it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

TEAM = "team"


def check_audience(audience: str, *, is_team: bool) -> None:
    """Raises `ValidationError` when somebody would write a note that she could not read again."""
    if audience == TEAM and not is_team:
        raise ValidationError({"audience": "Seule l’équipe de coopération écrit des notes internes."})


def keeps_quiet(audiences: Iterable[str]) -> bool:
    """Whether the journal must not quote the note: it is, or was, the team's own."""
    return TEAM in audiences
