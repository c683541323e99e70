"""Reading what people type: French dates and French figures, in a form or in a file."""

import datetime as dt
import re
from decimal import Decimal

from django.core.exceptions import ValidationError

MONTHS = 12
EXAMPLE = "Écrivez jour/mois/année, par exemple 17/12/2026."


def french_date(text: str) -> dt.date:
    """« 17/12/2026 », « 17.12.26 » or « 2026-12-17 » → a day. `ValidationError` says what to write instead."""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})", text):
        day, month, year = map(int, found.groups())
        year += 2000 if year < 100 else 0
    else:
        raise ValidationError(f"« {text} » n’est pas une date. {EXAMPLE}")
    if not 1 <= month <= MONTHS:
        raise ValidationError(f"Le mois {month} n’existe pas. {EXAMPLE}")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValidationError(f"Le {day}/{month:02}/{year} n’existe pas. {EXAMPLE}") from None


def french_decimal(text: str) -> Decimal:
    """« 12 000,50 € » → 12000.50. `ValidationError` for anything that is not one figure."""
    bare = re.sub(r"[\s\u00a0\u202f€]", "", text).replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,6})?", bare, re.ASCII):
        raise ValidationError(f"« {text} » n’est pas un nombre. Écrivez par exemple 12 000 ou 0,5.")
    return Decimal(bare)
