"""Everything that the page of one action shows, in a constant number of queries."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value

from maillage.plan.models import (
    Action,
    ActionGoal,
    ActionIndicator,
    ActionPartner,
    Funding,
    Goal,
    Milestone,
    Note,
    Reading,
    SubAction,
)
from maillage.plan.rules.indicators import REACH_WORDS, Reach, reach, share
from maillage.plan.rules.lateness import next_of
from maillage.plan.rules.money import Total, total, totals_by_year


class Label(NamedTuple):
    """A name attached to an action: `kind` is « theme », « public », « scheme » or the role of a partner.

    `link_id` is the id of the partner's link, to edit it; `subject_id` the id of what is named.
    """

    kind: str
    link_id: int
    subject_id: int
    text: str


@dataclass(frozen=True, slots=True)
class IndicatorReading:
    """An indicator with its readings, oldest first."""

    indicator: ActionIndicator
    readings: list[Reading]

    @property
    def latest(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    @property
    def value(self) -> Decimal | None:
        return self.latest.value if self.latest else None

    @property
    def reach(self) -> Reach:
        return reach(self.indicator.baseline, self.value, self.indicator.target)

    @property
    def reach_words(self) -> str:
        return REACH_WORDS[self.reach]

    @property
    def share(self) -> float | None:
        return share(self.indicator.baseline, self.value, self.indicator.target)

    @property
    def place(self) -> float:
        """Where today stands on a drawing 80 wide, from the start (6) to the target (74)."""
        return round(6 + 68 * (self.share or 0), 1)


@dataclass(frozen=True, slots=True)
class ActionPage:
    action: Action
    goal_links: list[ActionGoal]
    milestones: list[Milestone]
    sub_actions: list[SubAction]
    labels: list[Label]
    fundings: list[Funding]
    indicators: list[IndicatorReading]
    notes: list[Note]

    def labelled(self, *kinds: str) -> list[Label]:
        return [label for label in self.labels if label.kind in kinds]

    @property
    def themes(self) -> list[Label]:
        return self.labelled("theme")

    @property
    def publics(self) -> list[Label]:
        return self.labelled("public")

    @property
    def schemes(self) -> list[Label]:
        return self.labelled("scheme")

    @property
    def partners(self) -> list[Label]:
        return self.labelled(*ActionPartner.Role.values)

    @property
    def main_goal(self) -> Goal | None:
        return next((link.goal for link in self.goal_links if link.is_main), None)

    @property
    def ancestors(self) -> list[Goal]:
        """From the top goal down to the main one; no further query."""
        path: list[Goal] = []
        goal = self.main_goal
        while goal:
            path.insert(0, goal)
            goal = goal.parent
        return path

    @property
    def other_goals(self) -> list[Goal]:
        return [link.goal for link in self.goal_links if not link.is_main]

    @property
    def next_milestone(self) -> Milestone | None:
        return next_of(self.milestones)

    @property
    def milestones_done(self) -> int:
        return sum(1 for milestone in self.milestones if milestone.done_on)

    @property
    def euros_by_year(self) -> dict[int | None, Total]:
        return totals_by_year(self.fundings, Funding.Unit.EURO)

    @property
    def euros(self) -> Total:
        return total(self.fundings, Funding.Unit.EURO)

    @property
    def bars(self) -> dict[int | None, tuple[float, float, float]]:
        """Year → widths in percent of planned, obtained and spent, on the scale of the largest year."""
        years = self.euros_by_year
        most = max((float(sum_.largest) for sum_ in years.values()), default=0) or 1.0
        return {
            year: tuple(round(97 * float(amount) / most, 1) for amount in (sum_.planned, sum_.obtained, sum_.spent))  # type: ignore[misc]
            for year, sum_ in years.items()
        }

    @property
    def result(self) -> IndicatorReading | None:
        """What the action gave so far: the first measured outcome, else output; an impact is never claimed here."""
        measured = [
            item for item in self.indicators if item.latest and item.indicator.kind != ActionIndicator.Kind.IMPACT
        ]
        return next(iter(sorted(measured, key=lambda item: item.indicator.kind != ActionIndicator.Kind.OUTCOME)), None)

    @property
    def has_impact(self) -> bool:
        return any(item.indicator.kind == ActionIndicator.Kind.IMPACT for item in self.indicators)

    @property
    def fte(self) -> Total:
        return total(self.fundings, Funding.Unit.FTE)


def action_page(action: Action, *, team: bool = False) -> ActionPage:
    """Six queries, whatever the action holds. The notes of the `team` are for the team."""
    up = "goal__parent__parent__parent__parent"
    milestones, sub_actions = _steps_of(action)
    return ActionPage(
        action=action,
        goal_links=list(action.goal_links.select_related(up).order_by("-is_main", "goal__number", "id")),
        milestones=milestones,
        sub_actions=sub_actions,
        labels=_labels_of(action),
        fundings=list(action.fundings.select_related("funder")),
        indicators=_indicators_of(action),
        notes=list(notes_for(action.notes.select_related("author"), team=team)),
    )


def notes_for(notes: QuerySet[Note], *, team: bool) -> QuerySet[Note]:
    """Those of these notes that a reader may see: the team all of them, the others what was shared."""
    return notes if team else notes.exclude(audience=Note.Audience.TEAM)


def _steps_of(action: Action) -> tuple[list[Milestone], list[SubAction]]:
    """Milestones and parts of the action, in their order, in one union."""

    def no(field: Any) -> Value:
        return Value(None, output_field=field)

    words = Value("", output_field=CharField())
    points = action.milestones.order_by().values_list(
        Value("milestone", output_field=CharField()), "position", "id", "title", "owner", "due_on", "done_on",
        words, words, "depends_on_id",
    )  # fmt: skip
    parts = action.sub_actions.order_by().values_list(
        Value("part", output_field=CharField()), "position", "id", "title", "lead", "starts_on", "ends_on",
        "description", "state", no(BigIntegerField()),
    )  # fmt: skip
    milestones: list[Milestone] = []
    sub_actions: list[SubAction] = []
    for kind, position, pk, title, who, first, last, text, state, after in sorted(
        points.union(parts, all=True), key=lambda row: row[1:3]
    ):
        shared = {"id": pk, "action": action, "position": position, "title": title}
        if kind == "milestone":
            milestones.append(Milestone(**shared, owner=who, due_on=first, done_on=last, depends_on_id=after))
        else:
            named = {"lead": who, "starts_on": first, "ends_on": last, "description": text, "state": state}
            sub_actions.append(SubAction(**shared, **named))
    return milestones, sub_actions


def _labels_of(action: Action) -> list[Label]:
    """Themes, publics, schemes and partners in one union: four short lists are not worth four trips."""

    def kind(word: str) -> Value:
        return Value(word, output_field=CharField())

    def named(through: str, word: str) -> Any:
        manager = getattr(Action, through).through.objects.filter(action=action)
        target = {"themes": "theme", "publics": "targetpublic", "schemes": "scheme"}[through]
        return manager.values_list(kind(word), "id", f"{target}_id", f"{target}__name")

    partners = ActionPartner.objects.filter(action=action).values_list(
        "role", "id", "organization_id", "organization__name"
    )
    rows = partners.union(named("themes", "theme"), named("publics", "public"), named("schemes", "scheme"), all=True)
    return sorted((Label(*row) for row in rows), key=lambda label: (label.kind, label.text))


def _indicators_of(action: Action) -> list[IndicatorReading]:
    """Indicators and readings in one left join."""
    found: dict[int, IndicatorReading] = {}
    rows = action.indicators.annotate(
        reading_id=F("readings__id"), reading_on=F("readings__on"), reading_value=F("readings__value"),
        reading_comment=F("readings__comment"),
    ).order_by("position", "id", "readings__on")  # fmt: skip
    for row in rows:
        pair = found.setdefault(row.pk, IndicatorReading(row, []))
        if row.reading_id:
            pair.readings.append(
                Reading(
                    id=row.reading_id,
                    indicator=pair.indicator,
                    on=row.reading_on,
                    value=row.reading_value,
                    comment=row.reading_comment,
                )
            )
    return list(found.values())
