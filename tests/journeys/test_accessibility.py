"""axe-core finds nothing to say of any page, at both widths, and no page scrolls sideways."""

import io
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from maillage.documents.operations import attach_document
from maillage.exchange.content.writing import write_files
from maillage.exchange.operations.folders import content_for, read_folder
from maillage.exchange.operations.imports import load_import, read_import
from maillage.exchange.tests.workbook.building import action as row_of_action
from maillage.exchange.tests.workbook.building import workbook
from maillage.plan.models import Action, Convention, Milestone
from maillage.plan.operations import add_part, change_health, edit_action
from maillage.plan.vocabulary import Health
from tests.pages import SPACE_PAGES
from tests.test_pages import PDF

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NOT_PAGES = {
    "document_download", "budget_workbook", "budget_lines", "news_attachment", "plan_table_workbook",
    "plan_table_lines", "timeline_print", "brief_pdf", "folder_download", "amendment_pdf",
    "plan_export", "action_export", "word_template_download",
}  # fmt: skip


def urls(world: Any) -> list[str]:
    team = world.people["coordinator"]
    attach_document(world.one(Action), SimpleUploadedFile("note.pdf", PDF, "application/pdf"), by=team)
    convention = world.one(Convention)
    wrong = row_of_action("À corriger", {"Date de début": "17/13/2024"})
    loaded = read_import(convention, io.BytesIO(workbook(row_of_action("Nouvelle")).getvalue()), "plan.xlsx", by=team)
    load_import(loaded, by=team)
    read_import(convention, io.BytesIO(b"Nom;Pilote\nUne action;Mairie"), "notre tableau.csv", by=team)
    newer = workbook(row_of_action("Nouvelle", {"Descriptif": "Plus longue"}), row_of_action("Encore une"))
    update = read_import(convention, io.BytesIO(newer.getvalue()), "plan 2.xlsx", by=team, mode="update")
    refused = read_import(convention, io.BytesIO(workbook(wrong).getvalue()), "faux.xlsx", by=team)
    read_folder(world.here, write_files(content_for(convention, by=team)), "convention.zip", by=team)
    read_import(convention, io.BytesIO(b"Nom;Pilote\nUne action;Mairie"), "notre tableau.csv", by=team)
    found = [
        reverse(name, args=arguments(world))
        for name, rows in SPACE_PAGES.items()
        if name not in NOT_PAGES
        for arguments, _roles in rows[:3]
    ]
    space = f"/espace/{world.here.slug}/"
    more = [f"{space}recherche/?q=accueil", f"{space}recherche/?q=zzz", f"{space}partenaires/?q=zzz"]
    more += [reverse("import", args=[world.here.slug, found.pk]) for found in (refused, update)]
    more += [f"{space}plan/modeles/?theme=logement", f"{space}nulle-part/"]
    more += ["/", "/compte/", "/compte/nom/", "/compte/mot-de-passe/", "/espaces/nouveau/", "/connexion/preuve/"]
    more += ["/espaces/nouveau/?q=beaupuy&epci=200023620", "/aide/", "/accessibilite/"]
    return found + more


def look(page: Any, url: str) -> list[str]:
    page.goto(url)
    found = Axe().run(page, options=RULES).response["violations"]
    said = [f"{url}: {rule['id']} {rule['nodes'][0]['html'][:160]}" for rule in found]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.viewport_size["width"]:
        said.append(f"{url}: scrolls sideways ({width})")
    return said


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_no_page_of_the_team_has_a_violation(phone, visit, world):
    page = visit("coordinator", phone=phone)
    said = [line for url in urls(world) for line in look(page, url)]
    assert said == []


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_no_page_of_the_others_has_a_violation(phone, visit, world):
    said = []
    for who in ("elected", "signatory", "field_actor", "reader"):
        page = visit(who, phone=phone)
        slug, action = world.here.slug, world.one(Action, number="3.2").pk
        for url in (f"/espace/{slug}/", f"/espace/{slug}/convention/", f"/espace/{slug}/actions/{action}/", f"/espace/{slug}/a-faire/",
                    f"/espace/{slug}/acces/inviter/"):  # fmt: skip
            said += look(page, url)
    assert said == []


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_no_public_page_has_a_violation(phone, visit):
    page = visit(phone=phone)
    said = [
        line
        for url in ("/", "/connexion/", "/connexion/entrer/", "/aide/", "/accessibilite/", "/nulle-part/")
        for line in look(page, url)
    ]
    assert said == []


def test_a_form_with_errors_is_as_accessible_as_without(visit, world):
    page = visit("coordinator")
    page.goto(f"/espace/{world.here.slug}/convention/nouvelle/")
    page.get_by_role("button", name="Enregistrer").click()
    assert page.locator("#erreurs").evaluate("node => node === document.activeElement")
    assert page.title().startswith("Erreur\u00a0: ")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [rule["id"] for rule in found] == []


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_a_word_without_end_widens_no_page(phone, visit, world):
    team = world.people["coordinator"]
    action = world.one(Action, number="1.3")
    edit_action(action, {"title": "A" * 300, "need": "B" * 400, "description": "C" * 400}, by=team)
    milestone = add_part(Milestone, action, {"title": "D" * 300, "owner": "E" * 200, "due_on": "2026-01-01"}, by=team)
    change_health(action, Health.BLOCKED, "F" * 300, by=team)
    page = visit("coordinator", phone=phone)
    slug = world.here.slug
    paths = ["", "plan/", f"actions/{action.pk}/", f"actions/{action.pk}/historique/", f"actions/{action.pk}/supprimer/", "a-faire/",
             "objectifs/1/", "journal/", "recherche/?q=AAA", f"etapes/{milestone.pk}/modifier/", f"etapes/{milestone.pk}/retirer/"]  # fmt: skip
    wide = []
    for path in paths:
        page.goto(f"/espace/{slug}/{path}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > page.viewport_size["width"]:
            wide.append((path, width))
    assert wide == []
