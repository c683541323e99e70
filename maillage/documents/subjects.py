"""What documents may be joined to: a registry that capabilities fill from their `providers.py`.

register(Action, "plan.view", "action.follow", lambda action: …)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class Subject:
    """A model that carries documents: whoever may `view` a row reads its files, who may `edit` it joins and removes."""

    model: type[models.Model]
    view: str
    edit: str
    url: Callable[[Any], str]


_subjects: dict[str, Subject] = {}


def register(model: type[models.Model], view: str, edit: str, url: Callable[[Any], str]) -> None:
    """Lets documents be joined to a model, at start-up.

    `view` and `edit` are keys of verbs asked of the row, `url` gives the page where its documents show.
    """
    _subjects[str(model._meta.model_name)] = Subject(model, view, edit, url)


def subject_called(word: str) -> Subject | None:
    """The registered model of that name (« action »), as addresses carry it."""
    return _subjects.get(word)


def subject_of(row: models.Model) -> Subject:
    """`KeyError` for a model that nobody registered (a programming error)."""
    return _subjects[str(row._meta.model_name)]
