"""How the plan's states look: icon + word + tint, everywhere the same."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from maillage.plan.queries.actions import ActionRow
from maillage.plan.queries.saved_views import address_of, views_of
from maillage.plan.rules.indicators import Reach
from maillage.plan.rules.windows import Window
from maillage.plan.tabs import Tab, kept_query, tabs_of, view_named
from maillage.plan.vocabulary import ActionState, Health
from maillage.ui.french import euros, number, plural
from maillage.ui.templatetags.ui import icon, pill

register = template.Library()

STATES = {
    ActionState.TO_COME: ("", "circle"),
    ActionState.ONGOING: ("cours", "half"),
    ActionState.PAUSED: ("", "pause"),
    ActionState.DONE: ("fait", "check"),
    ActionState.ABANDONED: ("", "cross"),
}
HEALTHS = {Health.GOOD: ("fait", "check"), Health.WATCH: ("alerte", "alert"), Health.BLOCKED: ("bloque", "stop")}
REACHES = {
    Reach.NO_READING: ("", "circle"),
    Reach.NO_TARGET: ("", "circle"),
    Reach.REACHED: ("fait", "check"),
    Reach.ON_THE_WAY: ("cours", "half"),
    Reach.STILL: ("", "pause"),
    Reach.AWAY: ("alerte", "alert"),
}
#: Who reads a note, said on each.
AUDIENCES = {
    "team": ("key", "Interne à l’équipe"),
    "partners": ("people", "Partagée avec les partenaires"),
    "public": ("globe", "Destinée au public"),
}


@register.simple_tag
def state_pill(state: str) -> SafeString:
    tone, icon = STATES[ActionState(state)]
    return pill(tone, icon, ActionState(state).label)


@register.simple_tag
def state_icon(state: str) -> SafeString:
    return icon(STATES[ActionState(state)][1])


@register.simple_tag
def health_pill(health: str) -> SafeString:
    tone, icon = HEALTHS[Health(health)]
    return pill(tone, icon, Health(health).label)


@register.simple_tag
def row_pill(row: ActionRow) -> SafeString:
    """What matters most of a row: blocked, late, to watch, else its state."""
    if row.state in {ActionState.DONE, ActionState.ABANDONED}:
        return state_pill(row.state)
    if row.health == Health.BLOCKED:
        return health_pill(row.health)
    if row.days_late:
        return pill("alerte", "alert", "En retard")
    return health_pill(row.health) if row.health == Health.WATCH else state_pill(row.state)


@register.simple_tag
def audience_pill(audience: str) -> SafeString:
    icon, words = AUDIENCES[audience]
    return pill("", icon, words)


@register.simple_tag
def late_pill(days: int) -> SafeString:
    return pill("alerte", "alert", f"En retard de {plural(days, 'jour')}")


@register.simple_tag
def reach_pill(reach: Reach, words: str) -> SafeString:
    tone, icon = REACHES[reach]
    return pill(tone + " nu", icon, words)


@register.filter
def amount(value: Decimal | None, unit: str) -> str:
    """« 12 000 € » or « 1,5 ETP »."""
    return f"{number(value)} ETP" if unit == "fte" and value is not None else euros(value)


@register.filter
def rest_of(part: int, whole: int) -> int:
    return whole - part


@register.simple_tag
def uprights(window: Window) -> SafeString:
    """The years and quarters behind the threads: drawn in every row, hence made once a page."""
    lines = ((" fin" if not mark.is_strong else "", mark.x, mark.x) for mark in window.marks())
    return format_html_join("", '<line class="an{}" x1="{}%" x2="{}%" y1="0" y2="100%"/>', lines)


@register.simple_tag
def gap(value: Decimal, unit: str) -> SafeString:
    """What remains; below zero it is said to be too much."""
    if value < 0:
        return format_html('<span class="trop">{} de trop</span>', amount(-value, unit))
    return format_html("{}", amount(value, unit) if value else "rien")


@register.simple_tag(takes_context=True)
def plan_tabs(context: Context) -> list[Tab]:
    """The views of the plan, with the filter of this address carried from one to the next."""
    request = context["request"]
    return tabs_of(request.space.slug, request.resolver_match.url_name, request.GET)


@register.simple_tag(takes_context=True)
def keeping(context: Context) -> str:
    """The address that keeps this view under a name; none for a view without a filter."""
    request = context["request"]
    here = request.resolver_match.url_name
    view = view_named(here)
    if view is None or not view.filtered:
        return ""
    asked = urlencode({"page": here, "adresse": kept_query(here, request.GET).urlencode()})
    return reverse("saved_view_new", args=[request.space.slug]) + f"?{asked}"


@register.simple_tag(takes_context=True)
def saved_views(context: Context) -> list[dict[str, Any]]:
    """The kept views that this person may use, with their address; one query."""
    request = context["request"]
    here = request.resolver_match.url_name
    current = kept_query(here, request.GET).urlencode()
    return [
        {
            "view": view,
            "url": address_of(view, request.space.slug),
            "current": (view.page, view.query) == (here, current),
        }
        for view in views_of(request.space.territory, request.user)
    ]
