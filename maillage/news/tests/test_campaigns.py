"""Asking everybody before a meeting: whom, one mail each, who answered, reminding once."""

import datetime as dt
import smtplib

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from maillage.access.roles import Role
from maillage.journal.models import Entry
from maillage.journal.queries import history_of
from maillage.network.models import Contact
from maillage.news.models import NewsCampaign, NewsRequest
from maillage.news.operations.answering import Said, hand_over, propose_news
from maillage.news.operations.asking import ask_for_news, renew_link
from maillage.news.operations.campaigns import (
    close_campaign,
    create_campaign,
    delete_campaign,
    edit_campaign,
    remind_campaign,
    start_campaign,
)
from maillage.news.operations.deciding import accept_proposal
from maillage.news.queries.campaigns import campaigns_of, kept, open_actions
from maillage.news.queries.requests import rows_of_campaign, whom_to_ask
from maillage.news.queries.standing import standings
from maillage.news.secrecy import link_of
from maillage.people.spaces import today
from maillage.people.tests.factories import member
from maillage.plan.meetings import Meeting, meetings_of
from maillage.plan.operations.news import Answer, give_news
from maillage.plan.tests.factories import ActionFactory, ConventionFactory, GoalFactory, OrganizationFactory
from maillage.reminders.queries import duties_of

pytestmark = pytest.mark.django_db


class Refuses(EmailBackend):
    """A mail server that refuses one mailbox."""

    def send_messages(self, messages):
        if any("jeanne@example.org" in message.to for message in messages):
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.fixture
def others(scene, convention):
    """A second action of Marc, one of Jeanne, one that nobody can be asked about."""
    jeanne = Contact.objects.create(territory=convention.territory, name="Jeanne Roux", email="jeanne@example.org")
    return [
        ActionFactory(convention=convention, title="Réunir élus et soignants", lead_person=scene.marc),
        ActionFactory(convention=convention, title="Ouvrir un relais", lead_person=jeanne),
        ActionFactory(convention=convention, title="Sans pilote"),
    ]


@pytest.fixture
def started(campaign, scene, others, convention, django_capture_on_commit_callbacks):
    asked = [(item.action, item.best) for item in whom_to_ask(open_actions(convention)) if item.best]
    with django_capture_on_commit_callbacks(execute=True):
        start_campaign(campaign, asked, by=scene.team)
    campaign.refresh_from_db()
    return campaign


def request_of(campaign, title):
    return NewsRequest.objects.get(campaign=campaign, action__title=title)


def test_one_mail_leaves_for_each_person_with_one_link_for_each_of_her_actions(started, scene):
    assert sorted(letter.to[0] for letter in mail.outbox) == ["jeanne@example.org", "marc@example.org"]
    letter = next(letter for letter in mail.outbox if letter.to == ["marc@example.org"])
    assert letter.subject == "Des nouvelles de vos 2 actions de la CTG avant : Comité de pilotage"
    links = [link_of(request) for request in NewsRequest.objects.filter(campaign=started, contact=scene.marc)]
    assert len(links) == 2 and all(link in letter.body for link in links)
    html = letter.alternatives[0][0]
    assert (
        all(link in html for link in links)
        and letter.reply_to == []
        and letter.extra_headers == {"Reply-To": scene.team.email}
    )
    assert history_of(started)[0].sentence == "Campagne de nouvelles lancée : 3\u00a0actions, 2\u00a0personnes"
    assert all(request.sent_at for request in NewsRequest.objects.filter(campaign=started))


