"""The identities of the demo, shown on the home page, the sign-in page and where one proves who one is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from maillage.demo.cast import CAST
from maillage.ui import panels


def identities(_request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    return ("demo/identities.html", {"cast": CAST}) if settings.DEMO else None


for page in ("home", "sign_in", "prove"):
    panels.add(page, 0, identities)
