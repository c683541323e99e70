"""What waits for the person, as lines with one gesture each."""

import datetime as dt

from django import template
from django.utils.safestring import SafeString

from maillage.reminders.queries import Week
from maillage.reminders.registry import Duty
from maillage.reminders.rules import wait_for
from maillage.ui.templatetags.ui import pill

register = template.Library()
SHOWN = 6


@register.inclusion_tag("reminders/week.html")
def week_block(week: Week, slug: str) -> dict[str, object]:
    """« À faire cette semaine »: no query."""
    return {"week": week, "slug": slug, "shown": week.pressing[:SHOWN], "today": week.on}


@register.simple_tag
def deadline(duty: Duty, on: dt.date) -> SafeString | str:
    """« En retard de 12 jours », « Aujourd’hui », « Jeudi 26 », « 3 déc. 2026 »."""
    wait = wait_for(duty, on)
    return pill(wait.tone, wait.icon, wait.words) if wait else ""
