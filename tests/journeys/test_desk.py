"""What each person sees first, and what she does from there in two minutes."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from maillage.plan.models import Action, Milestone


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_field_actor_says_what_happened_with_one_tap_on_her_phone(script, visit, world):
    page = visit("field_actor", phone=True, script=script)
    action = world.one(Action, number="3.2")
    page.goto(f"/espace/{world.here.slug}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous faites avancer une action")
    card = page.locator(f"#action-{action.pk}")
    card.get_by_role("button", name="C’est fait : Ouvrir la tournée").click()
    expect(page.get_by_role("status")).to_contain_text("est faite")
    assert world.one(Milestone, title="Ouvrir la tournée dans cinq communes").done_on
    card.get_by_role("button", name="C’est bloqué").click()
    expect(page.locator("#erreurs")).to_contain_text("ce qui bloque")
    expect(page.get_by_label("C’est bloqué")).to_be_checked()
    page.get_by_label("En une phrase").fill("Le véhicule est en panne jusqu’en janvier")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("Merci, vos nouvelles")
    expect(card).to_contain_text("Le véhicule est en panne jusqu’en janvier")
    card.get_by_role("button", name="Ça avance", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Merci, vos nouvelles")
    action.refresh_from_db()
    assert (action.state, action.health) == ("ongoing", "good")


def test_an_elected_member_opens_her_brief_on_her_phone_and_takes_it_on_paper(visit, world):
    page = visit("elected", phone=True)
    page.goto(f"/espace/{world.here.slug}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous suivez trois actions, une est bloquée")
    asked = page.locator("section", has=page.get_by_role("heading", name="Ce que l’on va vous demander"))
    expect(asked).to_contain_text("Débloquer « Point écoute jeunes »")
    changed = page.locator("section", has=page.get_by_role("heading", name="Ce qui a changé"))
    expect(changed).to_contain_text("la sixième rencontre est calée")
    with page.expect_download() as given:
        page.get_by_role("link", name="La note en PDF").click()
    assert given.value.suggested_filename.startswith("Note Anne Lacoste")
    pages = PdfReader(io.BytesIO(given.value.path().read_bytes())).pages
    assert len(pages) == 1
    assert "Point écoute jeunes" in pages[0].extract_text()


def test_what_a_field_actor_says_shows_on_the_dashboard_and_in_the_brief(visit, world):
    silent = world.one(Action, number="3.4")
    team = visit("coordinator")
    team.goto(f"/espace/{world.here.slug}/")
    lists = team.locator("section", has=team.get_by_role("heading", name="Sans nouvelles depuis six mois"))
    expect(lists).to_contain_text("Transport à la demande")
    expect(lists.get_by_role("link", name=f"Relancer : {silent.title}")).to_be_visible()
    lists.get_by_role("link", name="3.4 Transport").click()
    team.get_by_label("En une phrase").fill("L’appel d’offres est publié")
    team.get_by_role("button", name="Envoyer").click()
    expect(team.get_by_role("status")).to_contain_text("Merci")
    team.goto(f"/espace/{world.here.slug}/")
    expect(lists).not_to_contain_text("Transport à la demande")
    team.get_by_role("link", name="Notes des élus").click()
    team.get_by_role("link", name="Sophie Delpech", exact=True).click()
    expect(team.get_by_role("heading", level=1)).to_contain_text("Sophie Delpech suit une action")
