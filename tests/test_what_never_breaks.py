"""Whatever happens to a plan, in whatever order: no funding line is lost, no total breaks, no rule is forgotten.

A small account book is kept beside the plan, computed in another way; after each step the two must agree.
"""

from collections import defaultdict
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.journal.models import Entry
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action, ActionGoal, Funding, Milestone
from maillage.plan.operations import (
    ANSWERS,
    add_part,
    change_state,
    create_action,
    create_goal,
    delete_action,
    edit_part,
    give_news,
    move_action,
    remove_part,
)
from maillage.plan.queries.actions import action_rows, money_of
from maillage.plan.queries.tree import tree_of
from maillage.plan.tests.factories import ConventionFactory, OrganizationFactory
from maillage.plan.vocabulary import ActionState

pytestmark = pytest.mark.django_db

AMOUNTS = st.decimals(min_value=0, max_value=10**7, places=2)
STEP = st.tuples(st.integers(0, 9), st.integers(0, 50), st.integers(0, 50), AMOUNTS)


class Book:
    """The plan and, beside it, what it should hold: (action id, funding id) → unit and amounts."""

    def __init__(self) -> None:
        self.territory = TerritoryFactory()
        self.by = member(self.territory)
        self.convention = ConventionFactory(territory=self.territory)
        self.funders = [OrganizationFactory(territory=self.territory) for _ in range(2)]
        self.goals = [create_goal(self.convention, {"title": f"But {n}", "parent": None}, by=self.by) for n in range(3)]
        self.lines: dict[int, dict[int, tuple[str, Decimal, Decimal]]] = defaultdict(dict)

    def action(self, n):
        found = list(Action.objects.filter(convention=self.convention).order_by("id"))
        return found[n % len(found)] if found else None

    def step(self, kind, a, b, amount):
        """One act of a person; a refusal changes nothing."""
        action = self.action(a)
        if kind == 0 or action is None:
            goal = self.goals[b % 3]
            created = create_action(self.convention, {"title": f"Action {a}"}, main_goal=goal, by=self.by)
            self.lines[created.pk] = {}
            return
        lines = list(action.fundings.order_by("id"))
        line = lines[b % len(lines)] if lines else None
        if kind in {1, 2}:
            unit = Funding.Unit.FTE if b % 3 == 0 else Funding.Unit.EURO
            data = {
                "funder": self.funders[b % 2],
                "year": 2026,
                "unit": unit,
                "planned": amount,
                "obtained": amount / 2,
            }
            data["obtained"] = round(data["obtained"], 2)
            added = add_part(Funding, action, data, by=self.by)
            self.lines[action.pk][added.pk] = (unit, data["planned"], data["obtained"])
        elif kind == 3 and line:
            edit_part(line, {"planned": amount}, by=self.by)
            unit, _planned, obtained = self.lines[action.pk][line.pk]
            self.lines[action.pk][line.pk] = (unit, amount, obtained)
        elif kind == 4 and line:
            remove_part(line, by=self.by)
            del self.lines[action.pk][line.pk]
        elif kind == 5:
            move_action(action, self.goals[a % 3], [self.goals[b % 3]], by=self.by)
        elif kind == 6:
            change_state(action, list(ActionState)[b % 5], by=self.by, reason="Un motif" if b % 2 else "")
        elif kind == 7:
            give_news(action, list(ANSWERS)[b % 4], "Une phrase" if b % 2 else "", by=self.by)
        elif kind == 8:
            add_part(Milestone, action, {"title": "Étape"}, by=self.by)
        elif kind == 9 and b % 4 == 0:
            delete_action(action, by=self.by)
            del self.lines[action.pk]

    def expected(self):
        sums: dict[str, list[Decimal]] = {}
        for lines in self.lines.values():
            for unit, planned, obtained in lines.values():
                total = sums.setdefault(str(unit), [Decimal(0), Decimal(0)])
                total[0] += planned
                total[1] += obtained
        return sums

    def check(self):
        found = {unit: [sums["planned"], sums["obtained"]] for unit, sums in money_of(self.convention).items()}
        assert found == self.expected()
        kept = set(Funding.objects.filter(action__convention=self.convention).values_list("action_id", "id"))
        assert kept == {(action, line) for action, lines in self.lines.items() for line in lines}
        rows = action_rows(self.convention)
        tree = tree_of(self.convention, rows)
        once = [row.id for branch in tree.branches for row in branch.all_actions] + [row.id for row in tree.loose]
        assert sorted(once) == sorted(self.lines), "an action is counted once, whatever the goals it serves"
        mains = ActionGoal.objects.filter(action__convention=self.convention, is_main=True)
        assert mains.count() == len(self.lines)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(STEP, min_size=4, max_size=14))
def test_no_sequence_of_acts_loses_a_funding_line_or_breaks_a_total(steps):
    with transaction.atomic():
        book = Book()
        for kind, a, b, amount in steps:
            before = Entry.objects.count()
            try:
                with transaction.atomic():
                    book.step(kind, a, b, amount)
            except ValidationError:
                assert Entry.objects.count() == before, "a refusal leaves no trace in the journal"
            book.check()
        transaction.set_rollback(True)
