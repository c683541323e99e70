"""The page of a mailed link: what it opens, what it never opens, how it takes an answer."""

import datetime as dt
import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maillage.news.models import NewsProposal, NewsRequest
from maillage.news.operations.answering import Said, propose_news
from maillage.news.operations.asking import ask_for_news, renew_link
from maillage.news.operations.campaigns import close_campaign
from maillage.news.operations.deciding import accept_proposal, return_proposal
from maillage.news.secrecy import token_of
from maillage.news.tests.conftest import path_of
from maillage.news.tests.test_answering import PDF
from maillage.people.limits import LIMITS
from maillage.people.spaces import today
from maillage.plan.operations import delete_action
from maillage.plan.operations.news import Answer
from maillage.plan.tests.factories import ActionFactory, ConventionFactory, OrganizationFactory
from maillage.ui.french import short_date
from maillage.ui.logs import WithoutSecrets

pytestmark = pytest.mark.django_db
GONE = 410


def page_of(client, path):
    return client.get(path).content.decode()


def answer(scene, **changes):
    return {
        "n-answer": "advances", "n-sentence": "Le bail est signé", f"n-done_{scene.milestone.pk}": "on",
        f"n-on_{scene.milestone.pk}": today().isoformat(), f"n-value_{scene.indicator.pk}": "5",
        f"n-spent_{scene.line.pk}": "9\u202f300,50", **changes,
    }  # fmt: skip


def test_the_page_is_prefilled_and_opening_it_uses_nothing_up(client, scene, asked):
    for _ in range(3):
        page = page_of(client, path_of(asked))
    assert "Bonjour Marc Bénac" in page and "Loger les internes" in page
    assert re.search(r'name="n-answer" value="advances"[^>]* checked', page)
    assert f'name="n-value_{scene.indicator.pk}" value="4"' in page
    assert f'name="n-spent_{scene.line.pk}" value="9\u202f000"' in page
    assert "Troisième logement" in page and not NewsProposal.objects.exists()


def test_the_page_shows_that_action_alone_and_nothing_else_of_the_territory(client, scene, asked, convention):
    other = ActionFactory(convention=convention, title="Une autre action", need="Secret")
    OrganizationFactory(territory=convention.territory, name="Un autre partenaire")
    other.milestones.create(title="Une autre étape")
    scene.action.need = scene.action.description = "Ce qui ne regarde que la fiche"
    scene.action.save()
    page = page_of(client, path_of(asked))
    for words in ("Une autre", "Un autre partenaire", "Ce qui ne regarde", f"/espace/{convention.territory.slug}/",
                  convention.title, "Se connecter", "<nav"):  # fmt: skip
        assert words not in page, words
    links = {href for href in re.findall(r'href="(/[^"]*)"', page) if not href.startswith("/static/")}
    assert links == {path_of(asked) + "passer-la-main/"}


def test_the_address_is_kept_out_of_searches_caches_and_referrers(client, asked):
    response = client.get(path_of(asked))
    assert response["X-Robots-Tag"] == "noindex, nofollow" and response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "private, no-store"
    assert token_of(asked) not in response.content.decode().replace(path_of(asked) + "passer-la-main/", "")
    assert 'name="robots" content="noindex' in response.content.decode()


def test_an_answer_comes_by_the_form_and_is_shown_again_to_be_corrected(client, scene, asked):
    response = client.post(path_of(asked), answer(scene))
    assert response.status_code == 302 and response["Location"] == path_of(asked)
    proposal = NewsProposal.objects.get()
    assert proposal.readings == {str(scene.indicator.pk): "5"} and proposal.spent == {str(scene.line.pk): "9300.50"}
    assert proposal.milestones == {str(scene.milestone.pk): today().isoformat()}
    page = page_of(client, path_of(asked))
    assert "vos nouvelles sont envoyées" in page and "Le bail est signé" in page
    assert 'value="9\u202f300,5' in page and "Corriger mon envoi" in page
    client.post(path_of(asked), answer(scene))
    client.post(path_of(asked), answer(scene))
    assert NewsProposal.objects.get().revision == 1


