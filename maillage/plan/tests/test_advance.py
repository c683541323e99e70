"""The three ways of telling how far a goal has come, as tables: no database."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.plan.rules.advance import Measure, advance, measured
from maillage.plan.rules.money import bars
from maillage.plan.rules.silence import months_before, silent_since
from maillage.plan.vocabulary import ActionState, Health

TODAY = dt.date(2026, 11, 25)


@dataclass
class Row:
    id: int
    state: str = "ongoing"
    weight: int = 1
    health: str = "good"


def rows(*states, weights=()):
    return [Row(number, state, weights[number] if weights else 1) for number, state in enumerate(states)]


@pytest.mark.parametrize(
    ("given_rows", "share", "words"),
    [
        ([], None, "Non évaluable : aucune action"),
        (rows("abandoned"), None, "Non évaluable : 1 abandonnée hors du compte"),
        (rows("ongoing"), 0, "0 action réalisée sur 1"),
        (rows("done"), 100, "1 action réalisée sur 1"),
        (rows("done", "done", "to_come", "paused"), 50, "2 actions réalisées sur 4"),
        (rows("done", "ongoing", weights=(3, 1)), 75, "1 action réalisée sur 2, pondérées"),
        (rows("done", "ongoing", weights=(5, 5)), 50, "1 action réalisée sur 2"),
        (rows("done", "abandoned", weights=(1, 9)), 100, "1 action réalisée sur 1 ; 1 abandonnée hors du compte"),
    ],
)
def test_the_share_done_says_where_it_comes_from(given_rows, share, words):
    done = advance(given_rows, {}).done
    assert (done.share, done.words.replace("\xa0", " ")) == (share, words)


HALF = Measure("output", D(0), D(5), D(10))
REACHED = Measure("outcome", D(0), D(12), D(10))
AWAY = Measure("outcome", D(10), D(12), D(0))
NO_READING = Measure("output", D(0), None, D(10))
NO_TARGET = Measure("output", D(0), D(3), None)
IMPACT = Measure("impact", D(0), D(10), D(10))


@pytest.mark.parametrize(
    ("measures", "share", "words"),
    [
        ([], None, "Non évaluable : aucun indicateur"),
        ([NO_READING, NO_TARGET], None, "Non évaluable : 2 indicateurs sans départ, relevé ou cible"),
        ([IMPACT], None, "Non évaluable : aucun indicateur ; 1 d’impact, à part"),
        ([HALF], 50, "du chemin, un indicateur"),
        ([HALF, REACHED, IMPACT], 75, "du chemin, moyenne de 2 indicateurs, 1 atteint ; 1 d’impact, à part"),
        ([HALF, AWAY, NO_READING], 25, "du chemin, moyenne de 2 indicateurs ; 1 non évaluable"),
    ],
)
def test_indicators_are_averaged_without_impact_and_the_unknown_are_said(measures, share, words):
    found = measured(measures)
    assert (found.share, found.words.replace("\xa0", " ")) == (share, words)


def test_the_indicators_of_an_abandoned_action_leave_the_account_with_it():
    assert advance(rows("abandoned", "ongoing"), {0: [REACHED], 1: [HALF]}).measured.share == 50


@pytest.mark.parametrize(
    ("given_rows", "words"),
    [
        ([Row(1, "done", health="blocked")], "Non évaluable : aucune action ouverte"),
        ([Row(1), Row(2, health="watch"), Row(3, health="blocked"), Row(4, "done")],
         "1 en bonne santé, 1 à surveiller, 1 bloquée"),
        ([Row(1, health="blocked"), Row(2, health="blocked")], "2 bloquées"),
    ],
)  # fmt: skip
def test_health_is_told_of_the_actions_that_are_open(given_rows, words):
    assert advance(given_rows, {}).fares.words.replace("\xa0", " ") == words


some_rows = st.lists(
    st.builds(
        Row,
        st.integers(1, 10**6),
        st.sampled_from(list(ActionState)),
        st.integers(1, 10),
        st.sampled_from(list(Health)),
    ),
    unique_by=lambda row: row.id,
)


@given(some_rows)
def test_a_share_is_between_nothing_and_all_and_every_action_is_in_one_place(given_rows):
    found = advance(given_rows, {})
    assert found.done.share is None or 0 <= found.done.share <= 100
    assert found.done.counted + found.done.abandoned == len(given_rows)
    assert found.fares.total + found.done.done == found.done.counted


@given(some_rows)
def test_an_action_given_twice_counts_once(given_rows):
    assert advance(given_rows + given_rows, {}) == advance(given_rows, {})


@given(some_rows, st.integers(1, 10))
def test_one_more_action_done_never_lowers_the_share(given_rows, weight):
    before = advance(given_rows, {}).done.share or 0
    after = advance([*given_rows, Row(0, ActionState.DONE, weight)], {}).done.share
    assert after is not None
    assert after >= before - 1e-9


values = st.one_of(st.none(), st.decimals(-1000, 1000, places=1))
some_measures = st.lists(st.builds(Measure, st.sampled_from(["output", "outcome", "impact"]), values, values, values))


@given(some_measures)
def test_every_indicator_is_averaged_unknown_or_of_impact(measures):
    found = measured(measures)
    assert len(found.shares) + found.unknown + found.impact == len(measures)
    assert found.share is None or 0 <= found.share <= 100


@pytest.mark.parametrize(
    ("news", "starts", "since"),
    [
        (dt.date(2026, 5, 25), None, dt.date(2026, 5, 25)),
        (dt.date(2026, 5, 26), None, None),
        (None, dt.date(2024, 3, 1), dt.date(2024, 3, 1)),
        (None, dt.date(2026, 12, 1), None),
        (None, None, dt.date(2022, 1, 1)),
        (dt.date(2026, 11, 1), dt.date(2022, 1, 1), None),
    ],
)
def test_silence_counts_from_the_last_news_else_from_the_day_the_action_was_to_begin(news, starts, since):
    assert silent_since(news, starts, dt.date(2022, 1, 1), TODAY) == since


@pytest.mark.parametrize(
    ("on", "months", "day"),
    [
        (dt.date(2026, 11, 25), 6, dt.date(2026, 5, 25)),
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 1, 15), 13, dt.date(2024, 12, 15)),
        (dt.date(2024, 2, 29), 12, dt.date(2023, 2, 28)),
    ],
)
def test_months_before_keep_to_the_calendar(on, months, day):
    assert months_before(on, months) == day


def test_an_amount_that_nobody_wrote_is_not_zero():
    assert bars({"planned": D(200), "obtained": D(0), "spent": None}) == [
        ("Prévu", 200, 100), ("Obtenu", 0, 0), ("Dépensé", None, 0),
    ]  # fmt: skip
    assert bars({"planned": None, "obtained": None, "spent": D(0)})[2] == ("Dépensé", 0, 0)
