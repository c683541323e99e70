"""How French is written."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from maillage.ui.french import euros, folded, long_date, number, plural, short_date, typo
from maillage.ui.loaders import in_french
from maillage.ui.typed import french_date, french_decimal

N, B = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("given_text", "written"),
    [
        ("Qui fait quoi ?", f"Qui fait quoi{N}?"),
        ("Attention : oui", f"Attention{B}: oui"),
        ("« Bonjour »", f"«{B}Bonjour{B}»"),
        ("12 %", f"12{N}%"),
        ("https://example.org/?a=1;b=2", "https://example.org/?a=1;b=2"),
        ("à 18:30", "à 18:30"),
        ("l'accueil", "l’accueil"),
    ],
)
def test_spaces_before_signs(given_text, written):
    assert typo(given_text) == written


@given(st.text())
def test_typography_applied_twice_changes_nothing(text):
    assert typo(typo(text)) == typo(text)


def test_a_template_keeps_its_tags_variables_and_addresses():
    source = (
        '<a href="/a?b : c" title="x ?">Où ? {{ value|default:"a ?" }} {% if a ? b %}</a><script>a ? b : c</script>'
    )
    assert in_french(source) == source.replace("Où ?", f"Où{N}?")


@given(st.lists(st.sampled_from(["<p class='a'>", "</p>", "{{ a }}", "{% b %}", "{# c #}", "texte ?", " : "])))
def test_markup_always_comes_out_whole(parts):
    source = "".join(parts)
    written = in_french(source)
    for tag in ("<p class='a'>", "{{ a }}", "{% b %}", "{# c #}"):
        assert written.count(tag) == source.count(tag)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "—"),
        (0, "0"),
        (12000, f"12{N}000"),
        (Decimal("3.500"), "3,5"),
        (Decimal("1234567.25"), f"1{N}234{N}567,25"),
        (-5, "-5"),
    ],
)
def test_figures(value, written):
    assert number(value) == written


@pytest.mark.parametrize(("value", "written"), [(None, "—"), (57000, f"57{N}000{N}€"), (Decimal("0.50"), f"0,50{N}€")])
def test_euros(value, written):
    assert euros(value) == written


@pytest.mark.parametrize(("count", "written"), [(0, f"0{B}action"), (1, f"1{B}action"), (2, f"2{B}actions")])
def test_french_agrees_from_two(count, written):
    assert plural(count, "action") == written


def test_dates():
    assert short_date(dt.date(2026, 12, 3)).replace(B, " ") == "3 déc. 2026"
    assert long_date(dt.date(2026, 12, 1)).replace(B, " ") == "mardi 1er décembre"
    assert short_date(None) == ""


@pytest.mark.parametrize("text", ["17/12/2026", "17.12.26", "2026-12-17", "17-12-2026", "17 12 2026"])
def test_a_typed_date_is_read(text):
    assert french_date(text) == dt.date(2026, 12, 17)


@pytest.mark.parametrize(
    ("text", "words"),
    [("17/13/2026", "Le mois 13 n’existe pas"), ("31/02/2026", "n’existe pas"), ("demain", "n’est pas une date")],
)
def test_a_wrong_date_says_what_to_write(text, words):
    with pytest.raises(ValidationError, match=words):
        french_date(text)


@pytest.mark.parametrize(
    ("text", "value"), [("12 000,50", "12000.50"), ("12 000 €", "12000"), ("-3,5", "-3.5"), ("0,4", "0.4")]
)
def test_a_typed_figure_is_read(text, value):
    assert french_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1e9", "NaN", "1,2,3", "douze", "١٢", "1" * 16, "--1"])
def test_a_wrong_figure_says_what_to_write(text):
    with pytest.raises(ValidationError, match="n’est pas un nombre"):
        french_decimal(text)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
