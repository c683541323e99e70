"""The geography shipped in the package, against figures counted elsewhere (INSEE, DGCL)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.territories.areas import (
    DATA,
    EDITIONS,
    UnknownArea,
    commune,
    departement_name,
    edition,
    epci,
    history_of,
    population_of,
    regions,
)
from maillage.territories.search import communes_named, search
from maillage.ui.french import folded

GASCOGNE_TOULOUSAINE = "200023620"
FONTENILLES = "31188"


def test_the_latest_edition_counts_what_insee_counts():
    known = edition(2026)
    kinds = [part.kind for part in known.parts.values()]
    assert len(known.communes) == 34969
    assert kinds.count("ARM") == 45
    assert len(known.epcis) == 1255
    assert len(regions()) == 26


@pytest.mark.parametrize(
    ("year", "members", "inhabitants"),
    [(2021, 14, 22069), (2022, 14, 22299), (2023, 14, None), (2024, 13, None), (2026, 13, 17181)],
)
def test_gascogne_toulousaine_through_the_editions(year, members, inhabitants):
    codes = epci(GASCOGNE_TOULOUSAINE, year).members
    assert len(codes) == members
    assert (FONTENILLES in codes) == (year < 2024)
    if year == 2026:
        assert population_of(codes, year) == inhabitants


def test_fontenilles_is_seen_leaving_and_lies_in_another_departement():
    first, second = history_of(GASCOGNE_TOULOUSAINE)
    assert (first.edition, second.edition) == (2021, 2024)
    assert second.left == (FONTENILLES,)
    assert second.arrived == ()
    assert departement_name(commune(FONTENILLES).departement) == "Haute-Garonne"
    assert commune(FONTENILLES, 2026).epci == "243100781"


def test_two_communes_bear_the_name_beaupuy_and_their_codes_tell_them_apart():
    homonyms = communes_named("beaupuy")
    assert {"32038", "31053"} <= {area.code for area in homonyms}
    within = epci(GASCOGNE_TOULOUSAINE).members
    assert [area.code for area in communes_named("Beaupuy", within=within)] == ["32038"]


def test_paris_is_a_commune_and_its_arrondissements_are_parts_of_it():
    assert commune("75056").kind == "COM"
    assert (commune("75101").kind, commune("75101").parent) == ("ARM", "75056")


def test_an_unknown_code_gets_a_sentence():
    with pytest.raises(UnknownArea, match="99999"):
        commune("99999")
    with pytest.raises(UnknownArea, match="1999"):
        edition(1999)


@pytest.mark.parametrize("year", EDITIONS)
def test_every_member_of_every_epci_is_a_commune_of_that_edition(year):
    known = edition(year)
    assert all(code in known.communes for group in known.epcis.values() for code in group.members)
    assert all(group.members for group in known.epcis.values())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("gascogne toulousaine", GASCOGNE_TOULOUSAINE),
        ("200 023 620", GASCOGNE_TOULOUSAINE),
        ("l isle jourdain", "32160"),
        ("32160", "32160"),
        ("2A004", "2A004"),
    ],
)
def test_typing_a_name_or_a_number_finds_the_place(typed, first):
    assert first in [place.code for place in search(typed)[:2]]


def test_homonyms_are_told_apart_in_their_label():
    labels = [place.label for place in search("Beaupuy")]
    assert len(labels) == len(set(labels)) >= 4
    assert "Beaupuy, commune, Gers (32038)" in labels


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


def test_all_editions_together_stay_under_six_megabytes_and_outlines_under_four():
    outlines = sum(path.stat().st_size for path in (DATA / "outlines").iterdir())
    editions = sum(path.stat().st_size for path in DATA.glob("*.gz"))
    assert editions < 6_000_000
    assert outlines < 4_000_000
