"""The two addresses that open without signing in: a private calendar, and the end of the digest."""

import base64
import hashlib

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from maillage.reminders.models import ReminderSettings

SALT = "maillage.reminders.stop"


def calendar_token(user_id: int, salt: str) -> str:
    """256 bits, made again each time from the salt and the server's key."""
    made = salted_hmac("maillage.reminders.calendar", f"{user_id}:{salt}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def calendar_address(mine: ReminderSettings) -> str:
    """The full address of a person's calendar; empty when there is none, or since the server's key changed."""
    token = calendar_token(mine.user_id, mine.calendar_salt)
    if hash_of(token) != mine.calendar_hash:
        return ""
    return settings.BASE_URL + reverse("calendar", args=[token])


def stop_address(user_id: int) -> str:
    """The link of a mail that ends the digest; it can do nothing else."""
    return settings.BASE_URL + reverse("digest_stop", args=[signing.dumps(user_id, salt=SALT)])


def user_stopping(token: str) -> int | None:
    """Whose digest that link ends; None when Maillage did not write it."""
    try:
        return int(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None
