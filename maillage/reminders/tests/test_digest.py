import datetime as dt
import re
from smtplib import SMTPException

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from maillage.people.models import Membership
from maillage.reminders.digest import SHOWN, send_digest
from maillage.reminders.models import ReminderSettings
from maillage.reminders.operations import choose_digest
from maillage.reminders.tests.conftest import TODAY, duty, member_of, territory_called

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def committed(django_capture_on_commit_callbacks):
    """Sends at once what waits for the commit."""

    def send(person, on=TODAY) -> bool:
        with django_capture_on_commit_callbacks(execute=True):
            return send_digest(person, on)

    return send


def test_one_mail_gathers_all_the_spaces_of_a_person(claire, territory, due, committed, mailoutbox, settings):
    settings.BASE_URL = "https://maillage.exemple.fr"
    other = territory_called("la-bas", "Vallée")
    Membership.objects.create(territory=other, user=claire, role="reader")
    due["ici"] = [duty("a", -3, "Relancer le relais", "Sans nouvelle depuis l'été"), duty("b", 60, "Plus tard")]
    due["la-bas"] = [duty("c", 1, "Signer <l’avenant>")]
    assert committed(claire)
    [mail] = mailoutbox
    html = mail.alternatives[0][0]
    assert mail.to == ["claire@exemple.fr"] and mail.subject == "2 choses vous attendent dans Maillage"
    assert mail.body.index("Gascogne") < mail.body.index("Relancer le relais") < mail.body.index("Vallée")
    assert "https://maillage.exemple.fr/espace/ici/action/a/" in mail.body and "Demain" in mail.body
    assert "Sans nouvelle depuis l'été" in mail.body and "Signer <l’avenant>" in mail.body
    assert "Signer &lt;l’avenant&gt;" in html
    assert "Plus tard" not in mail.body


def test_the_same_day_sends_one_mail(claire, due, committed, mailoutbox):
    due["ici"] = [duty()]
    assert committed(claire) and not committed(claire)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("found", [[], [duty("a", None)], [duty("a", 30)]])
def test_nothing_leaves_when_nothing_presses(claire, due, committed, mailoutbox, found):
    due["ici"] = found
    assert not committed(claire) and not mailoutbox


def test_who_wants_none_receives_none(claire, due, committed, mailoutbox):
    due["ici"] = [duty()]
    choose_digest(claire, "never", by=claire)
    assert not committed(claire) and not mailoutbox


def test_an_ended_access_or_a_closed_account_receives_nothing(claire, territory, due, committed, mailoutbox):
    due["ici"] = [duty()]
    Membership.objects.update(ended_at=timezone.now())
    assert not committed(claire)
    other = member_of(territory, email="autre@exemple.fr")
    other.is_active = False
    assert not committed(other) and not mailoutbox


def test_a_long_list_is_cut_and_says_how_many_remain(claire, due, committed, mailoutbox):
    due["ici"] = [duty(f"k{rank}", 1, f"Chose {rank}") for rank in range(SHOWN + 3)]
    committed(claire)
    assert "3\u00a0autres" in mailoutbox[0].body and mailoutbox[0].body.count("- Chose") == SHOWN


def test_the_mail_says_how_to_stop_it_in_one_click(claire, due, committed, mailoutbox, client):
    due["ici"] = [duty()]
    committed(claire)
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<http://127.0.0.1:8000(/.*)>", headers["List-Unsubscribe"])[1]
    assert address in mailoutbox[0].body
    assert client.get(address).status_code == 200
    assert ReminderSettings.objects.get().digest == "weekly"
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert ReminderSettings.objects.get().digest == "never"


def test_a_mail_that_the_server_refuses_is_tried_again(claire, due, committed, mailoutbox, monkeypatch):
    due["ici"] = [duty()]

    def refuse(backend, mails):
        raise SMTPException("mailbox full")

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        with pytest.raises(SMTPException):
            committed(claire)
    assert ReminderSettings.objects.get().sent_on is None
    assert committed(claire) and len(mailoutbox) == 1


@time_machine.travel(dt.datetime(2026, 11, 24, 6, tzinfo=dt.UTC), tick=False)
def test_the_command_reaches_everybody_even_when_one_mailbox_fails(
    territory, due, mailoutbox, monkeypatch, capsys, transactional_db, django_db_serialized_rollback
):
    due["ici"] = [duty()]
    for name in ("a", "b", "c"):
        member_of(territory, email=f"{name}@exemple.fr")
    real = EmailBackend.send_messages

    def refuse_b(backend, mails):
        if mails[0].to == ["b@exemple.fr"]:
            raise SMTPException("mailbox full")
        return real(backend, mails)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_b)
    with pytest.raises(CommandError, match="non envoyés : 1"):
        call_command("send_digests")
    assert sorted(mail.to[0] for mail in mailoutbox) == ["a@exemple.fr", "c@exemple.fr"]
    monkeypatch.undo()
