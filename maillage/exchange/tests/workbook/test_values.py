import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.exchange.workbook.values import (
    CellError,
    InWords,
    as_amount,
    as_day,
    as_list,
    as_priority,
    as_state,
    as_text,
    as_yes_or_no,
    split_number,
)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (dt.datetime(2022, 11, 16), dt.date(2022, 11, 16)),  # noqa: DTZ001 (a cell has no zone)
        ("31/12/2025", dt.date(2025, 12, 31)),
        ("2025-12-31", dt.date(2025, 12, 31)),
        ("05/06/2020", dt.date(2020, 6, 5)),
        ("1/2/26", dt.date(2026, 2, 1)),
        ("12/14/20", dt.date(2020, 12, 14)),
        (44881, dt.date(2022, 11, 16)),
        ("44881", dt.date(2022, 11, 16)),
    ],
)
def test_a_day_is_read_as_the_french_write_it_unless_it_can_only_be_american(cell, day):
    assert as_day(cell)[0] == day


@pytest.mark.parametrize("cell", ["12/14/20", 44881])
def test_a_guess_is_said(cell):
    assert as_day(cell)[1]


@pytest.mark.parametrize("text", ["été 2024", "17/13/2026", "31/02/2026", "12", "2024", "99999999"])
def test_what_is_no_date_gets_a_sentence(text):
    with pytest.raises(CellError, match="n’|existe"):
        as_day(text)


@pytest.mark.parametrize(
    "text",
    ["été 2024", "2024", "2024-2026", "T2 2025", "1er semestre 2026", "Rentrée scolaire 2025", "mars 2025", "fin 2026",
     "à définir", "Toute l’année", "sept. 2025"],
)  # fmt: skip
def test_a_moment_told_in_words_can_be_kept_as_it_is(text):
    with pytest.raises(InWords):
        as_day(text)


@pytest.mark.parametrize(
    "text", ["17/13/2026", "31/02/2026", "12", "99999999", "hier", "demain", "voir avec 2024", "32/2024"]
)
def test_what_may_be_a_slip_is_never_kept_as_words(text):
    with pytest.raises(CellError) as refusal:
        as_day(text)
    assert not isinstance(refusal.value, InWords)


@pytest.mark.parametrize("text", ["12 000 € HT / an", "environ 500 €", "12 k€", "3 000 € par an", "1 500,50 euros TTC"])
def test_one_figure_with_its_unit_can_be_kept_as_it_is(text):
    with pytest.raises(InWords):
        as_amount(text)


@pytest.mark.parametrize(
    "text", ["Entre 200 et 500", "200-500 €", "-5 € / an", "à définir", "2 x 500 €", "500 € + 200 €"]
)
def test_a_range_or_a_sum_is_never_kept_as_words(text):
    with pytest.raises(CellError) as refusal:
        as_amount(text)
    assert not isinstance(refusal.value, InWords)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (50000, 50000),
        ("50 000", 50000),
        ("12 000,50 €", Decimal("12000.50")),
        (0, 0),
        ("3\u202f000", 3000),
        (12.5, Decimal("12.5")),
    ],
)
def test_amounts(cell, amount):
    assert as_amount(cell) == amount


@pytest.mark.parametrize(
    "text", ["Entre 200 et 500", "12 000 € HT / an", "-5", "NaN", "Infinity", "1e999", "à définir"]
)
def test_what_is_no_amount_gets_a_sentence(text):
    with pytest.raises(CellError, match="nombre|négatif"):
        as_amount(text)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("À venir", ("to_come", "good")),
        ("en retard ", ("ongoing", "watch")),
        ("Bloqué", ("ongoing", "blocked")),
        ("Réalisé", ("done", "good")),
    ],
)
def test_states(word, state):
    assert as_state(word) == state


@pytest.mark.parametrize(
    ("word", "priority"),
    [("Élevé", "high"), ("eleve", "high"), ("Haut", "high"), ("moyen", "medium"), ("faible", "low")],
)
def test_priorities(word, priority):
    assert as_priority(word) == priority


def test_an_unknown_word_is_answered_with_the_list():
    with pytest.raises(CellError, match="Choisissez parmi : Élevé"):
        as_priority("urgent")


@pytest.mark.parametrize(
    ("cell", "value"), [(True, True), ("VRAI", True), ("true", True), ("FAUX", False), ("", False), (False, False)]
)
def test_yes_and_no(cell, value):
    assert as_yes_or_no(cell) is value


def test_a_list_keeps_its_order_and_each_name_once():
    assert as_list("La CAF, la MSA\n- La CAF ; Région") == ["La CAF", "la MSA", "Région"]


@pytest.mark.parametrize(
    ("title", "number", "bare"),
    [
        ("4.2. Apprendre", "4.2", "Apprendre"),
        ("4.2 : Apprendre", "4.2", "Apprendre"),
        ("Axe 1. COORDINATION", "1", "COORDINATION"),
        ("Axe 4 : Vélo", "4", "Vélo"),
        ("Objectif stratégique 1. Impulser", "1", "Impulser"),
        ("Axe 1", "", "Axe 1"),
        ("2040 arbres", "", "2040 arbres"),
        ("12 communes", "", "12 communes"),
    ],
)
def test_a_number_is_told_from_its_title(title, number, bare):
    assert split_number(title) == (number, bare)


@given(st.text())
def test_any_text_is_read_or_refused_and_never_breaks(text):
    for parse in (as_day, as_amount, as_state, as_yes_or_no):
        try:
            parse(text)
        except CellError as refusal:
            assert str(refusal)


@given(
    st.one_of(
        st.text(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.none(),
        st.datetimes(),
    )
)
def test_any_cell_has_a_text(cell):
    assert isinstance(as_text(cell), str)
