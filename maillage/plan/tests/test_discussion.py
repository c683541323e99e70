import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from maillage.access.roles import Role
from maillage.discussion.models import Comment, Mention, Watch
from maillage.discussion.operations import (
    add_comment,
    change_watch,
    edit_comment,
    forget_discussion,
    read_mention,
    withdraw_comment,
)
from maillage.discussion.queries import discussion_of, moved_for, unread_mentions
from maillage.journal.models import Entry
from maillage.people.models import Membership
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.operations import delete_action, edit_action
from maillage.plan.tests.factories import ActionFactory
from maillage.reminders.digest import send_digest
from maillage.reminders.models import ReminderSettings
from maillage.reminders.queries import duties_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 25)


def named(user, name):
    user.name = name
    user.save()
    return user


@pytest.fixture
def action(convention):
    return ActionFactory(convention=convention, title="Relais itinérant")


@pytest.fixture
def ines(territory):
    return named(member(territory, Role.FIELD_ACTOR), "Inès Carbonel")


@pytest.fixture
def claire(coordinator):
    return named(coordinator, "Claire Dupuy")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    def say(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return add_comment(*args, **kwargs)

    return say


def test_a_comment_says_that_somebody_spoke_and_the_journal_not_what(action, ines):
    comment = add_comment(action, "  La salle est prêtée ", by=ines)
    entry = Entry.objects.get()
    assert (comment.text, comment.author, comment.audience) == ("La salle est prêtée", ines, "members")
    assert entry.sentence == "Commentaire ajouté" and "salle" not in f"{entry.changes}{entry.reason}"


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_comment_says_something_and_not_too_much(text, action, ines):
    with pytest.raises(ValidationError):
        add_comment(action, text, by=ines)
    assert not Comment.objects.exists() and not Entry.objects.exists()


def test_readers_read_and_strangers_do_nothing(action, territory):
    for user in (member(territory, Role.READER), member(TerritoryFactory())):
        with pytest.raises(PermissionDenied):
            add_comment(action, "Bonjour", by=user)


def test_only_the_team_speaks_within_the_team(action, ines, claire):
    with pytest.raises(PermissionDenied):
        add_comment(action, "Entre nous", by=ines, team=True)
    add_comment(action, "Entre nous", by=claire, team=True)
    assert [remark.comment.text for remark in discussion_of(action, claire).remarks] == ["Entre nous"]
    assert discussion_of(action, ines).remarks == []
    assert "Entre nous" not in str(Entry.objects.values())


def test_whoever_is_called_gets_a_mail_and_a_duty_until_she_has_read(action, ines, claire, committed, mailoutbox):
    comment = committed(action, "Peut-on l’ajouter ?", people=[claire, claire, ines], by=ines)
    [mail] = mailoutbox
    assert mail.to == [claire.email] and "Inès Carbonel vous a écrit" in mail.subject
    assert "Peut-on l’ajouter ?" in mail.body and f"#commentaire-{comment.pk}" in mail.body
    [duty] = [duty for duty in duties_of(claire, action.territory, TODAY) if duty.key.startswith("mention-")]
    assert duty.title == "Inès Carbonel vous a écrit" and duty.url.endswith(f"#commentaire-{comment.pk}")
    mention = Mention.objects.get()
    with pytest.raises(PermissionDenied):
        read_mention(mention, by=ines)
    read_mention(mention, by=claire)
    assert unread_mentions(claire, action.territory) == []


def test_who_answers_has_read(action, ines, claire):
    add_comment(action, "Peut-on l’ajouter ?", people=[claire], by=ines)
    add_comment(action, "Oui", by=claire)
    assert unread_mentions(claire, action.territory) == []


def test_who_wants_no_mail_finds_it_in_her_duties(action, ines, claire, committed, mailoutbox):
    ReminderSettings.objects.create(user=claire, digest=ReminderSettings.Digest.NEVER)
    committed(action, "Un mot", people=[claire], by=ines)
    assert not mailoutbox and len(unread_mentions(claire, action.territory)) == 1


def test_one_calls_members_of_the_space_only(action, ines, claire):
    stranger = member(TerritoryFactory())
    gone = member(action.territory)
    Membership.objects.filter(user=gone).update(ended_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    for user in (stranger, gone):
        with pytest.raises(ValidationError, match="n’est plus membre"):
            add_comment(action, "Bonjour", people=[user], by=claire)
    with pytest.raises(ValidationError, match="Inès Carbonel ne pourrait pas le lire"):
        add_comment(action, "Entre nous", people=[ines], team=True, by=claire)
    assert not Comment.objects.exists()


def test_a_refused_comment_mails_nobody(action, ines, claire, committed, mailoutbox):
    with pytest.raises(ValidationError):
        committed(action, "Entre nous", people=[ines], team=True, by=claire)
    assert not mailoutbox


def test_one_changes_one_s_words_for_an_hour(action, ines, claire):
    with time_machine.travel("2026-11-25 10:00Z", tick=False):
        comment = add_comment(action, "Jeudi", by=ines)
    with time_machine.travel("2026-11-25 10:59Z", tick=False):
        assert edit_comment(comment, "Vendredi", by=ines).edited_at
        with pytest.raises(PermissionDenied):
            edit_comment(comment, "Samedi", by=claire)
    with (
        time_machine.travel("2026-11-25 11:00Z", tick=False),
        pytest.raises(ValidationError, match="pendant une heure"),
    ):
        edit_comment(comment, "Samedi", by=ines)
    comment.refresh_from_db()
    assert comment.text == "Vendredi"


def test_a_withdrawn_comment_keeps_its_place_and_loses_its_text(action, ines, claire):
    comment = add_comment(action, "Une erreur", people=[claire], by=ines)
    with pytest.raises(PermissionDenied):
        withdraw_comment(comment, by=member(action.territory, Role.ELECTED))
    withdraw_comment(comment, by=ines)
    comment.refresh_from_db()
    assert comment.text == "" and comment.withdrawn_at and not Mention.objects.exists()
    assert len(discussion_of(action, claire).remarks) == 1
    with pytest.raises(ValidationError):
        edit_comment(comment, "Finalement", by=ines)


def test_a_coordinator_withdraws_what_should_not_be_there(action, ines, claire):
    comment = add_comment(action, "Un nom d’habitant", by=ines)
    withdraw_comment(comment, by=claire)
    assert Entry.objects.filter(sentence="Commentaire retiré", actor=claire).exists()
    assert "habitant" not in str(Entry.objects.values())


def test_the_database_keeps_no_text_of_what_was_withdrawn(action, ines):
    comment = add_comment(action, "Une erreur", by=ines)
    for change in ({"withdrawn_at": comment.at}, {"text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(**change)


def test_one_follows_and_no_longer(action, claire, territory):
    reader = member(territory, Role.READER)
    change_watch(action, True, by=reader)
    change_watch(action, True, by=reader)
    assert discussion_of(action, reader).followed and Watch.objects.count() == 1
    change_watch(action, False, by=reader)
    assert not discussion_of(action, reader).followed
    with pytest.raises(PermissionDenied):
        change_watch(action, True, by=member(TerritoryFactory()))


def test_what_moved_is_told_to_who_follows_without_her_own_acts(action, claire, ines, territory):
    change_watch(action, True, by=ines)
    other = ActionFactory(convention=action.convention)
    with time_machine.travel("2026-11-24 10:00Z", tick=False):
        edit_action(action, {"need": "Nouveau"}, by=claire)
        edit_action(other, {"need": "Ailleurs"}, by=claire)
        add_comment(action, "De moi", by=ines)
    bounds = [dt.datetime(2026, 11, day, tzinfo=dt.UTC) for day in (24, 25)]
    [moved] = moved_for(ines, territory, *bounds)
    assert moved.label == "Relais itinérant" and moved.said == ["Claire Dupuy : Fiche modifiée"]
    assert moved_for(claire, territory, *bounds) == []


def test_nothing_is_left_of_a_discussion_when_its_subject_goes(action, claire, ines):
    add_comment(action, "Un mot", people=[ines], by=claire)
    delete_action(action, by=claire)
    assert not Comment.objects.exists() and not Watch.objects.exists() and not Mention.objects.exists()
    forget_discussion([])


def test_the_digest_tells_once_what_moved(action, claire, ines, mailoutbox, django_capture_on_commit_callbacks):
    change_watch(action, True, by=ines)
    with time_machine.travel("2026-11-20 10:00Z", tick=False):
        edit_action(action, {"need": "Nouveau"}, by=claire)

    def digest(on):
        with django_capture_on_commit_callbacks(execute=True):
            return send_digest(ines, on)

    assert digest(dt.date(2026, 11, 24))
    [mail] = mailoutbox
    assert mail.subject == "Du nouveau dans ce que vous suivez"
    for text in (mail.body, mail.alternatives[0][0]):
        assert "Relais itinérant" in text and "Fiche modifiée" in text
    assert not digest(dt.date(2026, 12, 1)), "nothing new: no mail"
