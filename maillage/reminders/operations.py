"""What a person chooses for herself. It belongs to no territory, so the journal has nothing to keep."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from maillage.people.models import User
from maillage.reminders.models import ReminderSettings
from maillage.reminders.secrecy import calendar_token, hash_of


def choose_digest(person: User, digest: str, *, by: User) -> None:
    """Chooses how often to be mailed. Raises `ValidationError` for another rhythm than those offered."""
    with transaction.atomic():
        mine = _own_settings(person, by)
        mine.digest = digest
        mine.full_clean()
        mine.save(update_fields=["digest"])


def change_calendar_address(person: User, *, by: User) -> None:
    """Opens the private calendar, or makes it a new secret address; the old one stops at once."""
    with transaction.atomic():
        mine = _own_settings(person, by)
        mine.calendar_salt = secrets.token_hex(16)
        mine.calendar_hash = hash_of(calendar_token(person.pk, mine.calendar_salt))
        mine.save(update_fields=["calendar_salt", "calendar_hash"])


def close_calendar(person: User, *, by: User) -> None:
    with transaction.atomic():
        mine = _own_settings(person, by)
        mine.calendar_salt, mine.calendar_hash = "", None
        mine.save(update_fields=["calendar_salt", "calendar_hash"])


def _own_settings(person: User, by: User) -> ReminderSettings:
    if person != by:
        raise PermissionDenied("Chacun règle ses propres rappels.")
    ReminderSettings.objects.get_or_create(user=person)
    return ReminderSettings.objects.select_for_update().get(user=person)
