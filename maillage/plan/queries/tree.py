"""The plan as a tree: goals within goals, actions under the goal that they serve first."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from maillage.plan.models import Convention, Goal
from maillage.plan.queries.actions import ActionRow, action_rows
from maillage.plan.rules.goals import hue_of


@dataclass(slots=True)
class Branch:
    """A goal with what stands under it. `hue` (1 to 4 and on) is the rank of its top goal: it colours the thread.

    `also` are the actions that serve this goal without it being their main one.
    """

    goal: Goal
    hue: int
    children: list["Branch"] = field(default_factory=list)
    actions: list[ActionRow] = field(default_factory=list)
    also: list[ActionRow] = field(default_factory=list)

    def walk(self) -> Iterator["Branch"]:
        """This branch, then everything under it, in the order of the plan."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def all_actions(self) -> list[ActionRow]:
        """Every action of the branch, each once: main goals first win, so totals never count twice."""
        return [row for branch in self.walk() for row in branch.actions]


@dataclass(slots=True)
class Tree:
    branches: list[Branch]
    loose: list[ActionRow]

    def walk(self) -> Iterator[Branch]:
        for branch in self.branches:
            yield from branch.walk()

    @property
    def size(self) -> int:
        return len(self.loose) + sum(len(branch.actions) for branch in self.walk())


def tree_of(convention: Convention, rows: list[ActionRow] | None = None) -> Tree:
    """The whole plan in three queries (goals, actions, links). `loose` are actions without a goal."""
    rows = action_rows(convention) if rows is None else rows
    goals = list(
        Goal.objects.filter(territory_id=convention.territory_id, convention=convention).order_by(
            "depth", "position", "id"
        )
    )
    branches: dict[int, Branch] = {}
    tops: list[Branch] = []
    for goal in goals:
        parent = branches.get(goal.parent_id) if goal.parent_id else None
        branch = Branch(goal=goal, hue=parent.hue if parent else hue_of(len(tops)))
        branches[goal.pk] = branch
        (parent.children if parent else tops).append(branch)
    loose: list[ActionRow] = []
    for row in rows:
        home = branches.get(row.main_goal_id) if row.main_goal_id else None
        (home.actions if home else loose).append(row)
        for goal_id in row.other_goal_ids:
            branches[goal_id].also.append(row)
    return Tree(tops, loose)