def test_a_figure_left_as_it_was_is_not_news(client, scene, asked):
    same = {
        f"n-value_{scene.indicator.pk}": "4",
        f"n-spent_{scene.line.pk}": "9 000",
        f"n-done_{scene.milestone.pk}": "",
    }
    client.post(path_of(asked), answer(scene, **same))
    proposal = NewsProposal.objects.get()
    assert (proposal.readings, proposal.spent, proposal.milestones) == ({}, {}, {})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"n-answer": "blocked", "n-sentence": ""}, "ce qui bloque"),
        ({"n-answer": "dance"}, "Sélectionnez un choix valide"),
        ({"figure": "beaucoup"}, "n’est pas un nombre"),
        ({"money": "-5"}, "négatif"),
        ({"day": "tomorrow"}, "pas encore venu"),
        ({"day": "32/13/2026"}, "n’existe pas"),
        ({"file": SimpleUploadedFile("photo.heic", b"x")}, "HEIC"),
    ],
)
def test_what_is_not_understood_is_said_and_what_was_typed_is_kept(changes, words, client, scene, asked):
    tomorrow = (today() + dt.timedelta(days=1)).isoformat()
    names = {"figure": f"n-value_{scene.indicator.pk}", "money": f"n-spent_{scene.line.pk}",
             "day": f"n-on_{scene.milestone.pk}", "file": "n-photo"}  # fmt: skip
    given = {names.get(key, key): tomorrow if value == "tomorrow" else value for key, value in changes.items()}
    response = client.post(path_of(asked), answer(scene, **{"n-sentence": "Gardez-moi", **given}))
    page = response.content.decode()
    assert response.status_code == 200 and words in page and "à corriger" in page
    if "n-sentence" not in given:
        assert "Gardez-moi" in page
    assert not NewsProposal.objects.exists()


def test_a_photo_and_a_document_come_along(client, scene, asked):
    files = {"n-document": SimpleUploadedFile("bail.pdf", PDF, "application/pdf")}
    client.post(path_of(asked), answer(scene, **files))
    attachment = NewsProposal.objects.get().attachments.get()
    assert "bail.pdf" in page_of(client, path_of(asked))
    client.post(path_of(asked), answer(scene, **{f"remove_{attachment.pk}": "1"}))
    assert not NewsProposal.objects.get().attachments.exists()


@pytest.mark.parametrize(
    "closed", ["unknown", "tampered", "revoked", "replaced", "expired", "ended", "deleted", "campaign"]
)
def test_a_link_that_opens_nothing_says_whom_to_ask_and_shows_nothing(closed, client, scene, asked, campaign):
    path = path_of(asked)
    if closed == "unknown":
        path = "/nouvelles/abc/"
    elif closed == "tampered":
        path = path[:-3] + ("AA/" if not path.endswith("AA/") else "BB/")
    elif closed == "revoked":
        NewsRequest.objects.update(revoked_at=timezone.now())
    elif closed == "replaced":
        renew_link(asked, by=scene.team)
    elif closed == "expired":
        NewsRequest.objects.update(expires_at=timezone.now())
    elif closed == "ended":
        scene.action.state = "abandoned"
        scene.action.save()
    elif closed == "deleted":
        delete_action(scene.action, by=scene.team)
    else:
        campaign.started_at = timezone.now()
        campaign.save()
        path = path_of(ask_for_news(scene.action, scene.marc, by=scene.team, campaign=campaign))
        close_campaign(campaign, by=scene.team)
    for response in (client.get(path), client.post(path, answer(scene)), client.post(path + "passer-la-main/")):
        page = response.content.decode()
        assert response.status_code in {GONE, 200 if closed == "ended" else GONE}
        if response.status_code == GONE:
            assert "n’ouvre plus rien" in page and "répondez au courriel" in page
            assert "Loger les internes" not in page and "9\u202f000" not in page
            assert response["Referrer-Policy"] == "no-referrer"
    assert not NewsProposal.objects.exists()


def test_a_file_is_to_be_chosen_again_when_something_else_is_wrong(client, scene, asked):
    files = {"n-document": SimpleUploadedFile("bail.pdf", PDF, "application/pdf")}
    given = answer(scene, **{"n-answer": "blocked", "n-sentence": "", **files})
    page = client.post(path_of(asked), given).content.decode()
    assert "ce qui bloque" in page and "À choisir de nouveau" in page and "bail.pdf" in page


def test_two_links_open_two_actions_each_its_own(client, scene, asked, convention):
    other = ActionFactory(convention=convention, title="Un autre sujet", lead_person=scene.marc)
    second = ask_for_news(other, scene.marc, by=scene.team)
    assert "Un autre sujet" not in page_of(client, path_of(asked))
    assert "Loger les internes" not in page_of(client, path_of(second))
    client.post(path_of(second), answer(scene))
    assert not NewsProposal.objects.filter(request=asked).exists()
    proposal = NewsProposal.objects.get(request=second)
    assert (proposal.milestones, proposal.readings, proposal.spent) == ({}, {}, {})


