"""The plan by commune, theme and partner; the commitments: each count is that of the rows, and nobody is forgotten."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from maillage.access.roles import Role
from maillage.people.tests.factories import member
from maillage.plan.models import Commitment, Funding, Signatory
from maillage.plan.queries.actions import action_rows
from maillage.plan.queries.commitments import parties_of
from maillage.plan.queries.spread import communes_of, partners_of, themes_of
from maillage.plan.rules.classes import MOST, class_of, classes_of
from maillage.plan.tests.factories import ActionFactory, OrganizationFactory, partner_member
from maillage.territories.models import Perimeter
from maillage.themes.models import Theme

D = Decimal


@given(st.lists(st.integers(0, 300), min_size=1, max_size=80))
def test_every_count_falls_in_one_class_of_five_at_most(counts):
    classes = classes_of(counts)
    assert len(classes) <= MOST
    for count in counts:
        assert [rank for rank, (low, high) in enumerate(classes) if low <= count <= high] == [class_of(count, classes)]
    assert all(low <= high for low, high in classes)
    assert (0 in counts) == (classes[0] == (0, 0))


@pytest.mark.parametrize(
    ("counts", "classes"),
    [
        ([0, 0], [(0, 0)]),
        ([3], [(3, 3)]),
        ([0, 1, 2, 2, 5], [(0, 0), (1, 1), (2, 2), (5, 5)]),
        ([1, 2, 3, 4, 5], [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]),
        ([0, 1, 2, 3, 4, 5, 6, 7, 8], [(0, 0), (1, 2), (3, 4), (5, 6), (7, 8)]),
    ],
)
def test_few_different_counts_keep_a_class_each(counts, classes):
    assert classes_of(counts) == classes


@pytest.fixture
def spread(territory, convention):
    """Four actions: everywhere, two communes of which one left, one commune, none of them with a theme but the last."""
    Perimeter.objects.filter(territory=territory).delete()
    Perimeter.objects.create(
        territory=territory, starts_on=dt.date(2020, 1, 1), commune_codes=["32160", "32425"], edition=2026
    )
    ActionFactory(convention=convention, title="Partout")
    ActionFactory(convention=convention, title="Ici et ailleurs", commune_codes=["32160", "31188"], state="done")
    last = ActionFactory(convention=convention, title="Ici", commune_codes=["32160", "32160"])
    last.themes.add(*Theme.objects.all()[:2])
    return last


@pytest.mark.django_db
def test_an_action_counts_once_in_each_of_its_communes(convention, spread):
    found = communes_of(convention, action_rows(convention))
    assert {place.key: place.size for place in found.inside} == {"32160": 2, "32425": 0}
    assert [row.title for row in found.everywhere.rows] == ["Partout"]
    assert [(place.key, place.size) for place in found.outside] == [("31188", 1)]
    assert dict(found.inside[0].counts)["done"] == 1
    assert [place.rank for place in sorted(found.map.places, key=lambda place: place.spread.name)] == [1, 0]


@pytest.mark.django_db
def test_themes_hold_their_actions_and_say_which_have_none(convention, spread):
    themes, loose = themes_of(convention, action_rows(convention))
    assert [theme.rows[0].id for theme in themes] == [spread.pk, spread.pk]
    assert loose.size == 2


@pytest.mark.django_db
def test_a_partner_is_shown_with_what_it_leads_joins_and_funds(territory, convention):
    caf, idle = (OrganizationFactory(territory=territory) for _ in range(2))
    action = ActionFactory(convention=convention, lead_organization=caf)
    other = ActionFactory(convention=convention)
    for role in ("operational", "technical"):
        other.partner_links.create(organization=caf, role=role)
    Funding.objects.create(action=other, funder=caf, year=2026, planned=D(100), obtained=D(40))
    Funding.objects.create(action=other, funder=caf, year=2026, unit="fte", planned=D("0.5"))
    (share,), alone = partners_of(convention, {action.pk: caf.pk, other.pk: None})
    assert (share.led, share.all_joined, share.funded, alone) == ({action.pk}, {other.pk}, {other.pk}, 1)
    assert (share.euros.planned, share.euros.obtained, share.fte.planned) == (D(100), D(40), D("0.5"))
    assert share.roles == [("Met en œuvre", 1), ("Apporte son expertise", 1)]
    only, alone = partners_of(convention, {action.pk: caf.pk})
    assert (only[0].euros.planned, alone) == (0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["plan_communes", "plan_themes", "plan_partners"])
def test_the_filter_keeps_the_same_actions_in_every_view(name, convention, spread, coordinator, client):
    client.force_login(coordinator)
    url = reverse(name, args=[convention.territory.slug])
    assert client.get(url).status_code == 200
    page = client.get(url, {"etat": "done"}).content.decode()
    assert "Partout" not in page
    assert "Aucune action ne répond" in client.get(url, {"mots": "zzz"}).content.decode()


@pytest.fixture
def promises(territory, convention):
    """Two signatories; the second one promised twice, late and kept."""
    parties = []
    for rank in (1, 2):
        organization = OrganizationFactory(territory=territory, name=f"Signataire {rank}")
        parties.append(Signatory.objects.create(convention=convention, organization=organization, position=rank))
    Commitment.objects.create(signatory=parties[1], text="Tard", due_on=dt.date(2024, 1, 1))
    Commitment.objects.create(
        signatory=parties[1], text="Fait", due_on=dt.date(2024, 1, 1), kept_on=dt.date(2024, 1, 1)
    )
    Commitment.objects.create(signatory=parties[1], text="Plus tard", due_on=dt.date(2099, 1, 1))
    return parties


@pytest.mark.django_db
def test_a_signatory_sees_its_own_promises_first_and_edits_only_these(territory, convention, promises, client):
    theirs = promises[1].organization
    first, second = parties_of(convention, {theirs.pk}, edits_all=False)
    assert (first.signatory, first.kept, first.next_on) == (promises[1], 1, dt.date(2099, 1, 1))
    assert [bool(promise.late) for promise in first.promises] == [True, False, False]
    assert (first.may_edit, second.may_edit) == (True, False)
    client.force_login(partner_member(territory, theirs, Role.SIGNATORY))
    page = client.get(reverse("commitments", args=[territory.slug])).content.decode()
    assert "1\u00a0engagement tenu sur 3, 1 en retard" in page
    assert page.index("Signataire 2") < page.index("Signataire 1") and page.count("Ajouter<") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.READER, Role.ELECTED, Role.FIELD_ACTOR])
def test_others_read_the_promises_and_edit_none(role, territory, promises, client):
    client.force_login(member(territory, role))
    page = client.get(reverse("commitments", args=[territory.slug])).content.decode()
    assert "Tard" in page and "modifier/" not in page and "ajouter/" not in page
