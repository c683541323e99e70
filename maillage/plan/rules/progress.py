"""Telling how a set of actions stands, in words."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from maillage.plan.vocabulary import ActionState, Health


class Standing(Protocol):
    @property
    def state(self) -> str: ...
    @property
    def health(self) -> str: ...
    @property
    def days_late(self) -> int: ...


WORDS = {
    "done": ("réalisée", "réalisées"),
    "ongoing": ("en cours", "en cours"),
    "late": ("en retard", "en retard"),
    "blocked": ("bloquée", "bloquées"),
    "to_come": ("à venir", "à venir"),
    "paused": ("en pause", "en pause"),
    "abandoned": ("abandonnée", "abandonnées"),
}


def standing(row: Standing) -> str:
    """The one word under which an action is counted: blocked before late before its state."""
    if row.state in {ActionState.DONE, ActionState.ABANDONED}:
        return row.state
    if row.health == Health.BLOCKED:
        return "blocked"
    return "late" if row.days_late else row.state


def summary(rows: Iterable[Standing]) -> str:
    """« 2 réalisées, 1 en cours, 1 en retard »; « aucune action » for none. Each action is counted once."""
    counts = Counter(standing(row) for row in rows)
    parts = [f"{counts[key]} {words[counts[key] > 1]}" for key, words in WORDS.items() if counts[key]]
    return ", ".join(parts) or "aucune action"
