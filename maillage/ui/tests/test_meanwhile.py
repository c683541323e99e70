import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.ui.meanwhile import MINE, THEIRS, Seen, mark, plain, settle

NOW = dt.datetime(2026, 11, 25, 14, 32, tzinfo=dt.UTC)


def seen(values, asked=(), **chosen):
    return Seen("plan.action:1", NOW, {k: mark(v) for k, v in values.items()}, frozenset(asked), chosen)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deux lignes\r\nici ", "Deux lignes\nici"),
        (Decimal("12.50"), Decimal("12.5")),
        (["32016", "32038"], ["32038", "32016"]),
        (dt.date(2026, 1, 1), "2026-01-01"),
        (3, Decimal(3)),
        ((), []),
    ],
)
def test_two_writings_of_one_thing_have_one_mark(one, other):
    assert mark(one) == mark(other)


@pytest.mark.parametrize(("one", "other"), [(None, ""), (True, "True"), ("a\nb", "a b"), ([], None), (0, None)])
def test_two_things_have_two_marks(one, other):
    assert mark(one) != mark(other)


def test_a_form_says_that_it_cannot_remember_what_it_does_not_know():
    with pytest.raises(TypeError):
        plain(object())


@pytest.mark.parametrize(
    ("before", "now", "mine", "expected"),
    [
        ("a", "a", "a", (set(), set(), set())),
        ("a", "a", "b", ({"x"}, set(), set())),  # only I changed it
        ("a", "b", "a", (set(), {"x"}, set())),  # only somebody else did
        ("a", "b", "b", (set(), set(), set())),  # both wrote the same
        ("a", "b", "c", (set(), set(), {"x"})),  # both changed it otherwise
    ],
)
def test_three_values_meet(before, now, mine, expected):
    outcome = settle(seen({"x": before}), {"x": now}, {"x": mine})
    assert (outcome.write, outcome.merged, outcome.clashing) == expected


def test_what_was_never_seen_is_never_written_over():
    assert settle(seen({}), {"x": "a"}, {"x": "b"}).clashing == {"x"}


@pytest.mark.parametrize(
    ("choice", "written", "clashing"), [(MINE, {"x"}, set()), (THEIRS, set(), set()), ("", set(), {"x"})]
)
def test_a_clash_waits_for_a_choice(choice, written, clashing):
    outcome = settle(seen({"x": "b"}, asked=["x"], x=choice), {"x": "b"}, {"x": "c"})
    assert (outcome.write, outcome.clashing) == (written, clashing)


def test_a_choice_made_on_a_value_that_changed_again_is_asked_again():
    assert settle(seen({"x": "b"}, asked=["x"], x=MINE), {"x": "d"}, {"x": "c"}).clashing == {"x"}


def test_all_clashes_are_shown_until_each_has_its_choice():
    outcome = settle(seen({"x": "b", "y": "b"}, ["x", "y"], x=THEIRS), {"x": "b", "y": "b"}, {"x": "c", "y": "c"})
    assert outcome.clashing == {"x", "y"}


VALUES = st.sampled_from(["", "a", "b", "c"])
SHEETS = st.fixed_dictionaries({"x": VALUES, "y": VALUES})


@given(SHEETS, SHEETS, SHEETS)
def test_nothing_typed_is_lost_and_nothing_stored_is_written_over_unseen(before, now, mine):
    outcome = settle(seen(before), now, mine)
    for name in mine:
        if mine[name] not in (before[name], now[name]):
            assert name in outcome.write | outcome.clashing
        if now[name] != before[name]:
            assert name not in outcome.write
