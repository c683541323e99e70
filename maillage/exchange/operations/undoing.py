"""Taking back what came with a file, save what somebody has used since."""

from collections.abc import Iterable

from django.db import models


def remove_unused(model: type[models.Model], pks: Iterable[int]) -> None:
    """Removes those rows of `model` to which nothing refers any more, whichever capability it belongs to."""
    for row in model._default_manager.filter(pk__in=pks):
        if not is_used(row):
            row.delete()


def is_used(row: models.Model) -> bool:
    """Whether any row of any table refers to this one: a query a relation, hidden ones included."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists()  # type: ignore[union-attr]
        for relation in row._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    )
