"""The pages of a space and of its opening."""

import pytest
from django.urls import reverse

from maillage.people.tests.factories import TerritoryFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query).content.decode()


def test_homonyms_are_told_apart_when_opening_a_space(client):
    text = page(client, UserFactory(), "new_space", q="beaupuy")
    assert "Beaupuy, commune, Gers (32038)" in text
    assert "Beaupuy, commune, Haute-Garonne (31053)" in text


@pytest.mark.parametrize("typed", ["zzzz", "%", "'", "<script>", "é" * 100])
def test_a_search_that_finds_nothing_says_so(typed, client):
    text = page(client, UserFactory(), "new_space", q=typed)
    assert "Aucun lieu trouvé" in text
    assert "<script>" not in text.replace("<script src", "")


def test_a_forged_choice_gets_a_sentence(client):
    assert "Aucune intercommunalité" in page(client, UserFactory(), "new_space", epci="123")


def test_the_territory_is_a_map_beside_its_table(client):
    space = TerritoryFactory()
    text = page(client, member(space), "territory", space.slug)
    assert text.count("<path d=") >= 13
    assert "L’Isle-Jourdain" in text
    assert "17\u202f181" in text


def test_drawings_are_written_with_points_not_commas(client):
    space = TerritoryFactory()
    text = page(client, member(space), "territory", space.slug)
    assert 'x="' in text
    assert "," not in text.split('<text x="')[1].split('"')[0]


def test_the_journal_says_who_did_what(client):
    space = TerritoryFactory()
    text = page(client, member(space), "journal", space.slug)
    assert "Rien pour l’instant" in text


def test_home_says_what_maillage_is_to_who_is_not_signed_in(client):
    assert "convention territoriale globale" in client.get("/").content.decode()
