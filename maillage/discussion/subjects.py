"""What people may discuss and follow: a registry that capabilities fill from their `providers.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Subject:
    """A model that is discussed: whoever may `view` a row reads its comments and may follow it.

    `one` is how the page calls it (« cette action »), `url` the page where its discussion shows, from the name of the
    space in addresses and the number of the row.
    """

    model: type[models.Model]
    view: str
    one: str
    url: Callable[[str, int], str]


_subjects: dict[str, Subject] = {}


def register(model: type[models.Model], view: str, one: str, url: Callable[[str, int], str]) -> None:
    """Lets people discuss and follow the rows of a model, at start-up."""
    _subjects[str(model._meta.model_name)] = Subject(model, view, one, url)


def subject_called(word: str) -> Subject | None:
    """The registered model of that name (« action »), as addresses carry it."""
    return _subjects.get(word)


def subject_of(row: models.Model) -> Subject:
    """`KeyError` for a model that nobody registered (a programming error)."""
    return _subjects[str(row._meta.model_name)]
