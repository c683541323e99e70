"""How far the plan has come, goal by goal."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from maillage.plan.models import ActionIndicator, Convention, Reading
from maillage.plan.queries.tree import Branch, Tree
from maillage.plan.rules.advance import Advance, Measure, advance

Measures = dict[int, list[Measure]]


def measures_of(convention: Convention) -> Measures:
    """Action id → its indicators as they are read today; one query."""
    latest = Reading.objects.filter(indicator=OuterRef("pk")).order_by("-on", "-id").values("value")[:1]
    rows = (
        ActionIndicator.objects.filter(action__convention=convention)
        .annotate(latest=Subquery(latest))
        .order_by("action_id", "position", "id")
        .values_list("action_id", "kind", "baseline", "latest", "target")
    )
    found: Measures = {}
    for action_id, *measure in rows:
        found.setdefault(action_id, []).append(Measure(*measure))
    return found


@dataclass(frozen=True, slots=True)
class GoalAdvance:
    """A goal with its three answers. `also` is how many actions serve it without being counted in it."""

    branch: Branch
    advance: Advance
    also: int


def advance_of(branch: Branch, measures: Measures) -> GoalAdvance:
    """The three answers of a goal and of all that stands under it; no query."""
    rows = branch.all_actions
    mine = {row.id for row in rows}
    also = {row.id for part in branch.walk() for row in part.also} - mine
    return GoalAdvance(branch, advance(rows, measures), len(also))


def advance_by_goal(tree: Tree, measures: Measures) -> list[GoalAdvance]:
    """The top goals in order; no query."""
    return [advance_of(branch, measures) for branch in tree.branches]


def advance_of_plan(tree: Tree, measures: Measures) -> Advance:
    """The whole plan: each action once, those without a goal too; no query."""
    return advance([row for branch in tree.branches for row in branch.all_actions] + tree.loose, measures)
