"""The components that pages use by the hundred: plain functions that return safe HTML, fast enough for 2,000 rows."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from maillage.ui import french, panels
from maillage.ui.icons import MARK, PATHS

register = template.Library()

_ICONS = {
    name: mark_safe(f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{path}</svg>')  # noqa: S308
    for name, path in PATHS.items()
}
SHAPES = 8


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative line icon; the word stands beside it."""
    return _ICONS[name]


@register.simple_tag
def mark() -> SafeString:
    return mark_safe(MARK)  # noqa: S308


@register.simple_tag
def pill(tone: str, icon_name: str, words: str) -> SafeString:
    """A state: tint + icon + word. Tones: fait, cours, alerte, bloque, or nothing for neutral."""
    return format_html('<span class="etat {}">{}{}</span>', tone, _ICONS[icon_name], words)


@register.simple_tag
def badge(rank: int, number: str = "", size: str = "", label: str = "") -> SafeString:
    """The shape of a top goal: hue and shape by rank (1 to 8, then number only); sizes « gr », « pt »."""
    shape = f"ch{rank}" if 1 <= rank <= SHAPES else "nu"
    spoken = format_html('<span class="sr">{} </span>', label) if label else ""
    return format_html('<span class="ch {} {}">{}{}</span>', shape, size, spoken, number or rank)


@register.simple_tag
def hue(rank: int) -> str:
    """The class that sets the hue of a top goal for what stands inside."""
    return f"k{(rank - 1) % 4 + 1}" if 1 <= rank <= SHAPES else "k0"


@register.simple_tag
def initials(name: str, kind: str = "") -> SafeString:
    """Two letters beside a name, decorative. Kinds: « g » for an institution, « s » for small."""
    words = [word for word in str(name).replace("-", " ").split() if word[:1].isalpha()]
    letters = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "–"
    return format_html('<span class="init {}" aria-hidden="true">{}</span>', kind, letters)


@register.simple_tag
def progress(label: str, done: float, total: float, words: str = "") -> SafeString:
    """A bar with its value in words: « 5 sur 7 »."""
    percent = round(100 * done / total, 1) if total else 0
    spoken = words or f"{done} sur {total}"
    return format_html(
        '<svg class="barre" role="progressbar" aria-label="{}" aria-valuemin="0" aria-valuemax="100" '
        'aria-valuenow="{}" aria-valuetext="{}" preserveAspectRatio="none">'
        '<rect width="100%" height="100%" fill="#e9efee"/><rect width="{}%" height="100%" fill="#1b4f6d"/></svg>',
        label, percent, spoken, percent,
    )  # fmt: skip


@register.simple_tag
def asset(path: str) -> str:
    return static(path)


@register.filter
def typo(value: Any) -> SafeString:
    """French spacing for what people wrote."""
    return mark_safe(french.typo(str(conditional_escape(value)).replace("&#x27;", "’")))  # noqa: S308


@register.filter
def nombre(value: Decimal | float | int | None, decimals: int | None = None) -> str:
    return french.number(value, decimals)


@register.filter
def euros(value: Decimal | float | int | None) -> str:
    return french.euros(value)


@register.filter
def pluriel(count: int, words: str) -> str:
    """`{{ 3|pluriel:"action" }}` « 3 actions »; an irregular plural comes after a comma."""
    singular, _, many = words.partition(",")
    return french.plural(count, singular, many)


@register.filter
def lettres(count: int) -> str:
    """« deux », feminine, up to nine."""
    return french.in_words(count)


@register.filter
def jour(value: dt.date | None) -> str:
    return french.short_date(value)


@register.filter
def jour_long(value: dt.date | None) -> str:
    return french.long_date(value)


@register.filter
def jour_annee(value: dt.date | None) -> str:
    return french.long_date(value, year=True)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """The value of a computed key, or nothing."""
    return mapping.get(key, "")


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The address's own query string with some parameters changed; an empty value removes one."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value not in (None, ""):
            params[name] = value
    return "?" + str(params.urlencode())


@register.simple_tag(takes_context=True)
def show_panels(context: Context, page: str, subject: Any = None) -> SafeString:
    """What upper capabilities add to this page."""
    return panels.render(page, context["request"], subject)
