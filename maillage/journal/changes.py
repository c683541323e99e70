"""Saying in words what moved between two states of an object."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import date_format

from maillage.journal.operations import Change
from maillage.ui.french import number


def as_words(subject: models.Model, name: str) -> str:
    """The value of a field as its reader sees it; « — » when there is none."""
    display = getattr(subject, f"get_{name}_display", None)
    value: Any = display() if display else getattr(subject, name)
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if hasattr(value, "isoformat"):
        return date_format(value, "j F Y")
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def snapshot(subject: models.Model, names: Iterable[str]) -> dict[str, str]:
    """Field name → words, to be compared later with `changes_since`."""
    return {name: as_words(subject, name) for name in names}


def changes_since(subject: models.Model, before: dict[str, str]) -> list[Change]:
    """The fields whose words differ from the snapshot, labelled by their `verbose_name`."""
    changes: list[Change] = []
    for name, was in before.items():
        now = as_words(subject, name)
        if now != was:
            label = str(getattr(subject._meta.get_field(name), "verbose_name", name))
            changes.append(Change(label=label[:1].upper() + label[1:], before=was, after=now))
    return changes
