"""What documents may be joined to: a registry that capabilities fill from their `providers.py`.

    register(Action, view="plan.view", edit="action.follow", url=lambda action: …)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class Place:
    """A model that carries documents: whoever may `view` a subject reads them, who may `edit` it joins and removes."""

    model: type[models.Model]
    view: str
    edit: str
    url: Callable[[Any], str]

    @property
    def word(self) -> str:
        """What names the model in addresses."""
        return str(self.model._meta.model_name)


_places: dict[str, Place] = {}


def register(model: type[models.Model], view: str, edit: str, url: Callable[[Any], str]) -> None:
    """Lets documents be joined to a model, at start-up.

    `view` and `edit` are keys of verbs asked of the subject, `url` gives the page where its documents show.
    """
    place = Place(model, view, edit, url)
    _places[place.word] = place


def place_called(word: str) -> Place | None:
    return _places.get(word)


def place_of(subject: models.Model) -> Place:
    """`LookupError` for a model that nobody registered (a programming error)."""
    for place in _places.values():
        if isinstance(subject, place.model):
            return place
    raise LookupError(f"documents may not be joined to {type(subject).__name__}")
