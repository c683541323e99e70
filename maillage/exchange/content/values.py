"""From what a file says to a value, and back: one pair of functions for each kind of column."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from maillage.exchange.content.collecting import fixed
from maillage.exchange.content.schema import SEVERAL, Column, Kind, Table
from maillage.themes.models import TargetPublic, Theme
from maillage.ui.french import folded

YES, NO = "oui", "non"
#: How a text begins that a spreadsheet would run.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_KEY = re.compile(r"[a-z0-9_-]+(:[0-9]+)?")
_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class Refused(ValueError):
    """A value that is not understood; its text is the French sentence to show beside its file and line."""


def read(table: Table, column: Column, said: Any) -> Any:
    """The value of a column, from a text, a list of texts, or None when the file says nothing."""
    if said is None or said == "" or said == []:
        if column.required:
            raise Refused("cette valeur est obligatoire.")
        return column.empty
    if column.kind in SEVERAL:
        return _several(column, said)
    if not isinstance(said, str):
        raise Refused("on attend une seule valeur, pas une liste.")
    return _one(table, column, said)


def _one(table: Table, column: Column, said: str) -> Any:
    match column.kind:
        case Kind.DAY:
            return _day(said)
        case Kind.AMOUNT:
            return _amount(said, table.model_field(column))
        case Kind.WHOLE:
            return int(_checked(table, column, _whole(said)))
        case Kind.FLAG:
            return _flag(said)
        case Kind.CHOICE:
            return _choice(said, table.model_field(column))
        case Kind.KEY | Kind.REF:
            if not _KEY.fullmatch(said):
                raise Refused(f"« {said} » n’est pas une clé : lettres sans accent, chiffres et tirets.")
            return said
        case _:
            return _checked(table, column, said.replace("\r\n", "\n"))


def _several(column: Column, said: Any) -> list[str]:
    words = said if isinstance(said, list) else said.split()
    if not all(isinstance(word, str) for word in words):
        raise Refused("on attend une liste simple.")
    shape, name = (_CODE, "code Insee de commune") if column.kind == Kind.CODES else (_KEY, "clé")
    for word in words:
        if not shape.fullmatch(word):
            raise Refused(f"« {word} » n’est pas un {name}." if name != "clé" else f"« {word} » n’est pas une clé.")
    if len(set(words)) < len(words):
        raise Refused("la même valeur est donnée deux fois.")
    return list(words)


def _day(said: str) -> str:
    iso, french = _ISO.fullmatch(said), _FRENCH.fullmatch(said)
    if not (iso or french):
        raise Refused(f"« {said} » n’est pas une date. Écrivez année-mois-jour, par exemple 2026-12-17.")
    year, month, day = map(int, iso.groups() if iso else reversed(french.groups()))  # type: ignore[union-attr]
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        raise Refused(f"Le jour « {said} » n’existe pas.") from None


def _amount(said: str, field: Any) -> str:
    text = re.sub(r"[\s\u00a0\u202f]", "", said).replace(",", ".")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise Refused(f"« {said} » n’est pas un nombre. Écrivez-le en chiffres, par exemple 12000,50.") from None
    if not amount.is_finite():
        raise Refused(f"« {said} » n’est pas un nombre. Écrivez-le en chiffres, par exemple 12000,50.")
    try:
        field.run_validators(amount)
    except ValidationError as refusal:
        raise Refused(" ".join(refusal.messages)) from None
    return fixed(amount, field.decimal_places)


def _whole(said: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", said):
        raise Refused(f"« {said} » n’est pas un nombre entier.")
    return int(said)


def _flag(said: str) -> bool:
    if said not in {YES, NO, "true", "false"}:
        raise Refused(f"« {said} » : écrivez oui ou non.")
    return said in {YES, "true"}


def _choice(said: str, field: Any) -> str:
    for code, label in field.choices:
        if said == code or folded(said) == folded(str(label)):
            return str(code)
    known = ", ".join(str(label) for _code, label in field.choices)
    raise Refused(f"« {said} » n’est pas dans la liste : {known}.")


def _checked(table: Table, column: Column, value: Any) -> Any:
    """The value, if the model's field takes it (length, shape, bounds)."""
    if "\x00" in str(value):
        raise Refused("ce texte contient un signe invisible que rien ne sait lire.")
    try:
        return table.model_field(column).clean(value, None)
    except ValidationError as refusal:
        raise Refused(" ".join(refusal.messages)) from None


def in_words(table: Table, column: Column, value: Any) -> Any:
    """The value as the files write it: a list word as its label, the rest as it stands."""
    if column.kind == Kind.CHOICE and value:
        return str(dict(table.model_field(column).flatchoices).get(value, value))
    return value


def cell(table: Table, column: Column, value: Any) -> str:
    """The value in a CSV file: decimal comma, lists apart by spaces, and no text that a spreadsheet would run."""
    value = in_words(table, column, value)
    if value is None:
        return ""
    if column.kind in SEVERAL:
        return " ".join(value)
    if column.kind == Kind.FLAG:
        return YES if value else NO
    if column.kind == Kind.AMOUNT:
        return str(value).replace(".", ",")
    return sheltered(str(value))


def sheltered(text: str) -> str:
    """An apostrophe before what a spreadsheet would run, and before what already looks sheltered, so that it comes
    back the same."""
    return f"'{text}" if text.lstrip("'").startswith(DANGEROUS) else text


def unsheltered(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(DANGEROUS) else text


def known_slugs(column: Column) -> set[str]:
    """The words that a list of themes or of publics may hold."""
    model = TargetPublic if column.field == "publics" else Theme
    return set(model._default_manager.values_list("slug", flat=True))
