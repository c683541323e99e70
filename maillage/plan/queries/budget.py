"""The money of a plan, line by line and summed: by year, by funder, by goal. Three queries, whatever the plan."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import FilteredRelation, Q

from maillage.plan.models import Convention, Funding, Goal
from maillage.plan.rules.goals import hue_of
from maillage.plan.rules.money import Total, excess, total, totals_by

#: More lines to look at than this are no list that one reads: the workbook holds them all.
SHOWN = 30


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A funding line with its action; `goal_id` is the main goal of the action, where it counts once."""

    id: int
    action_id: int
    number: str
    title: str
    is_example: bool
    funder_id: int
    funder: str
    year: int | None
    unit: str
    planned: Decimal | None
    obtained: Decimal | None
    spent: Decimal | None
    goal_id: int | None

    @property
    def excess(self) -> str:
        return excess(self.planned, self.obtained, self.spent)


@dataclass(frozen=True, slots=True)
class BudgetFilter:
    """What the address keeps: a year, a funder, a goal with all that is under it. What means nothing keeps all."""

    year: int | None = None
    funder: int | None = None
    goal: int | None = None

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> "BudgetFilter":
        return cls(*(_number(asked.get(name, "")) for name in ("annee", "financeur", "objectif")))

    @property
    def is_on(self) -> bool:
        return any((self.year, self.funder, self.goal))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@dataclass(frozen=True, slots=True)
class Share:
    """One row of a table: a name, what to put in the address to keep only it, the sums, bars in percent."""

    name: str
    key: int | None
    total: Total
    bars: tuple[float, float, float]
    number: str = ""
    hue: int = 0
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class UnitBudget:
    """The same three tables for one unit: euros, or working time in years of work."""

    unit: str
    total: Total
    by_year: list[Share]
    by_funder: list[Share]
    by_goal: list[Share]


@dataclass(frozen=True, slots=True)
class Budget:
    lines: list[BudgetLine]
    units: list[UnitBudget]
    doubtful: list[BudgetLine]
    years: list[int]
    funders: list[tuple[int, str]]
    goals: list[Goal]
    goal: Goal | None
    any_line: bool


def lines_of(convention: Convention) -> list[BudgetLine]:
    """Every funding line of the plan, in the order of the plan; one query."""
    rows = (
        Funding.objects.filter(action__convention=convention)
        .annotate(main=FilteredRelation("action__goal_links", condition=Q(action__goal_links__is_main=True)))
        .order_by("action__position", "action_id", "year", "id")
        .values_list(
            "id",
            "action_id",
            "action__number",
            "action__title",
            "action__is_example",
            "funder_id",
            "funder__name",
            "year",
            "unit",
            "planned",
            "obtained",
            "spent",
            "main__goal_id",
        )
    )
    return [BudgetLine(*row) for row in rows]


class Tree:
    """The goals of a plan as paths: to know under which of its children, or under which top, an action counts."""

    def __init__(self, convention: Convention) -> None:
        self.goals = list(Goal.objects.filter(convention=convention).order_by("depth", "position", "id"))
        self.by_id = {goal.pk: goal for goal in self.goals}
        tops = [goal for goal in self.goals if goal.parent_id is None]
        self.hues = {goal.pk: hue_of(rank) for rank, goal in enumerate(tops)}

    def path(self, goal_id: int | None) -> list[int]:
        """From the top goal down to this one."""
        path: list[int] = []
        while goal_id in self.by_id:
            path.insert(0, goal_id)
            goal_id = self.by_id[goal_id].parent_id
        return path

    def hue(self, goal_id: int) -> int:
        path = self.path(goal_id)
        return self.hues[path[0]] if path else 0


def budget_of(convention: Convention, asked: BudgetFilter) -> Budget:
    """The whole page: what the filter keeps, summed three ways, euros and working time apart."""
    everything, tree = lines_of(convention), Tree(convention)
    goal = tree.by_id.get(asked.goal) if asked.goal else None
    paths = {goal_id: tree.path(goal_id) for goal_id in {line.goal_id for line in everything}}
    lines = [
        line
        for line in everything
        if (asked.year is None or line.year == asked.year)
        and (asked.funder is None or line.funder_id == asked.funder)
        and (goal is None or goal.pk in paths[line.goal_id])
    ]
    depth = goal.depth if goal else 0

    def shown_goal(line: BudgetLine) -> int | None:
        """The child of the chosen goal under which the action counts, or that goal itself."""
        path = paths[line.goal_id]
        return path[min(depth, len(path) - 1)] if path else None

    return Budget(
        lines=lines,
        units=[
            _unit(unit, lines, shown_goal, tree)
            for unit in Funding.Unit.values
            if any(line.unit == unit for line in lines)
        ],
        doubtful=[line for line in lines if line.excess],
        years=sorted({line.year for line in everything if line.year}),
        funders=sorted({(line.funder_id, line.funder) for line in everything}, key=lambda pair: pair[1].casefold()),
        goals=tree.goals,
        goal=goal,
        any_line=bool(everything),
    )


def _unit(unit: str, lines: list[BudgetLine], shown_goal: Callable[[BudgetLine], int | None], tree: Tree) -> UnitBudget:
    names = {line.funder_id: line.funder for line in lines}
    years = totals_by(lines, unit, lambda line: line.year)
    funders = totals_by(lines, unit, lambda line: line.funder_id)
    goals = totals_by(lines, unit, shown_goal)
    order = {goal.pk: rank for rank, goal in enumerate(tree.goals)}
    return UnitBudget(
        unit=unit,
        total=total(lines, unit),
        by_year=[
            Share(str(year or "Sans année"), year, sums, bars)
            for year, sums, bars in _drawn(years, sorted(years, key=lambda year: (year is None, year or 0)))
        ],
        by_funder=[
            Share(names[funder], funder, sums, bars)
            for funder, sums, bars in _drawn(
                funders, sorted(funders, key=lambda key: (-funders[key].largest, names[key]))
            )
        ],
        by_goal=[
            _goal_share(tree, goal, sums, bars)
            for goal, sums, bars in _drawn(
                goals, sorted(goals, key=lambda key: order[key] if key in order else len(order))
            )
        ],
    )


def _goal_share(tree: Tree, goal_id: int | None, sums: Total, bars: tuple[float, float, float]) -> Share:
    if goal_id is None:
        return Share("Actions sans objectif", None, sums, bars)
    goal = tree.by_id[goal_id]
    return Share(goal.short_title or goal.title, goal.pk, sums, bars, goal.number, tree.hue(goal.pk), goal.is_example)


def _drawn(totals: dict[Any, Total], order: Iterable[Any]) -> list[tuple[Any, Total, tuple[float, float, float]]]:
    """Each key in order with its sums and its bars, on the scale of the largest of the table."""
    most = max((float(sums.largest) for sums in totals.values()), default=0) or 1.0

    def percents(sums: Total) -> tuple[float, float, float]:
        planned, obtained, spent = (
            round(97 * float(amount) / most, 1) for amount in (sums.planned, sums.obtained, sums.spent)
        )
        return planned, obtained, spent

    return [(key, totals[key], percents(totals[key])) for key in order]
