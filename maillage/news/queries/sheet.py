"""What one action asks of a person from outside: its current steps, two figures at most, nothing else of the plan."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maillage.news.models import NewsProposal
from maillage.news.rules import MOST_FIGURES, current_steps, oldest_first
from maillage.plan.models import Action, ActionIndicator, Funding, Goal, Milestone, Reading


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator with its last reading."""

    indicator: ActionIndicator
    latest: Reading | None

    @property
    def value(self) -> Decimal | None:
        return self.latest.value if self.latest else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`fundings` holds the lines of the year in euros; `several_lines` says whether their funder must be named."""

    action: Action
    milestones: list[Milestone]
    measures: list[Measure]
    funding: Funding | None
    several_lines: bool
    year: int


def sheet_of(action: Action, proposal: NewsProposal | None, on: dt.date) -> Sheet:
    """Three queries. What a proposal already names stays on the sheet, so that it can be corrected."""
    spent = {int(pk) for pk in proposal.spent} if proposal else set()
    read = {int(pk) for pk in proposal.readings} if proposal else set()
    done = [int(pk) for pk in proposal.milestones] if proposal else []
    lines = [
        line for line in action.fundings.select_related("funder")
        if line.unit == Funding.Unit.EURO and (line.year == on.year or line.pk in spent)
    ]  # fmt: skip
    funding = main_line(action, lines, spent)
    measures = measures_of([action]).get(action.pk, [])
    asked = [measure for measure in measures if measure.indicator.pk in read]
    open_to_all = [
        (measure, measure.latest.on if measure.latest else None)
        for measure in measures
        if measure not in asked and measure.indicator.kind != ActionIndicator.Kind.IMPACT
    ]
    room = max(MOST_FIGURES - (1 if funding else 0) - len(asked), 0)
    return Sheet(
        action=action,
        milestones=current_steps(action.milestones.all(), done, on),
        measures=asked + oldest_first(open_to_all, room),
        funding=funding,
        several_lines=len(lines) > 1,
        year=on.year,
    )


def main_line(action: Action, lines: Sequence[Funding], named: set[int]) -> Funding | None:
    """The one line to ask about: the one already named, that of the lead's own money, else the largest planned."""
    order = sorted(
        lines,
        key=lambda line: (
            line.pk not in named, line.funder_id != action.lead_organization_id, -(line.planned or Decimal(0)), line.pk,
        ),
    )  # fmt: skip
    return next(iter(order), None)


def measures_of(actions: Iterable[Action]) -> dict[int, list[Measure]]:
    """Action id → its indicators, each with its last reading; two queries."""
    indicators = list(ActionIndicator.objects.filter(action__in=actions).order_by("position", "id"))
    latest: dict[int, Reading] = {}
    for reading in Reading.objects.filter(indicator__in=indicators).order_by("on", "id"):
        latest[reading.indicator_id] = reading
    found: dict[int, list[Measure]] = {}
    for indicator in indicators:
        found.setdefault(indicator.action_id, []).append(Measure(indicator, latest.get(indicator.pk)))
    return found


def top_goal_of(action: Action) -> Goal | None:
    """The top goal that the action serves first: it gives the page its hue."""
    link = action.goal_links.filter(is_main=True).select_related("goal__parent__parent__parent__parent").first()
    goal = link.goal if link else None
    while goal and goal.parent:
        goal = goal.parent
    return goal
