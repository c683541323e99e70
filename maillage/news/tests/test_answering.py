"""What the holder of a link does."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from maillage.journal.queries import history_of
from maillage.news.models import NewsProposal
from maillage.news.operations.answering import Said, hand_over, propose_news
from maillage.news.operations.deciding import accept_proposal
from maillage.people.spaces import today
from maillage.plan.operations.news import Answer
from maillage.plan.tests.factories import ActionFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def pdf(name="bail.pdf", more=b""):
    return SimpleUploadedFile(name, PDF + more, "application/pdf")


def files_of(folder=""):
    folders, files = default_storage.listdir(folder) if default_storage.exists(folder or ".") else ([], [])
    return files + [name for inner in folders for name in files_of(f"{folder}{inner}/")]


def test_news_change_nothing_of_the_plan_and_the_journal_says_that_they_came(scene, asked):
    said = Said(Answer.BLOCKED, "Le bail n’est pas signé", {scene.milestone.pk: today()}, {scene.indicator.pk: Decimal(5)},
                {scene.line.pk: Decimal("9300.50")})  # fmt: skip
    proposal = propose_news(asked, said)
    assert (proposal.state, proposal.revision) == ("proposed", 1)
    assert proposal.spent == {str(scene.line.pk): "9300.50"}
    action = scene.fresh(scene.action)
    assert (action.state, action.health, action.news_on) == ("ongoing", "good", None)
    assert scene.fresh(scene.milestone).done_on is None and scene.fresh(scene.line).spent == 9000
    entry = history_of(scene.action)[0]
    assert entry.sentence == "Nouvelles proposées par Marc Bénac (par lien)" and entry.actor is None


def test_sending_twice_the_same_changes_nothing(scene, asked):
    first = propose_news(asked, Said(Answer.ADVANCES, "Bien"))
    again = propose_news(asked, Said(Answer.ADVANCES, "Bien "))
    assert (again.pk, again.revision) == (first.pk, 1)
    assert history_of(scene.action).filter(sentence__startswith="Nouvelles p").count() == 1


def test_news_are_corrected_until_they_are_decided(scene, asked):
    first = propose_news(asked, Said(Answer.ADVANCES, "Bien"))
    second = propose_news(asked, Said(Answer.DONE, "Fini"))
    assert (second.pk, second.revision, second.answer) == (first.pk, 2, "done")
    accept_proposal(second, 2, by=scene.team)
    with pytest.raises(ValidationError, match="close|publiées"):
        propose_news(asked, Said(Answer.BLOCKED, "Non"))
    assert NewsProposal.objects.get().answer == "done"


def test_what_is_not_well_wants_a_sentence(asked):
    with pytest.raises(ValidationError) as refusal:
        propose_news(asked, Said(Answer.NEEDS_HELP))
    assert "sentence" in refusal.value.error_dict
    assert not NewsProposal.objects.exists()


def test_nothing_is_said_of_another_action(scene, asked, convention):
    other = ActionFactory(convention=convention)
    foreign = [
        Said(Answer.ADVANCES, milestones={other.milestones.create(title="X").pk: today()}),
        Said(Answer.ADVANCES, readings={other.indicators.create(name="X", kind="output").pk: Decimal(1)}),
        Said(Answer.ADVANCES, spent={other.fundings.create(funder=scene.line.funder, planned=1).pk: Decimal(1)}),
    ]
    for said in foreign:
        with pytest.raises(ValidationError, match="pas de cette action"):
            propose_news(asked, said)
    assert not NewsProposal.objects.exists()


@pytest.mark.parametrize("close", ["revoke", "expire", "end", "campaign"])
def test_a_closed_link_or_a_closed_action_takes_nothing(close, scene, asked, campaign):
    if close == "revoke":
        asked.revoked_at = timezone.now()
    elif close == "expire":
        asked.expires_at = timezone.now() - dt.timedelta(seconds=1)
    elif close == "end":
        scene.action.state = "done"
        scene.action.save()
    else:
        campaign.started_at = campaign.closed_at = timezone.now()
        campaign.save()
        asked.campaign = campaign
    asked.save()
    with pytest.raises(ValidationError):
        propose_news(asked, Said(Answer.ADVANCES))
    assert not NewsProposal.objects.exists()


def test_a_file_is_judged_as_documents_are_and_nothing_remains_of_a_refusal(asked):
    bad = SimpleUploadedFile("photo.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    with pytest.raises(ValidationError, match="page web"):
        propose_news(asked, Said(Answer.ADVANCES), files=[pdf(), bad])
    assert not NewsProposal.objects.exists()


def test_a_refused_answer_leaves_no_bytes_behind(asked):
    with pytest.raises(ValidationError):
        propose_news(asked, Said(Answer.BLOCKED), files=[pdf()])
    assert files_of() == []


def test_files_are_counted_once_taken_back_and_limited(asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        proposal = propose_news(asked, Said(Answer.ADVANCES), files=[pdf()])
        propose_news(asked, Said(Answer.ADVANCES), files=[pdf("autre.pdf")])  # the same bytes under another name
    assert proposal.attachments.count() == 1 and len(files_of()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        propose_news(asked, Said(Answer.ADVANCES), without=[proposal.attachments.get().pk])
    assert proposal.attachments.count() == 0 and files_of() == []
    with pytest.raises(ValidationError, match="4 fichiers"):
        propose_news(asked, Said(Answer.ADVANCES), files=[pdf(f"{n}.pdf", b"%d" % n) for n in range(5)])
    assert files_of() == []


def test_the_sweep_of_documents_keeps_what_news_hold(asked, monkeypatch):
    proposal = propose_news(asked, Said(Answer.ADVANCES), files=[pdf()])
    monkeypatch.setattr("maillage.documents.management.commands.clean_documents.AGE", dt.timedelta(0))
    call_command("clean_documents")
    assert len(files_of()) == 1
    proposal.delete()
    call_command("clean_documents")
    assert files_of() == []


def test_handing_over_closes_the_link_and_says_whom_is_proposed(scene, asked):
    hand_over(asked, " Jeanne Roux ", "Jeanne@Example.org")
    request = scene.fresh(asked)
    assert request.revoked_at and request.successor_email == "jeanne@example.org"
    assert scene.fresh(scene.action).lead_person == scene.marc
    assert "propose Jeanne Roux" in history_of(scene.action)[0].sentence
    with pytest.raises(ValidationError):
        hand_over(asked, "", "")
