"""How a value of the content reads on paper."""

import datetime as dt

from django.db.models import TextChoices

from maillage.ui.french import short_date, typo


def paper_text(text: str) -> str:
    """What people wrote, with French spacing and line breaks in one way."""
    return typo(text.replace("\r\n", "\n").replace("\r", "\n").strip())


def day(text: str | None) -> str:
    """« 3 déc. 2026 », empty for no day."""
    return short_date(dt.date.fromisoformat(text)) if text else ""


def label(choices: type[TextChoices], value: str) -> str:
    return str(choices(value).label) if value else ""


def period(starts_on: str | None, ends_on: str | None, *, continuous: bool = False) -> str:
    """« du 1er janv. 2024 au 31 déc. 2026 », « jusqu’au … », « à partir du …, en continu »."""
    first, last = day(starts_on), day(ends_on)
    if first and last:
        return f"du {first} au {last}"
    if last:
        return f"jusqu’au {last}"
    if first:
        return f"à partir du {first}{', en continu' if continuous else ''}"
    return "en continu" if continuous else ""
