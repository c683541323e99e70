"""Whatever happens to a plan, in whatever order: no funding line is lost, no total breaks, no rule is forgotten.

A small account book is kept beside the plan, computed in another way; after each step the two must agree.
"""

import datetime as dt
import json
import uuid
from collections import defaultdict
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.amendments.models import PlanVersion
from maillage.amendments.operations import freeze_signed_version, open_amendment, sign_amendment
from maillage.exchange.operations.imports import load_import, read_import, undo_import
from maillage.exchange.tests.workbook.building import action as row_of_action
from maillage.exchange.tests.workbook.building import workbook
from maillage.journal.models import Entry
from maillage.people.spaces import today
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action, ActionGoal, BulkEdit, Funding, Milestone, PlanImport
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
from maillage.plan.operations.bulk import BulkChange, edit_many_actions, preview_of
from maillage.plan.operations.bulk_undo import undo_bulk_edit
from maillage.plan.operations.copying import copy_action
from maillage.plan.queries.actions import action_rows, money_of
from maillage.plan.queries.tree import tree_of
from maillage.plan.rules.bulk import Kind
from maillage.plan.tests.factories import ConventionFactory, OrganizationFactory
from maillage.plan.vocabulary import ActionState

pytestmark = pytest.mark.django_db

AMOUNTS = st.decimals(min_value=0, max_value=10**7, places=2)
STEP = st.tuples(st.integers(0, 14), st.integers(0, 50), st.integers(0, 50), AMOUNTS)


class Book:
    """The plan and, beside it, what it should hold: (action id, funding id) → unit and amounts."""

    def __init__(self) -> None:
        self.territory = TerritoryFactory()
        self.by = member(self.territory)
        self.convention = ConventionFactory(territory=self.territory)
        self.funders = [OrganizationFactory(territory=self.territory) for _ in range(2)]
        self.goals = [create_goal(self.convention, {"title": f"But {n}", "parent": None}, by=self.by) for n in range(3)]
        self.lines: dict[int, dict[int, tuple[str, Decimal, Decimal]]] = defaultdict(dict)
        self.signed: dict[int, str] = {}
        self.imported = 0

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
        elif kind == 10:
            self.change_many(BulkChange(Kind.GOAL, self.goals[b % 3]) if a % 2 else BulkChange(Kind.PRIORITY, "high"))
        elif kind == 11:
            for edit in BulkEdit.objects.filter(territory=self.territory, undone_at=None)[:1]:
                undo_bulk_edit(edit, by=self.by)
        elif kind == 12:
            self.lines[copy_action(action, self.convention, main_goal=self.goals[b % 3], by=self.by).pk] = {}
        elif kind == 13:
            self.sign()
        elif kind == 14:
            self.bring_in_or_take_back(amount)

    def change_many(self, change):
        ids = list(self.lines)
        digest = preview_of(self.convention, ids, change).digest
        edit_many_actions(self.convention, ids, change, digest=digest, key=uuid.uuid4(), by=self.by)

    def sign(self):
        """The first version, then an amendment a time; what was signed is written down."""
        if not self.signed:
            version = freeze_signed_version(self.convention, "Initiale", dt.date(2022, 12, 12), by=self.by)
        else:
            opened = open_amendment(self.convention, {"title": "Avenant", "reason": "Un motif"}, by=self.by)
            version = sign_amendment(opened, today(), without_all="Accords donnés en séance", by=self.by)
        self.signed[version.pk] = json.dumps(version.content, sort_keys=True)

    def bring_in_or_take_back(self, amount):
        """A workbook of one action and one funding line; the next time, it is taken back."""
        loaded = PlanImport.objects.filter(territory=self.territory, state=PlanImport.State.LOADED).first()
        if loaded:
            gone = set(loaded.actions.values_list("id", flat=True))
            undo_import(loaded, by=self.by)
            self.lines = defaultdict(dict, {pk: lines for pk, lines in self.lines.items() if pk not in gone})
            return
        self.imported += 1
        row = row_of_action(
            f"Venue d’un fichier {self.imported}", {"Financeur 1": "Caf", ("Montant € HT", 1): str(amount)}
        )
        found = load_import(read_import(self.convention, workbook(row), "plan.xlsx", by=self.by), by=self.by)
        added = found.actions.get()
        self.lines[added.pk][added.fundings.get().pk] = ("euro", amount, Decimal(0))

    def expected(self):
        sums: dict[str, list[Decimal]] = {}
        for lines in self.lines.values():
            for unit, planned, obtained in lines.values():
                total = sums.setdefault(str(unit), [Decimal(0), Decimal(0)])
                total[0] += planned
                total[1] += obtained
        return sums

    def check(self):
        nothing = Decimal(0)  # an amount that nobody wrote adds nothing
        totals = money_of(self.convention).items()
        found = {unit: [sums["planned"] or nothing, sums["obtained"] or nothing] for unit, sums in totals}
        assert found == self.expected()
        kept = set(Funding.objects.filter(action__convention=self.convention).values_list("action_id", "id"))
        assert kept == {(action, line) for action, lines in self.lines.items() for line in lines}
        rows = action_rows(self.convention)
        tree = tree_of(self.convention, rows)
        once = [row.id for branch in tree.branches for row in branch.all_actions] + [row.id for row in tree.loose]
        assert sorted(once) == sorted(self.lines), "an action is counted once, whatever the goals it serves"
        for pk, said in self.signed.items():
            version = PlanVersion.objects.get(pk=pk)
            assert json.dumps(version.content, sort_keys=True) == said, "what was signed never changes"
        mains = ActionGoal.objects.filter(action__convention=self.convention, is_main=True)
        assert mains.count() == len(self.lines)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
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
