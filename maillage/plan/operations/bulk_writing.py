"""What an edit of many actions reads and writes, by sets. Values are as JSON keeps them.

A name is a column of `Action` (« state », « lead_organization_id »), « goals » (pairs of goal and is-main), or
« theme:12 » (whether the action has it).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from maillage.plan.models import Action, ActionGoal

Values = dict[str, Any]
Through = Action.themes.through


def held(actions: Sequence[Action], names: Iterable[str]) -> dict[int, Values]:
    """Action id → what it holds now under those names."""
    ids = [action.pk for action in actions]
    found: dict[int, Values] = {pk: {} for pk in ids}
    for name in names:
        if name == "goals":
            links = defaultdict(list)
            for action_id, goal_id, is_main in ActionGoal.objects.filter(action__in=ids).values_list(
                "action_id", "goal_id", "is_main"
            ):
                links[action_id].append([goal_id, is_main])
            values: dict[int, Any] = {pk: sorted(links[pk]) for pk in ids}
        elif name.startswith("theme:"):
            rows = Through.objects.filter(action__in=ids, theme=int(name.removeprefix("theme:")))
            having = set(rows.values_list("action_id", flat=True))
            values = {pk: pk in having for pk in ids}
        else:
            values = {action.pk: as_json(getattr(action, name)) for action in actions}
        for pk, value in values.items():
            found[pk][name] = value
    return found


def as_json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def as_column(name: str, value: Any) -> Any:
    """What a column takes for what JSON kept."""
    return Action._meta.get_field(name).to_python(value)  # type: ignore[union-attr]


def give(wanted: Mapping[int, Values]) -> None:
    """Makes each action hold what is wanted of it: one statement for all those that get the same."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for pk, values in wanted.items():
        alike[tuple(sorted((name, value) for name, value in values.items() if _is_column(name)))].append(pk)
    for pairs, ids in alike.items():
        columns = {name: as_column(name, value) for name, value in pairs}
        Action.objects.filter(pk__in=ids).update(**columns, updated_at=timezone.now())
    _give_goals({pk: values["goals"] for pk, values in wanted.items() if "goals" in values})
    _give_themes(wanted)


def _is_column(name: str) -> bool:
    return name != "goals" and not name.startswith("theme:")


def _give_goals(wanted: Mapping[int, list[tuple[int, bool]]]) -> None:
    if wanted:
        ActionGoal.objects.filter(action__in=wanted).delete()
        ActionGoal.objects.bulk_create(
            ActionGoal(action_id=pk, goal_id=goal_id, is_main=is_main)
            for pk, links in wanted.items()
            for goal_id, is_main in links
        )


def _give_themes(wanted: Mapping[int, Values]) -> None:
    changes: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for pk, values in wanted.items():
        for name, has in values.items():
            if name.startswith("theme:"):
                changes[int(name.removeprefix("theme:")), has].append(pk)
    for (theme_id, has), ids in changes.items():
        if has:
            links = [Through(action_id=pk, theme_id=theme_id) for pk in ids]
            Through.objects.bulk_create(links, ignore_conflicts=True)
        else:
            Through.objects.filter(action__in=ids, theme=theme_id).delete()
