from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac

from maillage.ui.navigation import menu_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs: the space one works in (if any), its menu, whether this is the demo."""
    space = getattr(request, "space", None)
    context: dict[str, Any] = {"space": space, "is_demo": settings.DEMO, "drafts_of": lambda: _drafts_of(request)}
    if space:
        context["menu"] = menu_of(request, space)
        context["search_url"] = _url("search", space.slug)
    return context


def _drafts_of(request: HttpRequest) -> str:
    """Under what name a browser keeps the drafts of who is signed in: it says nothing of the person."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return salted_hmac("maillage.drafts", str(user.pk), algorithm="sha256").hexdigest()[:16]


def _url(name: str, slug: str) -> str:
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""
