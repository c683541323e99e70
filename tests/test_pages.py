"""Isolation: every URL × every role × a stranger × nobody, read from the URL configuration itself."""

import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver, reverse

from maillage.documents.operations import attach_document
from maillage.exchange.content.writing import write_files
from maillage.exchange.operations.folders import content_for, read_folder
from maillage.exchange.operations.imports import read_import
from maillage.exchange.tests.workbook.building import action as row_of_action
from maillage.exchange.tests.workbook.building import workbook
from maillage.news.models import NewsRequest
from maillage.news.operations.answering import Said, propose_news
from maillage.people.proof import PROVED_AT
from maillage.plan.models import Action, Convention
from maillage.plan.operations.news import Answer
from tests.cast import World, load_world
from tests.pages import ALL, OWN, PUBLIC, SPACE_ACTS, SPACE_PAGES

pytestmark = pytest.mark.django_db

#: A page that only answers to reading says so to everybody, and nothing more.
ONLY_READ = 405
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def url_patterns() -> Iterator[tuple[str, str]]:
    """(name, route) of every URL of the site."""

    def walk(patterns: Any, prefix: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield pattern.name or "", route
            else:
                yield from walk(pattern.url_patterns, route)

    return walk(get_resolver().url_patterns, "")


@pytest.fixture
def world() -> World:
    found = load_world()
    team = found.people["coordinator"]
    action = found.one(Action, number="1.1")
    attach_document(action, SimpleUploadedFile("note.pdf", PDF, "application/pdf"), by=team)
    request = found.one(NewsRequest, proposal=None)
    propose_news(request, Said(Answer.ADVANCES), files=[SimpleUploadedFile("photo.pdf", PDF, "application/pdf")])
    given = io.BytesIO(workbook(row_of_action("Nouvelle action")).getvalue())
    read_import(found.one(Convention), given, "plan.xlsx", by=team)
    read_folder(found.here, write_files(content_for(found.one(Convention), by=team)), "convention.zip", by=team)
    read_import(found.one(Convention), io.BytesIO(b"Nom;Pilote\nUne action;Mairie"), "notre tableau.csv", by=team)
    read_import(found.one(Convention), io.BytesIO(given.getvalue()), "plan 2.xlsx", by=team, mode="update")
    return found


def sign_in(client: Any, world: World, who: str) -> None:
    client.force_login(world.people[who])
    session = client.session
    session[PROVED_AT] = time.time()
    session.save()


def test_every_url_is_declared_in_the_table_of_pages():
    known = {*SPACE_PAGES, *SPACE_ACTS, *PUBLIC, *OWN}
    found = {name for name, route in url_patterns() if not route.startswith("demonstration/")}
    assert found - known == set(), "declare these pages in tests/pages.py"
    assert known - found == set(), "these pages no longer exist"


def test_every_url_of_a_space_is_in_the_tables_of_spaces():
    inside = {name for name, route in url_patterns() if route.startswith("espace/")}
    assert inside == {*SPACE_PAGES, *SPACE_ACTS}


@pytest.mark.parametrize("who", sorted(ALL))
def test_each_role_opens_what_is_hers_and_nothing_else(who, world, client):
    sign_in(client, world, who)
    wrong = []
    for name, rows in SPACE_PAGES.items():
        for arguments, roles in rows:
            url = reverse(name, args=arguments(world))
            answer = client.get(url)
            for close in answer._resource_closers:  # the file of a download; the test's own connection stays
                close()
            status = answer.status_code
            if status != (200 if who in roles else 403):
                wrong.append((url, status))
    assert wrong == []


@pytest.mark.parametrize("who", sorted(ALL))
def test_each_role_is_refused_the_acts_that_are_not_hers(who, world, client):
    sign_in(client, world, who)
    wrong = []
    for name, rows in SPACE_ACTS.items():
        for arguments, roles in rows:
            url = reverse(name, args=arguments(world))
            assert client.get(url).status_code == 405
            if who not in roles and client.post(url).status_code != 403:
                wrong.append(url)
    # A page that shows a form to some refuses its sending to the others.
    for name, rows in SPACE_PAGES.items():
        for arguments, roles in rows:
            url = reverse(name, args=arguments(world))
            if who not in roles and client.post(url, {}).status_code not in {403, ONLY_READ}:
                wrong.append(url)
    assert wrong == []


def test_a_stranger_gets_404_on_everything(world, client):
    sign_in(client, world, "stranger")
    wrong = []
    for rows in (SPACE_PAGES, SPACE_ACTS):
        for name, cases in rows.items():
            for arguments, _roles in cases:
                url = reverse(name, args=arguments(world))
                answers = {client.post(url, {}).status_code}
                if rows is SPACE_PAGES:
                    assert client.get(url).status_code == 404, url
                if not answers <= {404, ONLY_READ}:
                    wrong.append((url, answers))
    assert wrong == []


def test_what_belongs_to_a_space_is_not_found_under_the_address_of_another(world, client):
    """The next territory's coordinator writes our numbers behind her own address."""
    sign_in(client, world, "stranger")
    wrong = []
    for rows in (SPACE_PAGES, SPACE_ACTS):
        for name, cases in rows.items():
            for arguments, _roles in cases:
                given = arguments(world)
                numbers = [one for one in given[1:] if isinstance(one, int)]  # a word alone is everybody's
                if not numbers or given[1] == "dispositifs" and given[2] == world.here.pk:
                    continue
                url = reverse(name, args=[world.next_door.slug, *given[1:]])
                if rows is SPACE_PAGES:
                    assert client.get(url).status_code == 404, url
                if client.post(url, {}).status_code not in {404, ONLY_READ}:
                    wrong.append(url)
    assert wrong == []


def test_a_space_that_does_not_exist_answers_like_one_that_is_not_yours(world, client):
    sign_in(client, world, "stranger")
    assert client.get("/espace/nulle-part/").status_code == 404


def test_nobody_is_sent_to_sign_in_from_every_page_that_is_not_public(world, client):
    wrong = []
    for rows in (SPACE_PAGES, SPACE_ACTS):
        for name, cases in rows.items():
            url = reverse(name, args=cases[0][0](world))
            answer = client.get(url)
            if answer.status_code != 302 or not answer["Location"].startswith("/connexion/"):
                wrong.append((url, answer.status_code))
    for name in OWN:
        answer = client.get(reverse(name))
        if answer.status_code != 302 or not answer["Location"].startswith("/connexion/"):
            wrong.append((name, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("name", ["home", "accessibility", "help", "sign_in"])
def test_public_pages_answer_to_nobody(name, client):
    assert client.get(reverse(name)).status_code == 200


def test_a_closed_access_or_a_closed_account_opens_nothing(world, client):
    reader = world.people["reader"]
    sign_in(client, world, "reader")
    assert client.get(reverse("dashboard", args=[world.here.slug])).status_code == 200
    reader.memberships.update(ended_at="2026-01-01T00:00:00Z")
    assert client.get(reverse("dashboard", args=[world.here.slug])).status_code == 404
    reader.is_active = False
    reader.save()
    assert client.get(reverse("account")).status_code == 302
