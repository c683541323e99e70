"""What one organisation carries: its actions with their next steps, what it promised, what it pays."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from maillage.plan.models import Action, ActionPartner, Commitment, Convention, Funding, Milestone
from maillage.plan.queries.actions import ActionRow, action_rows
from maillage.plan.queries.tree import tree_of
from maillage.plan.rules.states import ENDED

#: Next steps shown of one action.
NEXT_STEPS = 2


@dataclass(frozen=True, slots=True)
class Mine:
    """`hues` maps action id → the hue of its top goal; `open_rows` come most pressing first."""

    organization_ids: set[int]
    open_rows: list[ActionRow]
    ended: list[ActionRow]
    hues: dict[int, int]

    @property
    def late(self) -> int:
        return sum(1 for row in self.open_rows if row.days_late)


def carried_by(organization_ids: Iterable[int]) -> QuerySet[Action]:
    """The actions that these organisations lead or put into practice."""
    puts_into_practice = ActionPartner.objects.filter(
        action=OuterRef("pk"), organization__in=organization_ids, role=ActionPartner.Role.OPERATIONAL
    )
    return Action.objects.filter(Q(lead_organization__in=organization_ids) | Exists(puts_into_practice))


def mine_of(convention: Convention, organization_ids: set[int]) -> Mine:
    """Three queries, whatever is carried."""
    rows = action_rows(convention, id__in=carried_by(organization_ids).values("pk")) if organization_ids else []
    hues = {row.id: branch.hue for branch in tree_of(convention, rows).walk() for row in branch.actions}
    open_rows = [row for row in rows if row.state not in ENDED]
    open_rows.sort(key=lambda row: (-row.days_late, row.next_due_on or row.ends_on or dt.date.max))
    return Mine(organization_ids, open_rows, [row for row in rows if row.state in ENDED], hues)


def next_steps(rows: Iterable[ActionRow]) -> dict[int, list[Milestone]]:
    """Action id → its open milestones, the nearest first, two at most; one query."""
    found: dict[int, list[Milestone]] = {}
    steps = Milestone.objects.filter(action__in=[row.id for row in rows], done_on=None)
    for step in steps.order_by(F("due_on").asc(nulls_last=True), "position", "id"):
        if len(known := found.setdefault(step.action_id, [])) < NEXT_STEPS:
            known.append(step)
    return found


def promises_of(convention: Convention, organization_ids: set[int]) -> list[Commitment]:
    """What they promised, what is not kept yet first; one query."""
    rows = Commitment.objects.filter(signatory__convention=convention, signatory__organization__in=organization_ids)
    return list(rows.order_by(F("kept_on").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "id"))


class FundingLine(NamedTuple):
    """What one funder brings to one action in one year, in euros or in working time."""

    action_id: int
    number: str
    title: str
    is_example: bool
    year: int | None
    unit: str
    planned: Decimal | None
    obtained: Decimal | None
    spent: Decimal | None


def lines_of(convention: Convention, organization_ids: set[int]) -> list[FundingLine]:
    """Every funding line that they bring, the latest year first; one query."""
    rows = Funding.objects.filter(action__convention=convention, funder__in=organization_ids)
    return [
        FundingLine(*row)
        for row in rows.order_by(F("year").desc(nulls_last=True), "action__position", "id").values_list(
            "action_id", "action__number", "action__title", "action__is_example", "year", "unit", "planned", "obtained",
            "spent",
        )
    ]  # fmt: skip


def sums_of(lines: Iterable[FundingLine]) -> dict[str, dict[str, Decimal | None]]:
    """Unit → planned, obtained, spent; None where nobody wrote an amount. No query."""
    sums: dict[str, dict[str, Decimal | None]] = {}
    for line in lines:
        known = sums.setdefault(line.unit, dict.fromkeys(("planned", "obtained", "spent")))
        for key in known:
            if (amount := getattr(line, key)) is not None:
                known[key] = (known[key] or Decimal(0)) + amount
    return sums