def test_the_link_of_a_territory_says_nothing_of_another(client, scene, asked):
    elsewhere = ConventionFactory()
    action = ActionFactory(convention=elsewhere, title="Ailleurs")
    page = page_of(client, path_of(asked))
    assert elsewhere.territory.name not in page and action.title not in page


def test_the_database_alone_does_not_open_a_link_nor_another_key_of_the_server(client, asked, settings):
    token = token_of(asked)
    assert token not in {asked.secret_hash, asked.salt}
    for guess in (asked.secret_hash, asked.salt):
        assert client.get(f"/nouvelles/{guess}/").status_code == GONE
    settings.SECRET_KEY = "another"
    assert token_of(asked) != token


def test_the_page_and_the_mail_say_the_same_last_day(client, asked):
    assert asked.last_day == today() + dt.timedelta(days=30)
    assert f"valable jusqu’au {short_date(asked.last_day)}" in page_of(client, path_of(asked))


def test_published_news_are_thanked_for_and_no_longer_changed(client, scene, asked):
    accept_proposal(propose_news(asked, Said(Answer.DONE, "Fini")), 1, by=scene.team)
    assert "sont dans le plan" in page_of(client, path_of(asked))
    client.post(path_of(asked), answer(scene))
    assert NewsProposal.objects.get().sentence == "Fini"


def test_news_sent_back_say_what_is_missing(client, scene, asked):
    return_proposal(propose_news(asked, Said(Answer.ADVANCES, "Bien")), 1, "Combien d’internes ?", by=scene.team)
    page = page_of(client, path_of(asked))
    assert (
        "Combien d’internes" in page
        and "Envoyer à l’équipe CTG" in page
        and ">Bien</textarea>" in page.replace("\n", "")
    )


def test_handing_over_thanks_and_closes(client, scene, asked):
    path = path_of(asked)
    assert "pas vous" not in page_of(client, path + "passer-la-main/")
    wrong = client.post(path + "passer-la-main/", {"n-name": "Jeanne", "n-email": "jeanne"})
    assert wrong.status_code == 200 and not scene.fresh(asked).handed_over_at
    response = client.post(
        path + "passer-la-main/", {"n-name": "Jeanne Roux", "n-email": "jeanne@example.org"}, follow=True
    )
    assert response.status_code == GONE and "Merci, c’est noté" in response.content.decode()
    assert scene.fresh(asked).successor_name == "Jeanne Roux"


def test_the_form_needs_neither_cookie_nor_session_and_sets_none(scene, asked):
    client = Client(enforce_csrf_checks=True)
    assert client.post(path_of(asked), answer(scene), headers={"origin": "null"}).status_code == 302
    assert not client.cookies and NewsProposal.objects.exists()


def test_too_many_openings_from_one_place_wait(client, asked, monkeypatch):
    monkeypatch.setitem(LIMITS, "news-address", (2, 900))
    codes = [client.get(path_of(asked)).status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]
    assert client.get(path_of(asked))["Referrer-Policy"] == "no-referrer"


def test_too_many_sendings_by_one_link_wait_and_keep_what_was_typed(client, scene, asked, monkeypatch):
    monkeypatch.setitem(LIMITS, "news", (1, 900))
    client.post(path_of(asked), answer(scene))
    again = client.post(path_of(asked), answer(scene, **{"n-sentence": "Encore moi"})).content.decode()
    assert "Trop d’essais" in again and "Encore moi" in again


def test_what_the_server_writes_holds_no_link(client, asked, caplog):
    NewsRequest.objects.update(revoked_at=timezone.now())
    console = next(
        found
        for found in logging.getLogger().handlers
        if any(isinstance(kept, WithoutSecrets) for kept in found.filters)
    )
    with caplog.at_level(logging.DEBUG):
        client.get(path_of(asked))
    lines = [record for record in caplog.records if "/nouvelles/" in record.getMessage()]
    assert lines and all(console.filter(record) for record in lines)
    assert token_of(asked) not in " ".join(record.getMessage() for record in lines)


def test_the_page_costs_the_same_whatever_the_action_holds(client, scene, asked):
    counts = []
    for _ in range(2):
        client.get(path_of(asked))
        with CaptureQueriesContext(connection) as counted:
            assert client.get(path_of(asked)).status_code == 200
        counts.append(len(counted))
        for n in range(30):
            scene.action.milestones.create(title=f"Étape {n}", due_on=today())
            scene.action.indicators.create(name=f"I {n}", kind="output").readings.create(on="2026-01-01", value=n)
            scene.action.fundings.create(funder=scene.line.funder, year=today().year, planned=1)
    assert counts[0] == counts[1] <= 10
