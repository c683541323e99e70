"""Building the tree of goals."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from maillage.access.may import require
from maillage.discussion.operations import forget_discussion
from maillage.journal.operations import record
from maillage.people.models import User
from maillage.plan.models import Convention, Goal, GoalLevel
from maillage.plan.operations.editing import apply, create, in_words, locked
from maillage.plan.operations.meanwhile import Stored, settled
from maillage.plan.rules.goals import check_depth, check_parent, next_number
from maillage.plan.vocabulary import MAX_LEVELS, GoalKind
from maillage.ui.meanwhile import Seen


class LevelName(TypedDict):
    kind: str
    name: str
    plural: str


@transaction.atomic
def create_goal(convention: Convention, data: Mapping[str, Any], *, by: User) -> Goal:
    """Adds a goal under `data["parent"]` (a Goal or None), after its siblings, numbered when no number is given."""
    require(by, "goal.edit", convention)
    convention = locked(convention)
    parent: Goal | None = data.get("parent")
    depth = parent.depth + 1 if parent else 1
    level = _level(convention, depth)
    siblings = Goal.objects.filter(convention=convention, parent=parent)
    last = siblings.aggregate(last=Max("position"))["last"] or 0
    number = data.get("number") or next_number(
        parent.number if parent else "", list(siblings.values_list("number", flat=True))
    )
    goal = Goal(territory_id=convention.territory_id, convention=convention, depth=depth, kind=level.kind)
    create(goal, {**data, "number": number, "position": last + 1})
    record(goal, "goal.edit", f"{level.name} ajouté au plan : {goal}", by=by)
    return goal


@transaction.atomic
def edit_goal(goal: Goal, data: Mapping[str, Any], *, by: User, seen: Seen | None = None) -> Goal:
    """Edits a goal; moving it under another parent takes its whole branch along."""
    require(by, "goal.edit", goal)
    goal = locked(goal)
    before = goal.depth
    data = settled(goal, data, seen)
    if "parent" in data and data["parent"] != goal.parent:
        parent: Goal | None = data["parent"]
        tree = dict(Goal.objects.filter(convention=goal.convention).values_list("id", "parent_id"))
        check_parent(goal.pk, parent.pk if parent else None, tree)
        data["depth"] = parent.depth + 1 if parent else 1
        data["kind"] = _level(goal.convention, data["depth"]).kind
    changes = apply(goal, data)
    if goal.depth != before:
        _carry_branch(goal)
    if changes:
        record(goal, "goal.edit", "Objectif modifié", by=by, changes=changes)
    return goal


@transaction.atomic
def delete_goal(goal: Goal, *, by: User) -> None:
    """Removes an empty goal; one that still holds goals or actions is refused, so that nothing hangs in the air."""
    require(by, "goal.edit", goal)
    goal = locked(goal)
    if goal.children.exists() or goal.action_links.exists():
        raise ValidationError("Cet objectif porte encore des objectifs ou des actions : déplacez-les d’abord.")
    changes = in_words(goal, ["title", "description", "actor", "behaviour"])
    record(goal, "goal.edit", f"Objectif supprimé : {goal}", by=by, changes=changes)
    forget_discussion([goal])
    goal.delete()


@transaction.atomic
def name_levels(convention: Convention, levels: Sequence[LevelName], *, by: User, seen: Seen | None = None) -> None:
    """Names the levels of the tree, from the top (1 to 5). A level that holds goals cannot go."""
    require(by, "convention.edit", convention)
    convention = locked(convention)
    if seen:
        known = levels_as_fields(levels_of(convention))
        stored = {name: Stored(value, value or "—", _label(name)) for name, value in known.items()}
        levels = levels_from_fields(known | settled(convention, levels_as_fields(levels), seen, stored=stored))
    deepest = convention.goals.aggregate(deepest=Max("depth"))["deepest"] or 1
    if not deepest <= len(levels) <= MAX_LEVELS:
        raise ValidationError(
            f"Gardez au moins {deepest} niveau(x) : des objectifs y sont rangés. Cinq niveaux au plus."
        )
    before = ", ".join(convention.levels.values_list("name", flat=True))
    convention.levels.all().delete()
    for depth, level in enumerate(levels, start=1):
        create(GoalLevel(convention=convention, depth=depth), level)
        convention.goals.filter(depth=depth).update(kind=level["kind"])
    after = ", ".join(level["name"] for level in levels)
    record(
        convention,
        "convention.edit",
        "Niveaux du plan renommés",
        by=by,
        changes=[{"label": "Niveaux", "before": before, "after": after}],
    )


def levels_of(convention: Convention) -> list[LevelName]:
    """The levels as they are named now, from the top."""
    rows = convention.levels.order_by("depth")
    return [{"kind": row.kind, "name": row.name, "plural": row.plural} for row in rows]


def levels_as_fields(levels: Sequence[LevelName]) -> dict[str, str]:
    """Five lines of three fields (« name_1 »…): what a form shows, an absent level being an empty line."""
    empty: LevelName = {"kind": GoalKind.OBJECTIVE.value, "name": "", "plural": ""}
    lines = [*levels, *[empty] * MAX_LEVELS][:MAX_LEVELS]
    return {f"{key}_{depth}": str(line[key]) for depth, line in enumerate(lines, 1) for key in empty}  # type: ignore[literal-required]


def levels_from_fields(fields: Mapping[str, str]) -> list[LevelName]:
    """The levels up to the first empty name."""
    levels: list[LevelName] = []
    for depth in range(1, MAX_LEVELS + 1):
        if not (name := fields[f"name_{depth}"].strip()):
            break
        plural = fields[f"plural_{depth}"].strip() or f"{name}s"
        levels.append({"kind": fields[f"kind_{depth}"], "name": name, "plural": plural})
    return levels


def _label(name: str) -> str:
    key, depth = name.split("_")
    words = {"name": "son nom", "plural": "au pluriel", "kind": "sa nature"}
    return f"Niveau {depth} : {words[key]}"


def _level(convention: Convention, depth: int) -> GoalLevel:
    levels = {level.depth: level for level in convention.levels.all()}
    check_depth(depth, len(levels))
    return levels[depth]


def _carry_branch(goal: Goal) -> None:
    """Gives the right depth and kind to everything under a goal that moved."""
    for child in goal.children.all():
        level = _level(goal.convention, goal.depth + 1)
        child.depth, child.kind = level.depth, level.kind
        child.save(update_fields=["depth", "kind"])
        _carry_branch(child)