def test_a_mailbox_that_refuses_does_not_deprive_the_others_and_is_said(
    campaign, scene, others, convention, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    asked = [(item.action, item.best) for item in whom_to_ask(open_actions(convention)) if item.best]
    with django_capture_on_commit_callbacks(execute=True):
        start_campaign(campaign, asked, by=scene.team)
    states = {row.request.action.title: row.state for row in rows_of_campaign(campaign)}
    assert states == {
        "Loger les internes": "waiting",
        "Réunir élus et soignants": "waiting",
        "Ouvrir un relais": "not_sent",
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        renew_link(request_of(campaign, "Ouvrir un relais"), by=scene.team)
    assert mail.outbox[-1].to == ["jeanne@example.org"] and request_of(campaign, "Ouvrir un relais").sent_at


def test_the_lead_is_asked_first_then_the_contacts_of_the_lead_organization(scene, convention):
    organization = OrganizationFactory(territory=convention.territory)
    for name, email in (("Zoé", "zoe@example.org"), ("Ali", "ali@example.org"), ("Sans adresse", "")):
        Contact.objects.create(territory=convention.territory, organization=organization, name=name, email=email)
    scene.marc.email = ""
    scene.marc.save()
    scene.action.lead_organization = organization
    scene.action.save()
    assert [contact.name for contact in whom_to_ask([scene.action])[0].contacts] == ["Ali", "Zoé"]
    scene.action.lead_person = Contact.objects.get(name="Zoé")
    assert [contact.name for contact in whom_to_ask([scene.action])[0].contacts] == ["Zoé", "Ali"]


def test_actions_are_chosen_by_goal_or_by_silence(scene, others, convention):
    top = GoalFactory(convention=convention)
    under = GoalFactory(convention=convention, parent=top, depth=2)
    others[0].goal_links.create(goal=under, is_main=True)
    others[1].news_on = today() - dt.timedelta(days=5)
    others[1].save()
    every = open_actions(convention)
    assert kept(every, convention, top.pk, False, today()) == [others[0]]
    assert others[1] not in kept(every, convention, None, True, today())
    others[2].state = "done"
    others[2].save()
    assert others[2] not in open_actions(convention)


@pytest.mark.parametrize("wrong", ["twice", "nobody", "ended", "elsewhere", "late"])
def test_a_campaign_that_cannot_leave_says_why(wrong, campaign, scene, convention):
    asked = [(scene.action, scene.marc)]
    if wrong == "twice":
        start_campaign(campaign, asked, by=scene.team)
    elif wrong == "nobody":
        asked = []
    elif wrong == "ended":
        scene.action.state = "done"
    elif wrong == "elsewhere":
        asked = [(ActionFactory(convention=ConventionFactory()), scene.marc)]
    else:
        NewsCampaign.objects.update(answers_by=today() - dt.timedelta(days=1))
    before = NewsRequest.objects.count()
    with pytest.raises(ValidationError):
        start_campaign(campaign, asked, by=scene.team)
    assert NewsRequest.objects.count() == before


def test_a_reminder_goes_to_those_who_have_not_answered_and_to_nobody_else(
    started, scene, django_capture_on_commit_callbacks
):
    propose_news(request_of(started, "Loger les internes"), Said(Answer.ADVANCES))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_campaign(started, by=scene.team) == 2
    marc = next(letter for letter in mail.outbox if letter.to == ["marc@example.org"])
    assert len(mail.outbox) == 2 and "Réunir élus" in marc.body and "Loger les internes" not in marc.body
    assert marc.subject.startswith("Rappel : des nouvelles")
    with pytest.raises(ValidationError, match="déjà relancé"):
        remind_campaign(started, by=scene.team)


def test_when_everybody_answered_there_is_nobody_to_remind(started, scene):
    for request in NewsRequest.objects.filter(campaign=started):
        propose_news(request, Said(Answer.ADVANCES))
    with pytest.raises(ValidationError, match="Tout le monde"):
        remind_campaign(started, by=scene.team)
    assert [(row.asked, row.answered, row.waiting) for row in standings(scene.action.territory)] == [(3, 3, 3)]


def test_who_gave_news_from_her_account_is_not_reminded(started, scene, client):
    give_news(scene.action, Answer.ADVANCES, "Le bail est signé", by=scene.team)
    standing = standings(scene.action.territory)[0]
    assert (standing.asked, standing.answered, standing.waiting) == (3, 1, 0)
    assert [row.answered for row in campaigns_of(scene.action.territory)] == [1]
    mail.outbox.clear()
    assert remind_campaign(started, by=scene.team) == 2
    client.force_login(scene.team)
    page = client.get(reverse("campaign", args=[scene.action.territory.slug, started.pk])).content.decode()
    assert "1 sur 3 a répondu" in page and "Reçues dans Maillage" in page
    # By her link she may still say more: what she sends is then read as any answer.
    propose_news(request_of(started, "Loger les internes"), Said(Answer.ADVANCES))
    assert rows_of_campaign(started)[0].state == "proposed"


def test_asking_again_says_who_was_asked_already_and_who_answered(started, scene, convention, client):
    slug = convention.territory.slug
    propose_news(request_of(started, "Loger les internes"), Said(Answer.ADVANCES))
    other = NewsCampaign.objects.create(
        convention=convention, title="Encore", answers_by=today() + dt.timedelta(days=7), by=scene.team
    )
    client.force_login(scene.team)
    draft = client.get(reverse("campaign", args=[slug, other.pk])).content.decode()
    assert draft.count("Réponse à relire") == 1 and draft.count("demandées le") == 2
    assert f'value="{scene.action.pk}">' in draft
    assert "Marc Bénac a déjà répondu" in client.get(reverse("news_ask", args=[slug, scene.action.pk])).content.decode()
    relay = request_of(started, "Ouvrir un relais").action
    assert "a déjà un lien ouvert" in client.get(reverse("news_ask", args=[slug, relay.pk])).content.decode()


def test_the_journal_that_everybody_reads_holds_no_address(started, scene, convention):
    ask_for_news(scene.action, scene.marc, by=scene.team)
    assert "Nouvelles demandées à Marc Bénac" in [entry.sentence for entry in history_of(scene.action)]
    assert not Entry.objects.filter(territory=convention.territory, sentence__contains="@").exists()


def test_the_command_reminds_once_three_days_before(started, capsys, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    for days, sent in ((4, 0), (3, 2), (2, 2), (0, 2), (-1, 2)):
        day = dt.datetime.combine(started.answers_by - dt.timedelta(days=days), dt.time(9), dt.UTC)
        with time_machine.travel(day, tick=False), django_capture_on_commit_callbacks(execute=True):
            call_command("send_news_reminders")
        assert len(mail.outbox) == sent, days
    assert "relancées : 3" in capsys.readouterr().out
    assert history_of(started)[0].actor is None


def test_a_campaign_that_fails_does_not_deprive_the_others_of_their_reminder(started, monkeypatch):
    def breaks(*args, **kwargs):
        raise OSError

    monkeypatch.setattr("maillage.news.management.commands.send_news_reminders.remind_campaign", breaks)
    with pytest.raises(CommandError, match="1"):
        call_command("send_news_reminders")


def test_a_closed_campaign_asks_nobody_any_more(started, scene):
    close_campaign(started, by=scene.team)
    for act in (
        lambda: close_campaign(started, by=scene.team),
        lambda: remind_campaign(started, by=scene.team),
        lambda: renew_link(request_of(started, "Loger les internes"), by=scene.team),
        lambda: edit_campaign(started, {"answers_by": today()}, by=scene.team),
    ):
        with pytest.raises(ValidationError):
            act()


def test_a_later_deadline_lets_the_links_live_longer(started, scene):
    before = request_of(started, "Loger les internes").expires_at
    later = today() + dt.timedelta(days=40)
    edit_campaign(started, {"answers_by": later, "meeting_on": None}, by=scene.team)
    assert request_of(started, "Loger les internes").expires_at > before
    assert history_of(started)[0].sentence == "Campagne de nouvelles modifiée"


def test_only_a_campaign_that_never_left_is_deleted(campaign, started, scene, convention):
    with pytest.raises(ValidationError, match="partie"):
        delete_campaign(started, by=scene.team)
    other = create_campaign(convention, {"title": "Autre", "answers_by": today()}, by=scene.team)
    with pytest.raises(ValidationError, match="pas lancée"):
        close_campaign(other, by=scene.team)
    delete_campaign(other, by=scene.team)
    assert NewsCampaign.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_the_team_holds_campaigns(role, started, campaign, convention):
    other = member(convention.territory, role)
    for act in (
        lambda: create_campaign(convention, {"title": "x", "answers_by": today()}, by=other),
        lambda: edit_campaign(started, {"answers_by": today()}, by=other),
        lambda: start_campaign(campaign, [], by=other), lambda: remind_campaign(started, by=other),
        lambda: close_campaign(started, by=other), lambda: delete_campaign(campaign, by=other),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            act()


def test_the_meeting_is_known_to_the_plan_once_the_campaign_left(campaign, scene, convention):
    assert meetings_of(convention.territory) == []
    start_campaign(campaign, [(scene.action, scene.marc)], by=scene.team)
    assert meetings_of(convention.territory) == [Meeting(campaign.meeting_on, "Comité de pilotage")]


def test_what_waits_is_a_duty_of_the_team_alone(started, scene, territory):
    propose_news(request_of(started, "Loger les internes"), Said(Answer.ADVANCES))
    hand_over(request_of(started, "Ouvrir un relais"), "", "")
    found = {
        duty.title: duty for duty in duties_of(scene.team, territory, today()) if duty.key.startswith(("news", "hand"))
    }
    assert set(found) == {"Relire les nouvelles de 1\u00a0action", "Décider qui suit 1\u00a0action"}
    assert found["Relire les nouvelles de 1\u00a0action"].due_on == started.meeting_on
    assert not [duty for duty in duties_of(member(territory, Role.ELECTED), territory, today()) if "news" in duty.key]


def test_the_pages_of_a_campaign_are_followed_from_preparation_to_closing(
    client, scene, others, convention, django_capture_on_commit_callbacks
):
    slug = convention.territory.slug
    client.force_login(scene.team)
    assert "Personne n’a encore été interrogé" in client.get(reverse("news", args=[slug])).content.decode()
    given = {"title": "Avant le copil", "meeting_title": "Copil", "answers_by": today().isoformat()}
    response = client.post(reverse("campaign_new", args=[slug]), given)
    campaign = NewsCampaign.objects.get()
    draft = client.get(response["Location"]).content.decode()
    assert "3\u00a0actions, 2\u00a0personnes" in draft and "Ce que lira Marc Bénac" in draft
    assert "Sans adresse" in draft and "Dire qui pilote" in draft and not mail.outbox
    chosen = [scene.action.pk, others[1].pk, others[2].pk, 10**9]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("campaign_start", args=[slug, campaign.pk]), {"action": chosen}, follow=True)
    assert len(mail.outbox) == 2
    page = client.get(reverse("campaign", args=[slug, campaign.pk])).content.decode()
    assert "0 sur 2 a répondu" in page and page.count("Pas encore") == 2 and "Relancer (2)" in page
    proposal = propose_news(request_of(campaign, "Loger les internes"), Said(Answer.ADVANCES))
    assert "1 sur 2 a répondu" in client.get(reverse("dashboard", args=[slug])).content.decode()
    client.post(reverse("proposals_accept", args=[slug]), {"shown": [f"{proposal.pk}-1", "x", "9-y"]})
    assert scene.fresh(proposal).state == "accepted"
    client.post(reverse("campaign_close", args=[slug, campaign.pk]))
    assert "Close le" in client.get(reverse("campaign", args=[slug, campaign.pk])).content.decode()


def test_another_contact_of_the_lead_may_be_chosen(client, campaign, scene, convention):
    zoe = Contact.objects.create(
        territory=convention.territory, organization=scene.action.lead_organization, name="Zoé", email="zoe@example.org"
    )
    client.force_login(scene.team)
    url = reverse("campaign_start", args=[convention.territory.slug, campaign.pk])
    client.post(url, {"action": [scene.action.pk], f"contact_{scene.action.pk}": zoe.pk})
    assert request_of(campaign, "Loger les internes").contact == zoe


def test_a_link_taken_back_or_handed_over_is_no_longer_counted(client, started, scene, territory):
    hand_over(request_of(started, "Ouvrir un relais"), "", "")
    client.force_login(scene.team)
    for name, arguments in (
        ("campaign", [territory.slug, started.pk]),
        ("news", [territory.slug]),
        ("dashboard", [territory.slug]),
    ):
        assert "0 sur 2 a répondu" in client.get(reverse(name, args=arguments)).content.decode(), name


def test_a_deadline_in_the_past_is_said_beside_its_field(client, scene, convention):
    client.force_login(scene.team)
    given = {"title": "Trop tard", "answers_by": "2020-01-01"}
    page = client.post(reverse("campaign_new", args=[convention.territory.slug]), given).content.decode()
    assert "Ce jour est passé" in page and "Trop tard" in page and not NewsCampaign.objects.exists()


def test_asking_somebody_new_adds_a_contact_and_mails_her(
    client, scene, convention, django_capture_on_commit_callbacks
):
    client.force_login(scene.team)
    url = reverse("news_ask", args=[convention.territory.slug, scene.action.pk])
    assert "marc@example.org" in client.get(url).content.decode()
    assert "écrivez un nom" in client.post(url, {"contact": "", "name": "Léo"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"contact": "", "name": "Léo Vidal", "email": "leo@example.org", "message": "Bonjour Léo"})
    assert [letter.to for letter in mail.outbox] == [["leo@example.org"]] and "Bonjour Léo" in mail.outbox[0].body
    leo = Contact.objects.get(email="leo@example.org")
    assert leo.organization == scene.action.lead_organization
    page = client.get(reverse("action", args=[convention.territory.slug, scene.action.pk])).content.decode()
    assert "Léo Vidal" in page and "Révoquer" in page
    request = NewsRequest.objects.get(contact=leo)
    client.post(reverse("link_revoke", args=[convention.territory.slug, request.pk]), {"next": "//evil.example/"})
    assert scene.fresh(request).revoked_at


def test_an_accepted_answer_leaves_the_count_of_what_waits(started, scene):
    proposal = propose_news(request_of(started, "Loger les internes"), Said(Answer.ADVANCES))
    accept_proposal(proposal, 1, by=scene.team)
    row = standings(type(scene.action.territory).objects.get(pk=scene.action.territory_id))[0]
    assert (row.answered, row.waiting, row.words) == (1, 0, "1 sur 3 a répondu")
