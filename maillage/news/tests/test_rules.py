import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from maillage.news.rules import (
    check_answerable,
    check_dates,
    check_decidable,
    check_sentence,
    current_steps,
    is_silent,
    last_day,
    oldest_first,
    reminder_leaves,
    state_of,
)
from maillage.news.vocabulary import RequestState

ON = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
LATER, BEFORE = NOW + dt.timedelta(days=5), NOW - dt.timedelta(days=5)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, RequestState.NOT_SENT),
        ({"sent_at": BEFORE}, RequestState.WAITING),
        ({"sent_at": BEFORE, "answered": "proposed"}, RequestState.PROPOSED),
        ({"sent_at": BEFORE, "answered": "returned"}, RequestState.RETURNED),
        ({"sent_at": BEFORE, "answered": "accepted"}, RequestState.ACCEPTED),
        ({"sent_at": BEFORE, "expires_at": BEFORE}, RequestState.EXPIRED),
        ({"sent_at": BEFORE, "revoked_at": BEFORE}, RequestState.REVOKED),
        ({"sent_at": BEFORE, "revoked_at": BEFORE, "handed_over_at": BEFORE}, RequestState.HANDED_OVER),
        # An answer stays one whatever becomes of the link.
        ({"sent_at": BEFORE, "revoked_at": BEFORE, "answered": "proposed"}, RequestState.PROPOSED),
        ({"sent_at": BEFORE, "expires_at": BEFORE, "answered": "accepted"}, RequestState.ACCEPTED),
        ({"sent_at": BEFORE, "revoked_at": BEFORE, "answered": "returned"}, RequestState.REVOKED),
        ({"sent_at": BEFORE, "expires_at": NOW}, RequestState.EXPIRED),
        # News that the action had otherwise answer too, from the day of the mail on.
        ({"sent_at": BEFORE, "news_on": BEFORE.date()}, RequestState.TOLD),
        ({"sent_at": BEFORE, "expires_at": NOW, "news_on": ON}, RequestState.TOLD),
        ({"sent_at": BEFORE, "news_on": BEFORE.date() - dt.timedelta(days=1)}, RequestState.WAITING),
        ({"sent_at": BEFORE, "news_on": ON, "revoked_at": NOW}, RequestState.REVOKED),
        ({"sent_at": BEFORE, "news_on": ON, "answered": "returned"}, RequestState.RETURNED),
        ({"news_on": ON}, RequestState.NOT_SENT),
    ],
)
def test_a_request_stands_where_its_dates_and_its_answer_say(told, state):
    nothing = {"answered": None, "sent_at": None, "revoked_at": None, "handed_over_at": None, "expires_at": LATER}
    assert state_of(**{**nothing, **told}, now=NOW) == state


@pytest.mark.parametrize(
    ("answers_by", "meeting_on", "field"),
    [
        (ON - dt.timedelta(days=1), None, "answers_by"),
        (ON + dt.timedelta(days=9), ON + dt.timedelta(days=8), "answers_by"),
    ],
)
def test_answers_are_not_expected_yesterday_nor_after_the_meeting(answers_by, meeting_on, field):
    with pytest.raises(ValidationError) as refusal:
        check_dates(answers_by, meeting_on, ON)
    assert field in refusal.value.error_dict


def test_answers_may_be_expected_today_and_on_the_day_of_the_meeting():
    check_dates(ON, ON, ON)
    check_dates(ON, None, ON)


@pytest.mark.parametrize(
    ("answers_by", "meeting_on", "days"),
    [(None, None, 30), (ON, None, 14), (ON + dt.timedelta(days=20), None, 20),
     (ON + dt.timedelta(days=20), ON + dt.timedelta(days=25), 25)],
)  # fmt: skip
def test_a_link_lives_a_month_alone_and_until_the_meeting_in_a_campaign(answers_by, meeting_on, days):
    assert last_day(answers_by, meeting_on, ON) == ON + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days_left", "reminded", "state", "leaves"),
    [
        (4, None, RequestState.WAITING, False),
        (3, None, RequestState.WAITING, True),
        (0, None, RequestState.WAITING, True),
        (-1, None, RequestState.WAITING, False),
        (2, NOW, RequestState.WAITING, False),
        (2, None, RequestState.RETURNED, True),
        *[(2, None, state, False) for state in RequestState if state not in {"waiting", "returned"}],
    ],
)
def test_the_reminder_leaves_once_in_the_last_days_to_who_is_expected(days_left, reminded, state, leaves):
    assert reminder_leaves(ON + dt.timedelta(days=days_left), reminded, state, ON) is leaves


@pytest.mark.parametrize(
    ("state", "seen", "refused"),
    [
        ("proposed", 2, False),
        ("proposed", 1, True),
        ("proposed", None, True),
        ("accepted", 2, True),
        ("returned", 2, True),
    ],
)
def test_one_decides_once_and_only_of_what_was_read(state, seen, refused):
    if not refused:
        return check_decidable(state, 2, seen)
    with pytest.raises(ValidationError):
        check_decidable(state, 2, seen)


def test_what_is_published_is_no_longer_corrected_from_outside():
    for state in (None, "proposed", "returned"):
        check_answerable(state)
    with pytest.raises(ValidationError):
        check_answerable("accepted")


@pytest.mark.parametrize(
    ("well", "sentence", "refused"), [(True, "", False), (False, "Panne", False), (False, "  ", True)]
)
def test_what_is_not_well_is_explained(well, sentence, refused):
    if not refused:
        return check_sentence(well, sentence)
    with pytest.raises(ValidationError):
        check_sentence(well, sentence)


@pytest.mark.parametrize(("days", "silent"), [(None, True), (183, True), (182, False), (0, False)])
def test_an_action_is_silent_after_six_months(days, silent):
    assert is_silent(None if days is None else ON - dt.timedelta(days=days), ON) is silent


@dataclass
class Row:
    pk: int
    due_on: dt.date | None
    done_on: dt.date | None = None


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.integers(-90, 90)), st.booleans()), max_size=12),
    st.sets(st.integers(0, 11)),
)
def test_steps_asked_are_open_or_named_and_three_at_most_beside_the_named(days, named):
    rows = [
        Row(pk, None if day is None else ON + dt.timedelta(days=day), ON if done else None)
        for pk, (day, done) in enumerate(days)
    ]
    asked = current_steps(rows, named, ON)
    assert all(row.done_on is None or row.pk in named for row in asked)
    assert len([row for row in asked if row.pk not in named]) <= 3
    assert {row.pk for row in rows if row.pk in named} <= {row.pk for row in asked}
    if any(row.done_on is None for row in rows):
        assert asked, "an action with something to do is asked about it"


def test_the_figures_asked_are_those_read_the_longest_ago():
    items = [("a", dt.date(2026, 1, 1)), ("b", None), ("c", dt.date(2025, 1, 1))]
    assert oldest_first(items, 2) == ["b", "c"]
    assert oldest_first(items, 0) == []
