"""The budget: every line once, euros and working time apart, and sums that another way of adding gives again."""

import io
from collections import Counter
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from maillage.plan.models import ActionGoal, Funding
from maillage.plan.queries.budget import BudgetFilter, BudgetLine, budget_of
from maillage.plan.rules.money import excess, total, totals_by, totals_by_year
from maillage.plan.tests.factories import ActionFactory, GoalFactory, OrganizationFactory

D = Decimal
amounts = st.none() | st.decimals(0, 10**6, places=2)
lines = st.lists(
    st.builds(
        BudgetLine, id=st.integers(), action_id=st.integers(1, 9), number=st.just(""), title=st.just(""),
        is_example=st.just(False), funder_id=st.integers(1, 4), funder=st.just(""),
        year=st.none() | st.integers(2022, 2026), unit=st.sampled_from(["euro", "fte"]), planned=amounts,
        obtained=amounts, spent=amounts, goal_id=st.none() | st.integers(1, 5),
    ),
    max_size=40,
)  # fmt: skip


@given(lines)
def test_every_way_of_sorting_the_lines_gives_the_same_total(found):
    for unit in ("euro", "fte"):
        for field in ("planned", "obtained", "spent"):
            # The second way: cents, by column, without the rules.
            cents = sum(int((getattr(line, field) or 0) * 100) for line in found if line.unit == unit)
            assert getattr(total(found, unit), field) * 100 == cents
            for key in ("year", "funder_id", "goal_id", "action_id"):
                sums = totals_by(found, unit, lambda line, key=key: getattr(line, key))
                assert sum(getattr(part, field) for part in sums.values()) * 100 == cents


@given(lines)
def test_what_remains_is_what_was_planned_less_what_was_spent(found):
    for unit in ("euro", "fte"):
        sums = total(found, unit)
        assert sums.to_obtain + sums.to_spend == sums.planned - sums.spent
        assert list(totals_by_year(found, unit)) == sorted(
            {line.year for line in found if line.unit == unit}, key=lambda year: (year is None, year or 0)
        )


@pytest.mark.parametrize(
    ("planned", "obtained", "spent", "words"),
    [
        (D(10), D(10), D(10), ""),
        (D(10), D(11), D(5), "obtenu au-delà du prévu"),
        (D(10), D(8), D(9), "dépensé au-delà de l’obtenu"),
        (None, D(8), None, ""),
        (D(0), D(8), None, "obtenu au-delà du prévu"),
        (D(10), None, D(4), ""),
    ],
)
def test_a_line_that_does_not_add_up_says_where(planned, obtained, spent, words):
    assert excess(planned, obtained, spent) == words


@pytest.mark.parametrize("typed", ["", "abc", "-1", "1e9", "９", "99999999999"])
def test_a_filter_that_means_nothing_keeps_everything(typed):
    assert not BudgetFilter.read({"annee": typed, "financeur": typed}).is_on


@pytest.fixture
def money(convention):
    """Two tops; an action under both; euros and working time; a goal under the first top."""
    first = GoalFactory(convention=convention, number="1", position=1)
    second = GoalFactory(convention=convention, number="2", position=2)
    under = GoalFactory(convention=convention, number="1.1", parent=first, depth=2, kind="objective")
    caf = OrganizationFactory(territory=convention.territory, name="Caf")
    shared, other = ActionFactory(convention=convention), ActionFactory(convention=convention)
    ActionGoal.objects.create(action=shared, goal=under, is_main=True)
    ActionGoal.objects.create(action=shared, goal=second)
    ActionGoal.objects.create(action=other, goal=second, is_main=True)
    Funding.objects.create(action=shared, funder=caf, year=2025, planned=D(100), obtained=D(120), spent=D(10))
    Funding.objects.create(action=shared, funder=caf, unit="fte", planned=D("0.5"))
    Funding.objects.create(action=other, funder=caf, year=2026, planned=D(50))
    return {"first": first, "second": second, "under": under, "shared": shared, "caf": caf}


@pytest.mark.django_db
def test_an_action_under_several_goals_counts_once_under_its_main_one(convention, money):
    euros, fte = budget_of(convention, BudgetFilter()).units
    assert {share.key: share.total.planned for share in euros.by_goal} == {
        money["first"].pk: D(100), money["second"].pk: D(50)
    }  # fmt: skip
    assert (euros.total.planned, fte.total.planned) == (D(150), D("0.5"))
    in_database = Counter()
    for unit, planned in Funding.objects.values_list("unit", "planned"):
        in_database[unit] += planned
    assert in_database == {"euro": euros.total.planned, "fte": fte.total.planned}


@pytest.mark.django_db
def test_a_chosen_goal_opens_on_what_is_under_it(convention, money):
    found = budget_of(convention, BudgetFilter(goal=money["first"].pk))
    assert [share.key for share in found.units[0].by_goal] == [money["under"].pk]
    found = budget_of(convention, BudgetFilter(goal=money["under"].pk, year=2025))
    assert [share.key for share in found.units[0].by_goal] == [money["under"].pk]
    assert [line.excess for line in found.doubtful] == ["obtenu au-delà du prévu"]


@pytest.mark.django_db
def test_the_page_and_the_files_say_the_same(convention, money, coordinator, client):
    client.force_login(coordinator)
    slug = convention.territory.slug
    page = client.get(reverse("budget", args=[slug]), {"annee": "2025"}).content.decode()
    assert "20\u202f€ de trop" in page and "À vérifier" in page
    given = client.get(reverse("budget_workbook", args=[slug]))
    book = openpyxl.load_workbook(io.BytesIO(given.content))
    assert book.sheetnames[:3] == ["Par année, euros", "Par financeur, euros", "Par objectif, euros"]
    assert [cell.value for cell in book["Par année, euros"][4]] == ["Total", 150, 120, 10, 30, 110]
    text = client.get(reverse("budget_lines", args=[slug]), {"annee": "2026"}).content.decode("utf-8-sig")
    assert [row.split(";")[3:6] for row in text.splitlines()[1:]] == [["2026", "euros", "50,00"]]
