"""Actions, one by one and in rows."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.http import Http404, HttpRequest

from maillage.access.may import require
from maillage.people.spaces import person, territory_for, today
from maillage.plan.models import Action, ActionGoal, Convention, Funding, Milestone
from maillage.plan.queries.conventions import remember_convention
from maillage.plan.rules.lateness import action_days_late
from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import Health


class ActionRow(NamedTuple):
    """What a list shows of an action. Dates are days; `days_late` counts from today; `next_title` may be empty."""

    id: int
    number: str
    title: str
    state: str
    health: str
    health_note: str
    lead: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    is_continuous: bool
    is_example: bool
    added_midway: bool
    next_title: str
    next_due_on: dt.date | None
    days_late: int
    main_goal_id: int | None
    other_goal_ids: tuple[int, ...]
    weight: int
    news_on: dt.date | None
    lead_id: int | None


#: In the order that `_row` reads them.
SHOWN = [
    "id", "number", "title", "state", "health", "health_note", "starts_on", "ends_on", "is_continuous", "is_example",
    "added_midway", "weight", "news_on", "lead_organization_id", "next_title", "next_due",
    "lead_name", "lead_short",
]  # fmt: skip


def actions_of(convention: Convention) -> QuerySet[Action]:
    """The actions of a convention in the order of the plan."""
    return Action.objects.filter(territory_id=convention.territory_id, convention=convention)


def action_rows(convention: Convention, **filters: Any) -> list[ActionRow]:
    """The rows of a plan (or of the part that `filters` keeps): two queries."""
    open_milestones = Milestone.objects.filter(action=OuterRef("pk"), done_on=None).order_by(
        F("due_on").asc(nulls_last=True), "position", "id"
    )
    actions = (
        actions_of(convention)
        .filter(**filters)
        .annotate(
            next_title=Subquery(open_milestones.values("title")[:1]),
            next_due=Subquery(open_milestones.values("due_on")[:1]),
            lead_name=F("lead_organization__name"),
            lead_short=F("lead_organization__short_name"),
        )
        .order_by("position", "id")
        .values_list(*SHOWN)
    )
    links = goal_links_of(convention)
    on = today()
    return [_row(values, links.get(values[0], []), on) for values in actions]


def remember_rows(convention: Convention, rows: list[ActionRow]) -> None:
    """Keeps the rows that a page has just read, for what else asks of them in this request."""
    convention.__dict__["_rows"] = rows


#: More blocked actions than this make no list that one reads.
MOST_BLOCKED = 50


class Blocked(NamedTuple):
    id: int
    title: str
    health_note: str
    is_example: bool


def blocked_in(convention: Convention) -> list[Blocked]:
    """The open actions that are blocked, in the order of the plan: no query where the page has read its rows."""
    rows: list[ActionRow] | None = convention.__dict__.get("_rows")
    if rows is not None:
        held = [row for row in rows if row.health == Health.BLOCKED and row.state not in ENDED]
        return [Blocked(row.id, row.title, row.health_note, row.is_example) for row in held[:MOST_BLOCKED]]
    found = actions_of(convention).filter(health=Health.BLOCKED).exclude(state__in=ENDED)
    return [Blocked(*row) for row in found.order_by("position", "id").values_list(*Blocked._fields)[:MOST_BLOCKED]]


def goal_links_of(convention: Convention) -> dict[int, list[tuple[int, bool]]]:
    """Action id → (goal id, is the main one); one query."""
    links: dict[int, list[tuple[int, bool]]] = {}
    rows = ActionGoal.objects.filter(action__convention=convention).values_list("action_id", "goal_id", "is_main")
    for action_id, goal_id, is_main in rows:
        links.setdefault(action_id, []).append((goal_id, is_main))
    return links


def _row(values: tuple[Any, ...], links: list[tuple[int, bool]], on: dt.date) -> ActionRow:
    (
        pk, number, title, state, health, health_note, starts_on, ends_on, is_continuous, is_example, added_midway,
        weight, news_on, lead_id, next_title, next_due, lead_name, lead_short,
    ) = values  # fmt: skip
    return ActionRow(
        id=pk,
        number=number,
        title=title,
        state=state,
        health=health,
        health_note=health_note,
        lead=lead_short or lead_name or "",
        starts_on=starts_on,
        ends_on=ends_on,
        is_continuous=is_continuous,
        is_example=is_example,
        added_midway=added_midway,
        next_title=next_title or "",
        next_due_on=next_due,
        days_late=action_days_late(state, ends_on, next_due, on),
        main_goal_id=next((goal for goal, is_main in links if is_main), None),
        other_goal_ids=tuple(goal for goal, is_main in links if not is_main),
        weight=weight,
        news_on=news_on,
        lead_id=lead_id,
    )


def action_for(request: HttpRequest, slug: str, pk: int, verb: str = "plan.view") -> Action:
    """The action of that address, for a person who may do `verb` to it; 404 for what is not hers."""
    territory = territory_for(request, slug)
    action = (
        Action.objects.select_related(
            "convention", "territory", "lead_organization", "lead_person__organization", "elected_referent"
        )
        .filter(territory=territory, pk=pk)
        .first()
    )
    if action is None:
        raise Http404("Cette action n’existe pas, ou elle a été supprimée.")
    require(person(request), verb, action)
    action.territory = territory
    remember_convention(territory, action.convention)
    return action


def money_of(convention: Convention, **filters: Any) -> dict[str, dict[str, Decimal | None]]:
    """Unit → planned, obtained, spent over the plan (or the lines that `filters` keeps), each once; one query.

    None where nobody wrote an amount: nothing known is not nothing.
    """
    rows = (
        Funding.objects.filter(action__convention=convention, **filters)
        .values("unit")
        .annotate(planned=Sum("planned"), obtained=Sum("obtained"), spent=Sum("spent"))
    )
    return {row["unit"]: {key: row[key] for key in ("planned", "obtained", "spent")} for row in rows}
