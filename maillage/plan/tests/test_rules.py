"""The rules of a plan as tables: no database."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from maillage.plan.rules.goals import check_depth, check_parent, next_number
from maillage.plan.rules.indicators import Reach, reach, share
from maillage.plan.rules.lateness import action_days_late, days_late, next_of
from maillage.plan.rules.money import check_amounts, total, totals_by_year
from maillage.plan.rules.progress import standing, summary
from maillage.plan.rules.states import TRANSITIONS, check_transition, needs_reason
from maillage.plan.rules.tracks import percent, track
from maillage.plan.vocabulary import ActionState, Health

TODAY = dt.date(2026, 11, 24)
D = Decimal


@pytest.mark.parametrize("before", ActionState)
@pytest.mark.parametrize("after", ActionState)
def test_every_move_is_either_allowed_or_refused_with_what_is_possible(before, after):
    if after in TRANSITIONS[before]:
        check_transition(before, after, "parce que")
    else:
        with pytest.raises(ValidationError, match="Possible"):
            check_transition(before, after, "parce que")


@pytest.mark.parametrize(
    ("before", "after", "owed"),
    [
        (ActionState.TO_COME, ActionState.ONGOING, False),
        (ActionState.ONGOING, ActionState.DONE, False),
        (ActionState.ONGOING, ActionState.PAUSED, True),
        (ActionState.ONGOING, ActionState.ABANDONED, True),
        (ActionState.DONE, ActionState.ONGOING, True),
        (ActionState.ABANDONED, ActionState.TO_COME, True),
    ],
)
def test_stopping_and_taking_up_again_owe_a_reason(before, after, owed):
    assert needs_reason(before, after) is owed
    if owed:
        with pytest.raises(ValidationError, match="pourquoi"):
            check_transition(before, after, "  ")
    else:
        check_transition(before, after, "")


@pytest.mark.parametrize(
    ("due", "done", "days"),
    [
        (None, None, 0),
        (dt.date(2026, 11, 24), None, 0),
        (dt.date(2026, 11, 23), None, 1),
        (dt.date(2026, 9, 30), None, 55),
        (dt.date(2026, 9, 30), dt.date(2026, 12, 1), 0),
        (dt.date(2027, 1, 1), None, 0),
    ],
)
def test_days_late_count_from_the_day_after(due, done, days):
    assert days_late(due, done, TODAY) == days


@pytest.mark.parametrize(
    ("state", "ends", "due", "days"),
    [
        ("ongoing", None, dt.date(2026, 10, 31), 24),
        ("ongoing", dt.date(2026, 11, 14), dt.date(2026, 10, 31), 24),
        ("done", dt.date(2020, 1, 1), dt.date(2020, 1, 1), 0),
        ("abandoned", dt.date(2020, 1, 1), None, 0),
        ("to_come", dt.date(2026, 12, 31), None, 0),
    ],
)
def test_an_action_is_late_by_its_oldest_open_deadline_and_never_once_ended(state, ends, due, days):
    assert action_days_late(state, ends, due, TODAY) == days


@dataclass
class Row:
    due_on: dt.date | None
    done_on: dt.date | None = None


def test_the_next_row_is_the_earliest_open_one_and_undated_comes_last():
    undated, early, done = Row(None), Row(TODAY), Row(dt.date(2020, 1, 1), TODAY)
    assert next_of([undated, early, done]) is early
    assert next_of([undated, done]) is undated
    assert next_of([done]) is None


@pytest.mark.parametrize(
    ("baseline", "latest", "target", "expected"),
    [
        (D(0), D(4), D(6), Reach.ON_THE_WAY),
        (D(0), D(6), D(6), Reach.REACHED),
        (D(0), D(0), D(6), Reach.STILL),
        (D("2.93"), D("2.89"), D("3.44"), Reach.AWAY),
        (D(100), D(80), D(50), Reach.ON_THE_WAY),
        (D(100), D(40), D(50), Reach.REACHED),
        (D(100), D(120), D(50), Reach.AWAY),
        (D(0), None, D(6), Reach.NO_READING),
        (D(0), D(1), None, Reach.NO_TARGET),
        (None, D(5), D(6), Reach.ON_THE_WAY),
        (None, D(7), D(6), Reach.REACHED),
        (D(74), D(74), D(74), Reach.REACHED),
    ],
)
def test_reading_an_indicator(baseline, latest, target, expected):
    assert reach(baseline, latest, target) is expected


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_the_share_of_the_way_stays_between_nothing_and_all(baseline, latest, target):
    part = share(baseline, latest, target)
    assert part is None if baseline == target else 0 <= part <= 1


@dataclass
class Line:
    unit: str
    year: int | None
    planned: Decimal | None = None
    obtained: Decimal | None = None
    spent: Decimal | None = None


def test_euros_and_working_time_are_never_added_together():
    lines = [Line("euro", 2026, D(100), D(50)), Line("fte", 2026, D("0.5")), Line("euro", None, D(7))]
    assert total(lines, "euro").planned == 107
    assert total(lines, "fte").planned == D("0.5")
    assert list(totals_by_year(lines, "euro")) == [2026, None]


amounts = st.one_of(st.none(), st.decimals(0, 10**6, places=2))
lines = st.lists(
    st.builds(Line, st.sampled_from(["euro", "fte"]), st.sampled_from([None, 2024, 2025]), amounts, amounts, amounts)
)


@given(lines)
def test_the_years_add_up_to_the_total(given_lines):
    years = totals_by_year(given_lines, "euro").values()
    whole = total(given_lines, "euro")
    assert sum((year.planned for year in years), D(0)) == whole.planned
    assert sum((year.spent for year in years), D(0)) == whole.spent


@pytest.mark.parametrize(
    ("planned", "obtained", "spent", "field"),
    [
        (None, None, None, "planned"),
        (D(-1), None, None, "planned"),
        (D(1), D(-1), None, "obtained"),
        (D(1), None, D(-1), "spent"),
    ],
)
def test_amounts_that_make_no_sense_are_refused_beside_their_field(planned, obtained, spent, field):
    with pytest.raises(ValidationError) as refusal:
        check_amounts(planned, obtained, spent)
    assert field in refusal.value.error_dict


@pytest.mark.parametrize(
    ("parent", "siblings", "number"),
    [("", [], "1"), ("", ["1", "2"], "3"), ("1", ["1.1", "1.4"], "1.5"), ("2", ["hors plan"], "2.1"), ("", ["A"], "1")],
)
def test_the_next_number_follows_the_last_sibling(parent, siblings, number):
    assert next_number(parent, siblings) == number


def test_a_goal_cannot_stand_under_itself_nor_deeper_than_the_named_levels():
    parents = {1: None, 2: 1, 3: 2}
    check_parent(3, 1, parents)
    with pytest.raises(ValidationError):
        check_parent(1, 3, parents)
    check_depth(2, 2)
    with pytest.raises(ValidationError):
        check_depth(3, 2)


@dataclass
class Standing:
    state: str
    health: str = Health.GOOD
    days_late: int = 0


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (Standing("ongoing"), "ongoing"),
        (Standing("ongoing", days_late=3), "late"),
        (Standing("ongoing", Health.BLOCKED, 3), "blocked"),
        (Standing("done", Health.BLOCKED, 3), "done"),
        (Standing("ongoing", Health.WATCH), "ongoing"),
    ],
)
def test_an_action_is_counted_under_one_word(row, word):
    assert standing(row) == word


def test_a_summary_agrees_in_french():
    assert summary([Standing("done"), Standing("done"), Standing("ongoing", days_late=1)]) == "2 réalisées, 1 en retard"
    assert summary([]) == "aucune action"


FIRST, LAST = dt.date(2022, 1, 1), dt.date(2026, 12, 31)


@given(st.sampled_from(list(ActionState)), st.dates(FIRST, LAST), st.dates(FIRST, LAST), st.integers(0, 400))
def test_a_thread_never_leaves_the_drawing_and_runs_forward(state, start, end, late):
    start, end = min(start, end), max(start, end)
    found = track(state, start, end, late, FIRST, LAST, TODAY)
    assert found is not None
    assert 0 < found.start <= found.end < 100
    assert found.start <= found.now <= found.end
    assert found.kind == "done" if state == ActionState.DONE else True


def test_places_are_percents_of_the_convention():
    assert percent(FIRST, FIRST, LAST) == 1.5
    assert percent(dt.date(2024, 7, 2), FIRST, LAST) == pytest.approx(50, abs=0.1)
