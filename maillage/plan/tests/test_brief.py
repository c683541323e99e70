"""The brief of an elected member: what it says, and that it never runs to a second page."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from maillage.access.roles import Role
from maillage.network.models import Contact
from maillage.people.spaces import today
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan import meetings
from maillage.plan.models import Action, Funding, Milestone, Step
from maillage.plan.operations import Answer, add_part, change_health, edit_action, edit_convention, give_news
from maillage.plan.queries.brief import brief_of
from maillage.plan.rules.telling import in_short, is_told
from maillage.plan.tests.factories import ActionFactory, ConventionFactory, OrganizationFactory
from maillage.plan.vocabulary import Health


@pytest.mark.parametrize(
    ("sentence", "labels", "told"),
    [
        ("Nouvelles : ça avance", [], True),
        ("État passé de « À venir » à « En cours »", ["État"], True),
        ("Financement ajouté : Caf, 2026", [], True),
        ("Fiche modifiée", ["Description"], False),
        ("Fiche modifiée", ["Structure pilote"], True),
        ("Étape modifiée : Ouvrir", ["Faite le"], True),
        ("Étape modifiée : Ouvrir", ["Qui s’en charge"], False),
        ("Étape ajoutée : Ouvrir", [], False),
        ("Note ajoutée : Réunion", [], False),
    ],
)
def test_only_what_matters_to_an_elected_member_is_told(sentence, labels, told):
    assert is_told(sentence, [{"label": label} for label in labels]) is told


@pytest.mark.parametrize(
    ("sentence", "reason", "short"),
    [
        ("Nouvelles : ça avance", "La date est prise", "Ça avance : la date est prise"),
        ("État passé de « A » à « B »", "", "État passé de « A » à « B »"),
    ],
)
def test_an_entry_is_told_in_one_line(sentence, reason, short):
    assert in_short(sentence, reason) == short


@pytest.fixture
def anne(territory):
    return Contact.objects.create(territory=territory, name="Anne Lacoste")


@pytest.fixture
def followed(convention, anne):
    return ActionFactory(convention=convention, title="Point écoute", elected_referent=anne, state="ongoing")


@pytest.fixture
def committee(monkeypatch):
    """A committee met ten days ago and meets in nine."""
    known = [
        meetings.Meeting(today() - dt.timedelta(days=10), "Comité de pilotage de novembre"),
        meetings.Meeting(today() + dt.timedelta(days=9), "Comité de pilotage de décembre"),
    ]
    monkeypatch.setattr(meetings, "_providers", [lambda _territory: known])
    return known


@pytest.mark.django_db
class TestWhatItSays:
    def test_what_changed_is_said_of_her_actions_and_of_the_convention_alone(
        self, convention, coordinator, anne, followed
    ):
        give_news(followed, Answer.BLOCKED, "Pas de poste", by=coordinator)
        edit_action(followed, {"description": "Autre texte"}, by=coordinator)
        change_health(ActionFactory(convention=convention), Health.WATCH, "lent", by=coordinator)
        edit_convention(convention, {"ends_on": dt.date(2027, 12, 31)}, by=coordinator)
        told = brief_of(convention, {anne.pk}, today()).told
        assert {(item.action.title if item.action else None, *item.sentences) for item in told} == {
            ("Point écoute", "C’est bloqué : pas de poste"), (None, "Convention modifiée"),
        }  # fmt: skip

    def test_without_a_known_meeting_it_counts_from_three_months_ago(self, convention, anne):
        found = brief_of(convention, {anne.pk}, dt.date(2026, 11, 25))
        assert (found.last, found.next, found.since) == (None, None, dt.date(2026, 8, 25))

    def test_it_counts_from_the_last_meeting_and_looks_to_the_next(self, committee, convention, anne, followed):
        soon = Milestone.objects.create(action=followed, title="Avant", due_on=today() + dt.timedelta(days=9))
        Milestone.objects.create(action=followed, title="Après", due_on=today() + dt.timedelta(days=10))
        found = brief_of(convention, {anne.pk}, today())
        assert (found.since, found.next, found.due) == (committee[0].on, committee[1], [soon])

    def test_what_she_will_be_asked_holds_the_next_step_of_the_approach(self, convention, coordinator, anne):
        for kind, due in (("renewal", dt.date(2026, 12, 17)), ("evaluation", dt.date(2026, 12, 3))):
            add_part(Step, convention, {"kind": kind, "due_on": due}, by=coordinator)
        found = brief_of(convention, {anne.pk}, today())
        assert found.step is not None and found.step.kind == "evaluation"

    def test_the_money_is_that_of_her_actions_each_line_once(self, convention, anne, followed):
        caf = OrganizationFactory(territory=convention.territory)
        Funding.objects.create(action=followed, funder=caf, year=2026, planned=100)
        Funding.objects.create(action=ActionFactory(convention=convention), funder=caf, year=2026, planned=7)
        assert brief_of(convention, {anne.pk}, today()).money["euro"]["planned"] == 100


def pdf_of(client, territory, contact):
    answer = client.get(reverse("brief_pdf", args=[territory.slug, contact.pk]))
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content)).pages


@pytest.mark.django_db
@pytest.mark.parametrize(
    "letters", ["Un intitulé qui n’en finit pas de dire ce que l’on fera ensemble " * 6, "x" * 300]
)
@pytest.mark.parametrize("size", [0, 1, 12, 300])
def test_the_paper_is_one_page_whatever_she_follows(size, letters, client, committee, convention, coordinator, anne):
    rows = Action.objects.bulk_create(
        Action(
            territory=convention.territory, convention=convention, number=f"{n}.{n}", position=n, title=letters[:300],
            elected_referent=anne, state="ongoing", health="blocked", health_note=letters[:300],
        )
        for n in range(size)
    )  # fmt: skip
    Milestone.objects.bulk_create(Milestone(action=row, title=letters[:300], due_on=today()) for row in rows)
    for row in rows[:40]:
        give_news(row, Answer.BLOCKED, letters[:300], by=coordinator)
    client.force_login(coordinator)
    pages = pdf_of(client, convention.territory, anne)
    assert len(pages) == 1
    read = " ".join(pages[0].extract_text().split())
    assert "Anne Lacoste" in read
    assert ("autres" in read) is (size == 300 or size == 12)


@pytest.mark.django_db
def test_signs_of_typst_stay_what_was_written(client, convention, coordinator, anne):
    ActionFactory(convention=convention, title="#panic(1) *gras* $x$ @a", elected_referent=anne)
    client.force_login(coordinator)
    assert "#panic(1) *gras* $x$ @a" in " ".join(pdf_of(client, convention.territory, anne)[0].extract_text().split())


@pytest.mark.django_db
class TestWhoReadsIt:
    def test_an_elected_member_reads_her_own_and_the_team_reads_all(self, client, convention, coordinator, anne):
        other = Contact.objects.create(territory=convention.territory, name="Sophie Delpech")
        user = member(convention.territory, Role.ELECTED)
        Contact.objects.filter(pk=anne.pk).update(user=user)
        for who, expected in ((user, [200, 403]), (coordinator, [200, 200])):
            client.force_login(who)
            urls = [
                reverse(name, args=[convention.territory.slug, row.pk]) for name in ("brief",) for row in (anne, other)
            ]
            assert [client.get(url).status_code for url in urls] == expected

    def test_the_next_territory_finds_nothing(self, client, convention, anne):
        away = ConventionFactory(territory=TerritoryFactory())
        client.force_login(member(away.territory))
        for slug in (convention.territory.slug, away.territory.slug):
            for name in ("brief", "brief_pdf"):
                assert client.get(reverse(name, args=[slug, anne.pk])).status_code == 404

    def test_a_member_tied_to_no_contact_is_told_so(self, client, convention):
        client.force_login(member(convention.territory, Role.ELECTED))
        page = client.get(reverse("dashboard", args=[convention.territory.slug])).content.decode()
        assert "n’est encore relié à aucun élu référent" in page

    def test_the_team_ties_a_contact_to_an_account_of_the_space(self, client, convention, coordinator, anne):
        user, stranger = member(convention.territory, Role.ELECTED), member(TerritoryFactory())
        client.force_login(coordinator)
        url = reverse("contact_edit", args=[convention.territory.slug, anne.pk])
        given = {"name": anne.name, "position": "", "email": "", "phone": ""}
        assert client.post(url, given | {"user": stranger.pk}).status_code == 200
        assert client.post(url, given | {"user": user.pk}).status_code == 302
        anne.refresh_from_db()
        assert anne.user == user
