"""Coming in: a link that serves once, a password that cannot be guessed at leisure, a fresh proof for sensitive acts."""

import re
import time
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from maillage.people.limits import address_of
from maillage.people.models import User
from maillage.people.proof import PROVED_AT
from maillage.people.tests.factories import TerritoryFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def ask_link(client, email="ada@example.org"):
    return client.post(reverse("send_link"), {"lien-email": email})


def link_in(message):
    return re.search(r"http://[^/]+(/\S+)", message.body)[1]


@pytest.fixture
def ada():
    return UserFactory(email="ada@example.org", name="Ada")


def test_opening_the_link_uses_nothing_up_and_pressing_the_button_does(ada, client):
    ask_link(client, "ADA@example.org")
    url = link_in(mail.outbox[0])
    assert client.get(url).status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(url)
    assert client.session["_auth_user_id"] == str(ada.pk)
    client.post(reverse("sign_out"))
    client.post(url)
    assert "_auth_user_id" not in client.session


def test_a_link_is_good_for_a_quarter_of_an_hour(ada, client):
    with time_machine.travel(time.time() - 16 * 60, tick=True):
        ask_link(client)
    client.post(link_in(mail.outbox[0]))
    assert "_auth_user_id" not in client.session


def test_the_answer_does_not_tell_whether_the_address_has_an_account(ada, client):
    known, unknown = ask_link(client), ask_link(client, "nobody@example.org")
    assert known.content == unknown.content
    assert len(mail.outbox) == 1


def test_a_closed_account_gets_no_link(ada, client):
    User.objects.update(is_active=False)
    ask_link(client)
    assert mail.outbox == []


def test_too_many_links_are_refused_with_the_time_to_wait(ada, client):
    for _ in range(5):
        ask_link(client)
    assert "Réessayez dans" in ask_link(client).content.decode()
    assert len(mail.outbox) == 5


def test_a_password_opens_and_too_many_wrong_ones_close(ada, client):
    ada.set_password("un cheval bleu au galop")
    ada.save()
    url = reverse("sign_in")
    wrong = client.post(url, {"email": "ada@example.org", "password": "faux"})
    assert "inconnus" in wrong.content.decode()
    for _ in range(4):
        client.post(url, {"email": "ada@example.org", "password": "faux"})
    refused = client.post(url, {"email": "ada@example.org", "password": "un cheval bleu au galop"})
    assert "Trop d’essais" in refused.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_password_opens(ada, client):
    ada.set_password("un cheval bleu au galop")
    ada.save()
    client.post(reverse("sign_in"), {"email": "Ada@example.org", "password": "un cheval bleu au galop"})
    assert client.session["_auth_user_id"] == str(ada.pk)


@pytest.mark.parametrize(
    "wanted", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)", "/\\ailleurs.example"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(wanted, ada, client):
    ada.set_password("un cheval bleu au galop")
    ada.save()
    given = {"email": "ada@example.org", "password": "un cheval bleu au galop", "next": wanted}
    assert client.post(reverse("sign_in"), given)["Location"] == "/"


def test_a_sensitive_act_asks_again_and_leads_back(client):
    space = TerritoryFactory()
    user = member(space)
    user.set_password("un cheval bleu au galop")
    user.save()
    client.force_login(user)
    url = reverse("member_invite", args=[space.slug])
    asked = client.get(url)
    assert asked["Location"].startswith(reverse("prove"))
    wrong = client.post(asked["Location"], {"password": "faux", "next": url})
    assert "pas votre mot de passe" in wrong.content.decode()
    assert client.post(asked["Location"], {"password": "un cheval bleu au galop", "next": url})["Location"] == url
    assert client.get(url).status_code == 200
    session = client.session
    session[PROVED_AT] = time.time() - 16 * 60
    session.save()
    assert client.get(url).status_code == 302


def test_a_new_password_is_judged_and_keeps_the_session(ada, client):
    client.force_login(ada)
    session = client.session
    session[PROVED_AT] = time.time()
    session.save()
    url = reverse("account_password")
    assert "trop court" in client.post(url, {"password": "court"}).content.decode()
    assert client.post(url, {"password": "une phrase assez longue"}).status_code == 302
    assert client.get(reverse("account")).status_code == 200
    ada.refresh_from_db()
    assert ada.check_password("une phrase assez longue")


def test_passwords_are_kept_with_argon2():
    # Read in the file: the tests themselves use a quicker hasher.
    given = (Path(__file__).resolve().parents[3] / "config" / "settings.py").read_text()
    assert 'PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]' in given


def test_behind_a_proxy_each_visitor_is_counted_apart(rf, settings):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2")
    settings.BEHIND_PROXY = True
    assert address_of(request) == "2.2.2.2"
    settings.BEHIND_PROXY = False
    assert address_of(request) == "10.0.0.1"


def test_a_link_leads_where_one_wanted_to_go(ada, client):
    wanted = "/espace/ici/recherche/?q=a&page=2"
    client.post(reverse("send_link"), {"lien-email": "ada@example.org", "next": wanted})
    assert client.post(link_in(mail.outbox[0]))["Location"] == wanted
