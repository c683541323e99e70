"""In the national template: what came in goes out, comes in elsewhere, and goes out again with the same cells."""

import contextlib
import io

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from maillage.exchange.tests.out.comparing import cells, elsewhere, imported, national
from maillage.exchange.tests.out.generated import Maker
from maillage.exchange.tests.workbook.building import SHARED, needs_shared
from maillage.exchange.workbook.values import as_text
from maillage.plan.models import Convention
from tests.cast import load_world

pytestmark = pytest.mark.django_db
LOADED = ("nouveau-plan-valide.xlsx", "plan_with_sous_actions_valid.xlsx", "plan_column_order_issue.xlsx")


def texts(workbook):
    return {as_text(value).casefold() for value in cells(workbook).values()}


@needs_shared
@pytest.mark.parametrize("name", LOADED)
def test_a_real_workbook_comes_back_cell_by_cell(name):
    first = national(*imported(io.BytesIO((SHARED / name).read_bytes())))
    again = national(*imported(io.BytesIO(first)))
    assert cells(again) == cells(first)


def test_the_demo_comes_back_cell_by_cell():
    world = load_world()
    first = national(Convention.objects.get(territory=world.here), world.people["coordinator"])
    assert cells(national(*imported(io.BytesIO(first)))) == cells(first)


class Undone(Exception):
    """Leaves the transaction of one generated plan."""


@settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_any_plan_comes_back_cell_by_cell(data):
    with contextlib.suppress(Undone), transaction.atomic():
        convention, by = elsewhere()
        Maker(data.draw, convention).make()
        first = national(convention, by)
        again = cells(national(*imported(io.BytesIO(first))))
        assert again == cells(first)
        raise Undone
