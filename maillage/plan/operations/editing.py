"""What every edit does: lock the row, name the fields, let the constraints speak, say what moved."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from maillage.journal.changes import as_words, changes_since, snapshot
from maillage.journal.operations import Change

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row) -> Row:
    """The row as it is now, held until the end of the transaction.

    Raises `ValidationError` when somebody deleted it meanwhile.
    """
    fresh = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if fresh is None:
        raise ValidationError("Quelqu’un a supprimé cet élément entre-temps. Revenez à la page précédente.")
    return fresh


def apply(row: models.Model, data: Mapping[str, Any]) -> list[Change]:
    """Sets named fields and many-to-many lists, checks them and saves; returns what moved, in words.

    Raises `ValidationError` by field, with the sentences of the fields and of the database's constraints.
    """
    many = {field.name for field in row._meta.many_to_many}
    plain = [name for name in data if name not in many]
    before = snapshot(row, plain)
    for name in plain:
        setattr(row, name, data[name])
    row.full_clean()
    row.save(update_fields=[*plain, *(f.name for f in row._meta.fields if getattr(f, "auto_now", False))])
    return changes_since(row, before) + [
        change for name in data if name in many if (change := _set_many(row, name, data[name]))
    ]


def create(row: models.Model, data: Mapping[str, Any]) -> None:
    """Fills a new row, checks it and saves it."""
    many = {field.name for field in row._meta.many_to_many}
    for name, value in data.items():
        if name not in many:
            setattr(row, name, value)
    row.full_clean()
    row.save()
    for name in many & data.keys():
        getattr(row, name).set(data[name])


def _set_many(row: models.Model, name: str, values: Any) -> Change | None:
    manager = getattr(row, name)
    before = ", ".join(str(value) for value in manager.all())
    manager.set(values)
    after = ", ".join(str(value) for value in manager.all())
    label = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return Change(label=label[:1].upper() + label[1:], before=before, after=after) if before != after else None


def in_words(row: models.Model, names: list[str]) -> list[Change]:
    """The filled fields of a row about to disappear, so that the journal keeps what they said."""
    return [
        Change(label=str(row._meta.get_field(name).verbose_name), before=words, after="")  # type: ignore[union-attr]
        for name in names
        if (words := as_words(row, name)) != "—"
    ]
