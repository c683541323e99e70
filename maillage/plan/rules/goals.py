"""The tree of goals: from one to five levels, named by the territory."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from maillage.plan.vocabulary import MAX_LEVELS


def check_depth(depth: int, levels: int) -> None:
    """Raises `ValidationError` when a goal would stand deeper than the levels that the territory has named."""
    if depth > min(levels, MAX_LEVELS):
        raise ValidationError(
            {"parent": f"Votre plan compte {levels} niveau(x) : ajoutez d’abord un niveau dans la convention."}
        )


def check_parent(goal_id: int | None, parent_id: int | None, parents: Mapping[int, int | None]) -> None:
    """Raises `ValidationError` when a goal would stand under itself. `parents` maps goal id → parent id."""
    walked = parent_id
    while walked is not None:
        if walked == goal_id:
            raise ValidationError({"parent": "Un objectif ne peut pas être rangé sous lui-même."})
        walked = parents.get(walked)


def next_number(parent_number: str, sibling_numbers: list[str]) -> str:
    """The number after the last sibling: « 2 » after « 1 », « 1.3 » after « 1.2 »; gaps are left alone."""
    prefix = f"{parent_number}." if parent_number else ""
    ranks = [int(number.removeprefix(prefix)) for number in sibling_numbers if number.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(ranks, default=0) + 1}"


def hue_of(rank: int) -> int:
    """The hue and shape (1, 2, 3…) of the top goal of that rank (from 0); `ui` knows how to draw each."""
    return rank + 1
