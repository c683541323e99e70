"""How often one may try: a counter that forgets, kept in the shared cache."""

import math
import time

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

#: What is tried → (how many times, within how many seconds).
LIMITS = {
    "password": (5, 15 * 60),
    "password-address": (30, 15 * 60),
    "link": (5, 15 * 60),
    "link-address": (30, 15 * 60),
    "news": (20, 15 * 60),
    "news-address": (300, 15 * 60),
}


def check_limit(what: str, who: str) -> None:
    """Counts a try; raises `ValidationError` with the time to wait once there are too many."""
    times, seconds = LIMITS[what]
    window = int(time.time() // seconds)
    key = f"limit:{what}:{who.lower()}:{window}"
    cache.add(key, 0, seconds)
    if cache.incr(key) > times:
        minutes = math.ceil(((window + 1) * seconds - time.time()) / 60)
        raise ValidationError(f"Trop d’essais. Réessayez dans {minutes} minute{'s' if minutes > 1 else ''}.")


def address_of(request: HttpRequest) -> str:
    """The address of the one who asks: as our own proxy gives it where there is one, else as the server sees it.

    The proxy writes the last address of the header; those before it are what the visitor claims.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.split(",")[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))
