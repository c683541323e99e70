"""The cells of the table of the plan: written by a function, because a page holds a thousand of them."""

from collections.abc import Callable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from maillage.plan.models import Action
from maillage.plan.rules.table import COLUMNS, Sum
from maillage.plan.templatetags.plan import health_pill, state_pill
from maillage.ui.french import NBSP, euros, number, plural, short_date
from maillage.ui.templatetags.ui import pill, typo

register = template.Library()
PRIORITIES = dict(Action.Priority.choices)
#: More names than this are counted rather than listed.
NAMED = 6


def _names(value: list[str]) -> SafeString:
    more = len(value) - NAMED
    return typo(
        ", ".join(value[:NAMED]) + (f" et {more} de plus" if more > 1 else f", {value[-1]}" if more == 1 else "")
    )


WRITERS: dict[str, Callable[[Any], SafeString | str]] = {
    "state": state_pill,
    "health": health_pill,
    "day": short_date,
    "euros": euros,
    "figure": number,
    "days": lambda value: plural(value, "jour"),
    "priority": lambda value: str(PRIORITIES[value]),
    "names": _names,
    "text": typo,
    "number": conditional_escape,
}


_EXAMPLE = mark_safe(' <span class="exemple">exemple</span>')
_MIDWAY = mark_safe(' <span class="etiq">ajoutée en cours de plan</span>')
_NOTHING = mark_safe("")


def _title(row: Mapping[str, Any], address: str) -> SafeString:
    example = _EXAMPLE if row["is_example"] else _NOTHING
    midway = _MIDWAY if row["added_midway"] else _NOTHING
    return format_html('<a href="{}{}/">{}</a>{}{}', address, row["id"], typo(row["action"]), example, midway)


@register.simple_tag
def cells(row: Mapping[str, Any], columns: tuple[str, ...], address: str, choosing: bool) -> SafeString:
    """All the cells of a row; the title is its head. `address` is where actions live, up to their id."""
    choice = _choice(row) if choosing else _NOTHING
    return mark_safe(choice + "".join(_cell(key, row, address) for key in columns))  # noqa: S308


def _choice(row: Mapping[str, Any]) -> SafeString:
    return format_html(
        '<td class="cocher"><label><input type="checkbox" name="actions" value="{}">'
        '<span class="sr">Choisir {} {}</span></label></td>',
        row["id"], row["numero"], row["action"],
    )  # fmt: skip


def _cell(key: str, row: Mapping[str, Any], address: str) -> SafeString:
    column = COLUMNS[key]
    if column.kind == "link":
        return format_html('<th scope="row">{}</th>', _title(row, address))
    value = row[key]
    if key == "fin" and row["is_continuous"]:
        written: SafeString | str = "en continu"
    elif value in (None, "", []):
        return format_html("<td{}></td>", mark_safe(' class="n"' if column.is_figure else ""))  # noqa: S308
    elif key == "retard":
        written = pill("alerte", "alert", plural(value, "jour"))
    else:
        written = WRITERS[column.kind](value)
    kind = "n" if column.is_figure else {"day": "d", "number": "d", "names": "noms"}.get(column.kind, "")
    return format_html('<td class="{}" data-l="{}">{}</td>', kind, column.label, written)


@register.filter
def sums(total: Sum, counted: bool = False) -> SafeString:
    """« 12 actions · prévu 57 000 € · obtenu 40 000 € · dépensé 12 000 € · 1,5 ETP »: only what there is."""
    money = [("prévu", total.prevu), ("obtenu", total.obtenu), ("dépensé", total.depense)]
    parts = [plural(total.count, "action")] if counted else []
    parts += [f"{label} {euros(amount)}" for label, amount in money if amount]
    if total.etp:
        parts.append(f"{number(total.etp)}{NBSP}ETP prévus")
    return format_html_join(" · ", "{}", ((part,) for part in parts))
