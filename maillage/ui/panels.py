"""Panels: what an upper capability adds to the page of a lower one, without the lower one knowing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

#: (request, subject of the page) → (template, context), or None to show nothing.
Provider = Callable[[HttpRequest, Any], tuple[str, dict[str, Any]] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    order: int
    provider: Provider


_panels: dict[str, list[Panel]] = {}


def add(page: str, order: int, provider: Provider) -> None:
    """Registers a panel at start-up on the page of that key (« account », « organization », « home »…)."""
    _panels.setdefault(page, []).append(Panel(order, provider))
    _panels[page].sort(key=lambda panel: panel.order)


def render(page: str, request: HttpRequest, subject: Any) -> SafeString:
    """The panels of a page, one after the other."""
    found = [given for panel in _panels.get(page, []) if (given := panel.provider(request, subject))]
    parts = [(render_to_string(template, context, request=request),) for template, context in found]
    return format_html_join("", "{}", parts)
