"""The pages of versions and amendments: what they show, what they cost."""

import datetime as dt

import pytest
from django.urls import reverse

from maillage.access.roles import Role
from maillage.amendments.models import PlanVersion
from maillage.amendments.operations import freeze_signed_version, give_agreement, open_amendment
from maillage.amendments.queries import side_of, side_today
from maillage.amendments.rules.differences import difference
from maillage.amendments.saying import tell
from maillage.people.spaces import today
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action, Funding
from maillage.plan.tests.factories import ConventionFactory, big_plan, partner_member
from maillage.reminders.queries import duties_of
from tests.cast import load_world

pytestmark = pytest.mark.django_db
MOST = 15


def told_between(before, after):
    return tell(difference(before, after))


def test_the_demo_tells_the_exit_of_fontenilles_and_what_came_since():
    world = load_world()
    first, second = PlanVersion.objects.filter(convention__territory=world.here)
    told = told_between(side_of(first), side_of(second))
    assert (told.communes, told.communes_removed, told.communes_added) == ((14, 13), ["Fontenilles"], [])
    assert [block.title for block in told.actions if block.what == "added"] == [
        "3.1 Réorganiser les places d’accueil du jeune enfant"
    ]
    now = told_between(side_of(second), side_today(second.convention))
    assert [block.words for block in now.signatories] == ["Signataire renommé"]
    assert now.communes == (13, 13)
    assert "1\u00a0signataire modifié" in now.summary
    renamed = next(block for block in now.actions if block.title.startswith("2.1"))
    line = renamed.lines[0]
    assert "".join(s.text for s in line.before) == "Accueillir et loger les internes"
    assert [s.text.strip() for s in line.after if s.kind == "added"] == ["et jeunes médecins"]


def test_pages_cost_the_same_with_10_and_with_2000_actions(client, django_assert_max_num_queries):
    counts = {}
    for size in (10, 2000):
        territory = TerritoryFactory()
        convention = ConventionFactory(territory=territory)
        by = member(territory)
        big_plan(convention, size)
        freeze_signed_version(convention, "X", today(), by=by)
        opened = open_amendment(convention, {"title": "x", "reason": "y"}, by=by)
        Action.objects.filter(convention=convention, position__lt=size // 2).update(title="Un autre intitulé")
        Funding.objects.filter(action__convention=convention).update(planned=1200)
        client.force_login(by)
        pages = {
            "versions": [territory.slug], "version": [territory.slug, 1], "version_compare": [territory.slug],
            "amendment": [territory.slug, opened.pk], "amendment_sign": [territory.slug, opened.pk],
            "convention": [territory.slug], "folder_download": [territory.slug], "folder_new": [territory.slug],
        }  # fmt: skip
        for name, arguments in pages.items():
            url = reverse(name, args=arguments)
            client.get(url)
            with django_assert_max_num_queries(99) as counted:
                assert client.get(url).status_code == 200
            counts.setdefault(name, []).append(len(counted.captured_queries))
    assert all(few == many <= MOST for few, many in counts.values()), str(counts)


def test_a_space_without_a_version_says_what_to_do(client, convention, coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("versions", args=[convention.territory.slug])).content.decode()
    assert "Figer la version signée" in page
    assert client.get(reverse("version", args=[convention.territory.slug, 1])).status_code == 404


def test_a_signatory_is_reminded_of_the_agreement_it_owes_then_the_team_of_the_signature(
    amendment, parties, coordinator
):
    territory = amendment.convention.territory
    caf = partner_member(territory, parties[0].organization, Role.SIGNATORY)
    assert [duty.title for duty in duties_of(caf, territory, today())] == ["Noter l’accord de votre structure"]
    for party in parties:
        give_agreement(amendment, party.organization, {"agreed_on": dt.date(2024, 1, 1)}, by=coordinator)
    assert duties_of(caf, territory, today()) == []
    assert "Signer l’avenant : tous sont d’accord" in [
        duty.title for duty in duties_of(coordinator, territory, today())
    ]


def test_signing_without_the_reason_keeps_the_form_and_signs_nothing(client, amendment, coordinator):
    client.force_login(coordinator)
    url = reverse("amendment_sign", args=[amendment.convention.territory.slug, amendment.pk])
    page = client.post(url, {"signed_on": "2024-01-02", "without_all": ""}).content.decode()
    assert "Il manque 2 accords." in page
    assert PlanVersion.objects.count() == 1
    client.post(url, {"signed_on": "2024-01-02", "without_all": "Ils ne sont pas concernés."})
    assert PlanVersion.objects.count() == 2
