"""A campaign for news: from the team to a phone without account, and back to the dashboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import expect

from maillage.news.models import NewsCampaign, NewsProposal, NewsRequest
from maillage.news.secrecy import link_of
from maillage.plan.models import Action
from tests.journeys.test_accessibility import RULES
from tests.test_pages import PDF


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_campaign_goes_out_an_answer_comes_from_a_phone_and_shows_on_the_dashboard(script, visit, world, tmp_path):
    NewsCampaign.objects.all().delete()
    Action.objects.update(news_on=None)  # news of the same day would count as an answer
    space = f"/espace/{world.here.slug}/"
    claire = visit("coordinator", script=script)
    claire.goto(f"{space}nouvelles/")
    claire.get_by_role("link", name="Demander des nouvelles à tous").click()
    claire.get_by_label("Intitulé").fill("Avant le copil de fin d’année")
    claire.get_by_label("Réunion à préparer").fill("Comité de pilotage")
    claire.get_by_label("Réponses attendues le").fill("2099-01-15")
    claire.get_by_role("button", name="Enregistrer").click()
    expect(claire.get_by_text("7 actions, 6 personnes")).to_be_visible()
    claire.get_by_role("button", name="Lancer la campagne").click()
    expect(claire.get_by_role("status")).to_contain_text("lancée")
    assert len(mail.outbox) == 6
    letter = next(letter for letter in mail.outbox if letter.to == ["marc.benac@example.org"])
    link = re.search(r"2\.1 .*\n\s+(http://\S+)", letter.body)[1]

    marc = visit(phone=True, script=script)
    marc.goto(link)
    expect(marc.get_by_role("heading", level=1)).to_have_text("Accueillir et loger les internes et jeunes médecins")
    marc.get_by_label("C’est bloqué").check()
    marc.get_by_role("button", name="Envoyer").click()
    expect(marc.get_by_role("alert")).to_contain_text("ce qui bloque")
    marc.get_by_label("Quoi de neuf").fill("La mairie attend le devis du chauffage")
    marc.get_by_label(re.compile("Signer le bail")).first.check()
    marc.get_by_label("Logements meublés réservés").fill("3")
    marc.get_by_label("Document").set_input_files({"name": "devis.pdf", "mimeType": "application/pdf", "buffer": PDF})
    marc.get_by_role("button", name="Envoyer").click()
    expect(marc.get_by_role("status")).to_contain_text("vos nouvelles sont envoyées")
    expect(marc.get_by_text("devis.pdf").first).to_be_visible()
    assert world.one(Action, number="2.1").health == "watch"

    claire.goto(space)
    expect(claire.get_by_text("1 sur 7 a répondu")).to_be_visible()
    claire.get_by_role("link", name="1 réponse à relire").click()
    row = claire.get_by_role("article").filter(has_text="Accueillir et loger")
    expect(row.get_by_role("row", name=re.compile("Logements meublés"))).to_contain_text("3")
    row.get_by_role("button", name="Accepter").click()
    expect(claire.get_by_role("status")).to_contain_text("sont dans le plan")
    claire.goto(space)
    worrying = claire.locator("section", has=claire.get_by_role("heading", name="À surveiller ou bloquées"))
    expect(worrying.first).to_contain_text("La mairie attend le devis du chauffage")
    action = world.one(Action, number="2.1")
    assert (action.health, action.health_note) == ("blocked", "La mairie attend le devis du chauffage")
    claire.goto(f"{space}actions/{action.pk}/")
    expect(claire.get_by_text("d’après Marc Bénac (par lien)").first).to_be_visible()
    expect(claire.get_by_role("link", name="devis.pdf", exact=True)).to_be_visible()
    marc.reload()
    expect(marc.get_by_text("sont dans le plan")).to_be_visible()


def test_somebody_hands_over_and_the_team_entrusts_the_action_to_the_next(visit, world):
    request = world.one(NewsRequest, action__number="3.2")
    phone = visit(phone=True)
    phone.goto(link_of(request))
    phone.get_by_role("link", name="Ce n’est plus moi").click()
    phone.get_by_label("Qui s’en occupe").fill("Jeanne Roux")
    phone.get_by_label("Son adresse").fill("jeanne.roux@example.org")
    phone.get_by_role("button", name="Passer la main").click()
    expect(phone.get_by_role("heading", name="Merci, c’est noté")).to_be_visible()
    claire = visit("coordinator")
    claire.goto(f"/espace/{world.here.slug}/nouvelles/")
    claire.get_by_role("button", name="Confier à Jeanne Roux").click()
    expect(claire.get_by_role("status")).to_contain_text("Jeanne Roux")
    assert mail.outbox[0].to == ["jeanne.roux@example.org"]
    assert world.one(Action, number="3.2").lead_person.name == "Jeanne Roux"


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_the_pages_of_a_link_have_no_violation(phone, visit, world):
    waiting, sent = world.one(NewsRequest, proposal=None), world.one(NewsProposal, state="proposed").request
    published = world.one(NewsProposal, state="accepted").request
    page = visit(phone=phone)
    for url in (
        link_of(waiting),
        link_of(waiting) + "passer-la-main/",
        link_of(sent),
        link_of(published),
        "/nouvelles/x/",
    ):
        page.goto(url)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:160]) for rule in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.goto(link_of(waiting))
    page.get_by_label("C’est bloqué").check()
    page.get_by_role("button", name="Envoyer").click()
    assert page.locator("#erreurs").evaluate("node => node === document.activeElement")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:160]) for rule in found] == []
