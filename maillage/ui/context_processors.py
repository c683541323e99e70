from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from maillage.ui.navigation import menu_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs: the space one works in (if any), its menu, whether this is the demo."""
    space = getattr(request, "space", None)
    context: dict[str, Any] = {"space": space, "is_demo": settings.DEMO}
    if space:
        context["menu"] = menu_of(request, space)
        context["search_url"] = _url("search", space.slug)
    return context


def _url(name: str, slug: str) -> str:
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""
