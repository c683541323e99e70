import datetime as dt

import pytest

from maillage.reminders.rules import digest_leaves, sort, wait_for
from maillage.reminders.tests.conftest import TODAY, duty
from maillage.ui.french import NBSP

MONDAY, TUESDAY, FRIDAY = dt.date(2026, 11, 23), TODAY, dt.date(2026, 11, 27)
SATURDAY, NEXT_MONDAY = dt.date(2026, 11, 28), dt.date(2026, 11, 30)


def test_duties_fall_into_four_piles_the_oldest_first():
    piles = sort([duty("a", None), duty("b", 7), duty("c", 6), duty("d", 0), duty("e", -1), duty("f", -9)], TODAY)
    keys = [[one.key for one in pile] for pile in (piles.late, piles.soon, piles.later, piles.undated)]
    assert keys == [["f", "e"], ["d", "c"], ["b"], ["a"]]
    assert [one.key for one in piles.pressing] == ["f", "e", "d", "c"]


@pytest.mark.parametrize(
    ("days", "tone", "icon", "words"),
    [
        (-55, "alerte", "alert", f"En retard de 55{NBSP}jours"),
        (-1, "alerte", "alert", f"En retard de 1{NBSP}jour"),
        (0, "alerte", "clock", "Aujourd’hui"),
        (1, "alerte", "clock", "Demain"),
        (2, "alerte", "clock", f"Jeudi{NBSP}26"),
        (6, "alerte", "clock", f"Lundi{NBSP}30"),
        (7, "", "clock", f"1er{NBSP}déc. 2026"),
        (17, "", "clock", f"11{NBSP}déc. 2026"),
    ],
)
def test_how_long_is_left_is_said_in_words(days, tone, icon, words):
    wait = wait_for(duty(days=days), TODAY)
    assert wait is not None and (wait.tone, wait.icon, wait.words) == (tone, icon, words)


def test_the_first_of_the_month_is_written_as_such():
    wait = wait_for(duty(days=7), TODAY + dt.timedelta(days=3))
    assert wait is not None and wait.words == f"Mardi{NBSP}1er"


def test_what_has_no_date_shows_no_wait():
    assert wait_for(duty(days=None), TODAY) is None


@pytest.mark.parametrize(
    ("frequency", "last_sent_on", "on", "leaves"),
    [
        ("weekly", None, TUESDAY, True),
        ("weekly", MONDAY, TUESDAY, False),
        ("weekly", MONDAY, FRIDAY, False),
        ("weekly", MONDAY, NEXT_MONDAY, True),
        ("weekly", dt.date(2026, 11, 20), TUESDAY, True),
        ("weekly", None, SATURDAY, False),
        ("daily", MONDAY, TUESDAY, True),
        ("daily", TUESDAY, TUESDAY, False),
        ("daily", FRIDAY, SATURDAY, False),
        ("daily", None, FRIDAY, True),
        ("never", None, MONDAY, False),
    ],
)
def test_a_digest_leaves_on_its_day_and_once(frequency, last_sent_on, on, leaves):
    assert digest_leaves(frequency, last_sent_on, on) is leaves
