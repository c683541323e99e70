"""How French is written: spaces, figures, dates. Pure functions, used by the filters and by the documents."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format

NARROW = "\u202f"
NBSP = "\u00a0"

_BEFORE = re.compile(r"(?<=[\w»)\]%€.’…])[ \u00a0\u202f]([;!?%€])")
_COLON = re.compile(r"(?<=[\w»)\]%€’…])[ \u00a0\u202f]:(?=\s|$)")
_OPEN = re.compile(r"«[ \u00a0\u202f]?")
_CLOSE = re.compile(r"[ \u00a0\u202f]?»")


def typo(text: str) -> str:
    """French spacing: a narrow no-break space before ; ! ? % €, a no-break one before : and inside « ».

    Only spaces that are there are changed (no space is invented before a sign), so that addresses and
    times of day stay whole. Applying it twice changes nothing.
    """
    text = _BEFORE.sub(NARROW + r"\1", text)
    text = _COLON.sub(NBSP + ":", text)
    text = _OPEN.sub("«" + NBSP, text)
    text = _CLOSE.sub(NBSP + "»", text)
    return text.replace("'", "’") if "'" in text else text


def number(value: Decimal | float | int | None, decimals: int | None = None) -> str:
    """« 12 000,5 »: thousands apart, decimal comma, no useless zero; « — » for nothing."""
    if value is None:
        return "—"
    amount = Decimal(str(value))
    if decimals is not None:
        amount = round(amount, decimals)
    text = f"{amount:,f}"
    if "." in text and decimals is None:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", NARROW).replace(".", ",")


def euros(value: Decimal | float | int | None) -> str:
    """« 57 000 € », cents only when there are some."""
    if value is None:
        return "—"
    amount = Decimal(str(value))
    return number(amount, 0 if amount == amount.to_integral_value() else 2) + NARROW + "€"


def plural(count: int, singular: str, many: str = "") -> str:
    """« 1 action », « 3 actions », « 0 action »: French agrees from two on."""
    word = singular if abs(count) < 2 else (many or singular + "s")
    return f"{number(count)}{NBSP}{word}"


_FEMININE = ("aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")


def in_words(count: int) -> str:
    """« aucune », « une », « deux »… up to nine, feminine; figures beyond."""
    return _FEMININE[count] if 0 <= count < len(_FEMININE) else number(count)


def _day(value: dt.date) -> dt.date:
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value


#: Where Django's abbreviation of a month is not the one in use in France.
_MONTHS = {1: "janv.", 2: "févr."}


def short_date(value: dt.date | None) -> str:
    """« 3 déc. 2026 », for tables; « 1er » is written as such."""
    if not value:
        return ""
    day = _day(value)
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{_MONTHS.get(day.month, date_format(day, 'N'))} {day.year}"


def long_date(value: dt.date | None, year: bool = False) -> str:
    """« jeudi 3 décembre », for sentences; with the year when asked."""
    if not value:
        return ""
    day = _day(value)
    ending = date_format(day, "F Y" if year else "F")
    return f"{date_format(day, 'l')} {'1er' if day.day == 1 else day.day}{NBSP}{ending}"


def folded(text: str) -> str:
    """The words without case, accents, apostrophes, hyphens or doubled spaces: how two spellings are told the same."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe"))
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())
