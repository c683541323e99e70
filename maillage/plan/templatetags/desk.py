"""The three answers about a goal, drawn: a bar, a path with a knot for each indicator, a band of healths."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from maillage.plan.rules.advance import Done, Fares, Measured
from maillage.ui.french import NARROW, number

register = template.Library()
#: More knots than this hide one another.
KNOTS = 40


@register.simple_tag
def done_drawing(done: Done) -> SafeString:
    """The share of actions done, or nothing where it has no meaning; the words stand beside it."""
    if done.share is None:
        return SafeString("")
    return format_html(
        '<b class="part">{}</b><svg class="barre fine" aria-hidden="true">'
        '<rect class="fond" width="100%" height="100%"/><rect class="plein" width="{}%" height="100%"/></svg>',
        percent(done.share), round(done.share, 1),
    )  # fmt: skip


@register.simple_tag
def measured_drawing(measured: Measured) -> SafeString:
    """From start to target, one knot an indicator."""
    if measured.share is None:
        return SafeString("")
    knots = format_html_join(
        "", '<circle cx="{}%" cy="8" r="4.5"/>', ((round(4 + 92 * part, 1),) for part in measured.shares[:KNOTS])
    )
    return format_html(
        '<b class="part">{}</b><svg class="chemin" aria-hidden="true"><line x1="2%" x2="98%" y1="8" y2="8"/>'
        '<rect x="97%" y="1" width="3" height="14"/>{}</svg>',
        percent(measured.share), knots,
    )  # fmt: skip


@register.simple_tag
def fares_drawing(fares: Fares) -> SafeString:
    """A band in three tints; the words beside it say the same."""
    if not fares.total:
        return SafeString("")
    parts, place = [], 0.0
    for tone, count in (("fait", fares.good), ("alerte", fares.watch), ("bloque", fares.blocked)):
        width = 100 * count / fares.total
        parts.append((tone, round(place, 2), round(width, 2)))
        place += width
    band = format_html_join("", '<rect class="{}" x="{}%" width="{}%" height="100%"/>', parts)
    return format_html('<svg class="barre fine" aria-hidden="true">{}</svg>', band)


def percent(share: float) -> str:
    return f"{number(round(share))}{NARROW}%"
