"""What the team does with news."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from maillage.access.roles import Role
from maillage.documents.queries import documents_joined_to
from maillage.journal.models import Entry
from maillage.journal.queries import history_of
from maillage.network.models import Contact
from maillage.news.models import NewsRequest
from maillage.news.operations.answering import Said, hand_over, propose_news
from maillage.news.operations.asking import ask_for_news, renew_link, revoke_link
from maillage.news.operations.deciding import (
    accept_all,
    accept_proposal,
    accept_successor,
    dismiss_handover,
    return_proposal,
)
from maillage.news.queries.proposals import reviews_of
from maillage.news.secrecy import link_of
from maillage.news.tests.test_answering import files_of, pdf
from maillage.people.spaces import today
from maillage.people.tests.factories import member
from maillage.plan.operations.news import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(scene, asked):
    said = Said(Answer.NEEDS_HELP, "Il manque un bail", {scene.milestone.pk: today()}, {scene.indicator.pk: Decimal(5)},
                {scene.line.pk: Decimal(9300)})  # fmt: skip
    return propose_news(asked, said, files=[pdf()])


def test_accepted_news_are_in_the_plan_one_entry_for_each_change(scene, full, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        accept_proposal(full, 1, by=scene.team)
    action = scene.fresh(scene.action)
    assert (action.state, action.health, action.health_note) == ("ongoing", "watch", "Il manque un bail")
    assert action.news_on == today()
    assert scene.fresh(scene.milestone).done_on == today()
    assert scene.indicator.readings.get(on=today()).value == 5
    assert scene.fresh(scene.line).spent == 9300 and scene.fresh(scene.line).planned == 12000
    assert documents_joined_to(action).get().name == "bail.pdf" and len(files_of()) == 1
    entries = Entry.objects.filter(sentence__endswith="d’après Marc Bénac (par lien)")
    assert {entry.sentence.split(" :")[0] for entry in entries} == {
        "Étape modifiée", "Relevé ajouté", "Financement modifié", "Nouvelles", "Document joint",
    }  # fmt: skip
    assert {entry.actor for entry in entries} == {scene.team}
    assert (scene.fresh(full).state, scene.fresh(full).decided_by) == ("accepted", scene.team)


def test_the_review_says_field_by_field_what_will_change(scene, full):
    review = reviews_of([full])[0]
    assert [(change["label"], change["before"], change["after"]) for change in review.changes][:2] == [
        ("Santé", "Bonne", "À surveiller"), ("Motif de la santé", "—", "Il manque un bail"),
    ]  # fmt: skip
    assert [(change["before"], change["after"]) for change in review.changes][3:] == [
        ("4", "5"), ("9\u202f000\u202f€", "9\u202f300\u202f€"),
    ]  # fmt: skip
    assert [row.name for row in review.attachments] == ["bail.pdf"]


def test_one_accepts_once_and_only_what_was_read(scene, full, asked):
    propose_news(asked, Said(Answer.ADVANCES, "Finalement tout va bien"))
    with pytest.raises(ValidationError, match="complétées"):
        accept_proposal(full, 1, by=scene.team)
    accept_proposal(full, 2, by=scene.team)
    with pytest.raises(ValidationError, match="déjà relu"):
        accept_proposal(full, 2, by=scene.team)
    with pytest.raises(ValidationError, match="déjà relu"):
        return_proposal(full, 2, "Trop tard", by=scene.team)
    assert history_of(scene.action).filter(sentence__startswith="Nouvelles : ").count() == 1


def test_an_action_closed_meanwhile_refuses_and_nothing_changes(scene, full):
    scene.action.state = "abandoned"
    scene.action.save()
    with pytest.raises(ValidationError, match="close"):
        accept_proposal(full, 1, by=scene.team)
    assert scene.fresh(scene.milestone).done_on is None and scene.fresh(scene.line).spent == 9000
    assert scene.fresh(full).state == "proposed" and reviews_of([scene.fresh(full)])[0].action_is_closed


def test_what_was_deleted_meanwhile_is_left_aside_and_said(scene, full):
    scene.milestone.delete()
    scene.indicator.delete()
    assert reviews_of([full])[0].gone == ["une étape", "un indicateur"]
    accept_proposal(full, 1, by=scene.team)
    assert scene.fresh(scene.line).spent == 9300


def test_a_reading_of_the_same_day_is_corrected(scene, full):
    scene.indicator.readings.create(on=today(), value=1)
    accept_proposal(full, 1, by=scene.team)
    assert scene.indicator.readings.get(on=today()).value == 5


def test_a_document_already_joined_does_not_hold_the_news_back(scene, full, asked):
    accept_proposal(full, 1, by=scene.team)
    again = ask_for_news(scene.action, scene.marc, by=scene.team)
    accept_proposal(propose_news(again, Said(Answer.ADVANCES), files=[pdf("copie.pdf")]), 1, by=scene.team)
    assert documents_joined_to(scene.action).count() == 1


def test_news_sent_back_are_mailed_with_the_same_link_and_come_again(
    scene, full, asked, django_capture_on_commit_callbacks
):
    with pytest.raises(ValidationError, match="attendez"):
        return_proposal(full, 1, "  ", by=scene.team)
    with django_capture_on_commit_callbacks(execute=True):
        return_proposal(full, 1, "Quel bail ?", by=scene.team)
    letter = mail.outbox[0]
    assert len(mail.outbox) == 1 and letter.to == ["marc@example.org"]
    assert "Quel bail ?" in letter.body and link_of(asked) in letter.body
    assert history_of(scene.action)[0].reason == "Quel bail ?"
    again = propose_news(asked, Said(Answer.NEEDS_HELP, "Celui de Ségoufielle"))
    assert (again.state, again.revision, again.decided_by) == ("proposed", 2, None)
    accept_proposal(again, 2, by=scene.team)


def test_what_a_closed_campaign_sent_back_can_still_be_completed(scene, campaign):
    campaign.started_at = timezone.now()
    campaign.save()
    request = ask_for_news(scene.action, scene.marc, by=scene.team, campaign=campaign)
    proposal = propose_news(request, Said(Answer.ADVANCES))
    campaign.closed_at = timezone.now()
    campaign.save()
    return_proposal(proposal, 1, "Combien ?", by=scene.team)
    assert propose_news(request, Said(Answer.ADVANCES, "Quatre")).state == "proposed"


def test_accept_all_takes_what_it_can_and_says_what_it_could_not(scene, full):
    accepted, refused = accept_all([(full, 0)], by=scene.team)
    assert accepted == 0 and "Loger les internes" in refused[0]
    assert accept_all([(full, 1)], by=scene.team) == (1, [])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_the_team_asks_and_decides(role, scene, full, asked, territory):
    other = member(territory, role)
    for act in (
        lambda: accept_proposal(full, 1, by=other), lambda: return_proposal(full, 1, "x", by=other),
        lambda: ask_for_news(scene.action, scene.marc, by=other), lambda: revoke_link(asked, by=other),
        lambda: renew_link(asked, by=other), lambda: accept_successor(asked, by=other),
        lambda: dismiss_handover(asked, by=other),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            act()


def test_the_successor_becomes_the_lead_and_is_asked_in_turn(scene, asked, django_capture_on_commit_callbacks):
    hand_over(asked, "Jeanne Roux", "jeanne@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        request = accept_successor(asked, by=scene.team)
    jeanne = Contact.objects.get(email="jeanne@example.org")
    assert scene.fresh(scene.action).lead_person == jeanne and jeanne.organization == scene.action.lead_organization
    assert request.contact == jeanne and [letter.to for letter in mail.outbox] == [["jeanne@example.org"]]
    assert history_of(scene.action).filter(sentence="Fiche modifiée, d’après Marc Bénac (par lien)").exists()
    with pytest.raises(ValidationError, match="déjà décidée"):
        accept_successor(asked, by=scene.team)


def test_without_a_name_nobody_is_entrusted_and_the_team_may_leave_things_as_they_are(scene, asked):
    hand_over(asked, "", "")
    with pytest.raises(ValidationError, match="Personne n’est proposé"):
        accept_successor(asked, by=scene.team)
    with pytest.raises(ValidationError, match="passé la main"):
        renew_link(asked, by=scene.team)
    dismiss_handover(asked, by=scene.team)
    assert scene.fresh(scene.action).lead_person == scene.marc


def test_asking_the_same_person_again_replaces_her_link(scene, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        again = ask_for_news(scene.action, scene.marc, by=scene.team, message="Merci !")
    assert again.pk == asked.pk and again.serial == 2 and NewsRequest.objects.count() == 1
    assert link_of(again) in mail.outbox[0].body and link_of(asked) not in mail.outbox[0].body
    assert "Merci !" in mail.outbox[0].body


@pytest.mark.parametrize("wrong", ["ended", "no address", "elsewhere"])
def test_nobody_is_asked_in_vain(wrong, scene):
    if wrong == "ended":
        scene.action.state = "done"
        scene.action.save()
    elif wrong == "no address":
        scene.marc.email = ""
    else:
        scene.marc.territory_id += 1
    with pytest.raises(ValidationError):
        ask_for_news(scene.action, scene.marc, by=scene.team)
    assert not NewsRequest.objects.exists()


def test_a_revoked_link_is_revoked_once_and_its_news_stay_to_be_read(scene, full, asked):
    revoke_link(asked, by=scene.team)
    with pytest.raises(ValidationError, match="déjà révoqué"):
        revoke_link(asked, by=scene.team)
    accept_proposal(full, 1, by=scene.team)
    assert scene.fresh(scene.line).spent == 9300


def test_a_link_lives_until_the_end_of_its_last_day_in_france(asked):
    last = timezone.localdate(asked.expires_at - dt.timedelta(seconds=1))
    assert last == today() + dt.timedelta(days=30)
