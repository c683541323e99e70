"""The verb × role tables, declared by each capability's `permissions.py` and gathered at start-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from maillage.access.roles import Role

#: A condition asks of (user, subject) whether the role's right holds for this subject; its query is its own.
Condition = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class When:
    """A right under a condition, with the words that `docs/permissions.md` and the refusal show."""

    label: str
    holds: Condition


Right = bool | When


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can be done: its French sentence and the right of each role. A role not named has none."""

    key: str
    label: str
    rights: Mapping[Role, Right]


_verbs: dict[str, Verb] = {}


def declare(*verbs: Verb) -> None:
    """Adds verbs at start-up; a key is declared once."""
    for verb in verbs:
        if _verbs.get(verb.key, verb) is not verb:
            raise ValueError(f"verb declared twice: {verb.key}")
        _verbs[verb.key] = verb


def verb(key: str) -> Verb:
    """The verb of that key; `KeyError` for a word that nobody declared (a programming error)."""
    return _verbs[key]


def all_verbs() -> list[Verb]:
    return list(_verbs.values())
