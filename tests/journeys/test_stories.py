"""A coordinator's Monday, a field actor's two minutes, a newcomer's first hour."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from maillage.exchange.tests.workbook.building import action as row_of_action
from maillage.exchange.tests.workbook.building import workbook
from maillage.people.models import User
from maillage.plan.models import Action, Convention, Milestone
from maillage.territories.models import Territory


def test_a_coordinator_enters_by_link_and_closes_the_first_thing_that_waits(visit, world):
    page = visit()
    page.goto("/connexion/")
    page.locator("form", has_text="lien reçu").get_by_label("Votre adresse").fill("Claire.Dupuy@example.org")
    page.get_by_role("button", name="Recevoir un lien").click()
    expect(page.get_by_role("heading", name="Regardez vos courriels")).to_be_visible()
    link = re.search(r"http://\S+", mail.outbox[0].body)[0]
    page.goto(link)
    page.get_by_role("button", name="Me connecter").click()
    page.get_by_role("link", name="Gascogne Toulousaine").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("vous attend")
    first = world.one(Milestone, title="Ouvrir la tournée dans cinq communes")
    page.get_by_role("link", name="Ouvrir : Ouvrir la tournée dans cinq communes").click()
    page.get_by_role("button", name="C’est fait : Ouvrir la tournée").first.click()
    expect(page.get_by_role("status")).to_contain_text("est faite")
    first.refresh_from_db()
    assert first.done_on
    # The link has been used: it opens nothing more.
    other = visit()
    other.goto(link)
    other.get_by_role("button", name="Me connecter").click()
    expect(other.get_by_role("alert")).to_contain_text("a déjà servi")


def test_a_field_actor_gives_news_on_her_phone(visit, world):
    page = visit("field_actor", phone=True)
    action = world.one(Action, number="3.2")
    page.goto(f"/espace/{world.here.slug}/a-faire/")
    page.get_by_role("link", name="Ouvrir : Ouvrir la tournée").click()
    page.get_by_label("C’est bloqué").check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#erreurs")).to_contain_text("ce qui bloque")
    page.get_by_label("En une phrase").fill("Le véhicule est en panne jusqu’en janvier")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("Merci")
    action.refresh_from_db()
    assert (action.health, action.health_note) == ("blocked", "Le véhicule est en panne jusqu’en janvier")
    expect(page.get_by_text("Bloquée").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_workbook_comes_in_and_goes_out(script, visit, world, tmp_path):
    file = tmp_path / "plan de l’été.xlsx"
    rows = [
        row_of_action("Ouvrir une ludothèque", {"Financeur 1": "Caf du Gers", ("Montant € HT", 1): 8000}),
        row_of_action("Animer un jardin"),
    ]
    file.write_bytes(workbook(*rows).getvalue())
    page = visit("coordinator", script=script)
    page.goto(f"/espace/{world.here.slug}/plan/")
    page.get_by_role("link", name="Importer un fichier").click()
    page.get_by_label("Votre fichier").set_input_files(file)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_text("1 objectif, 2 actions")).to_be_visible()
    assert not Action.objects.filter(title="Animer un jardin").exists()
    page.get_by_role("button", name="Charger dans le plan").click()
    page.get_by_role("link", name="Voir le plan").click()
    expect(page.get_by_role("link", name="Animer un jardin")).to_be_visible()
    page.get_by_role("link", name="Importer un fichier").click()
    page.get_by_role("link", name="plan de l’été.xlsx").click()
    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.get_by_role("status")).to_contain_text("revenu à ce qu’il était")
    assert not Action.objects.filter(title="Animer un jardin").exists()


def test_a_workbook_with_a_fault_says_where(visit, world, tmp_path):
    file = tmp_path / "plan.xlsx"
    file.write_bytes(workbook(row_of_action("A", {"Date de début": "17/13/2024"})).getvalue())
    page = visit("coordinator")
    page.goto(f"/espace/{world.here.slug}/plan/importer/")
    page.get_by_label("Votre fichier").set_input_files(file)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_role("alert")).to_contain_text("Une chose à corriger")
    expect(page.get_by_role("row", name=re.compile("Date de début"))).to_contain_text("Le mois 13 n’existe pas")
    expect(page.get_by_role("button", name="Charger dans le plan")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_newcomer_opens_a_space_and_writes_her_first_action(script, visit, world):
    page = visit("reader", script=script)
    page.goto("/")
    page.get_by_role("link", name="Ouvrir un espace").click()
    page.get_by_label("Nom, SIREN ou code Insee").fill("cc du saves")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("button", name=re.compile("Choisir CC du Saves")).click()
    page.get_by_label("Nom de l’espace").fill("Le Savès")
    page.get_by_role("button", name="Ouvrir l’espace").click()
    page.get_by_role("link", name="Décrire la convention").click()
    page.get_by_label("Intitulé").fill("CTG du Savès")
    page.get_by_label("Prend effet le").fill("2027-01-01")
    page.get_by_label("Prend fin le").fill("2031-12-31")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_label("Niveau 1 : son nom").fill("Changement")
    page.get_by_role("button", name="Enregistrer").click()
    page.goto("/espace/le-saves/plan/")
    page.goto("/espace/le-saves/objectifs/nouveau/")
    page.get_by_label("Intitulé", exact=True).fill("Les familles se connaissent")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Action", exact=True).click()
    page.get_by_label("Intitulé").fill("Ouvrir un lieu d’accueil")
    page.get_by_label("Structure pilote").fill("Mairie de Samatan")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.1 Ouvrir un lieu d’accueil")
    space = Territory.objects.get(slug="le-saves")
    assert Convention.objects.get(territory=space).ends_on.year == 2031
    assert Action.objects.get(territory=space).lead_organization.name == "Mairie de Samatan"


def test_an_invited_person_comes_in_with_her_role(visit, world):
    page = visit("coordinator")
    page.goto(f"/espace/{world.here.slug}/acces/inviter/")
    page.get_by_label("Adresse électronique").fill("zoe@example.org")
    page.get_by_label("Nom", exact=True).fill("Zoé Pontac")
    page.get_by_label("Acteur ou actrice de terrain").check()
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.locator("#erreurs")).to_contain_text("structure pour laquelle")
    page.get_by_label("Structure pour laquelle").select_option(label="Service mobilité")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_role("status")).to_contain_text("L’invitation est partie")
    link = re.search(r"http://\S+", mail.outbox[0].body)[0]
    guest = visit()
    guest.goto(link)
    guest.get_by_role("button", name="Rejoindre l’espace").click()
    expect(guest.get_by_role("status")).to_contain_text("Bienvenue")
    guest.goto(f"/espace/{world.here.slug}/actions/{world.one(Action, number='3.4').pk}/")
    expect(guest.get_by_role("heading", name="Donner des nouvelles")).to_be_visible()
    assert User.objects.get(email="zoe@example.org").role_in(world.here.pk) == "field_actor"


def test_a_double_click_saves_once_and_what_was_typed_survives_an_error(visit, world):
    page = visit("coordinator")
    action = world.one(Action, number="2.3")
    page.goto(f"/espace/{world.here.slug}/etapes/ajouter/{action.pk}/")
    page.get_by_label("Étape").fill("Réserver la salle")
    page.get_by_label("Échéance").fill("2026-12-20")
    page.get_by_role("button", name="Enregistrer").dblclick()
    expect(page.get_by_role("status")).to_contain_text("enregistré")
    assert action.milestones.filter(title="Réserver la salle").count() == 1
    page.goto(f"/espace/{world.here.slug}/actions/{action.pk}/modifier/calendrier/")
    page.get_by_label("Commence le").fill("2027-01-01")
    page.get_by_label("Se termine le").fill("2026-01-01")
    page.get_by_label("Calendrier (texte)").fill("Deux marchés par an")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#erreurs")).to_contain_text("se termine avant de commencer")
    expect(page.get_by_label("Calendrier (texte)")).to_have_value("Deux marchés par an")


def test_a_block_is_edited_in_place_and_the_page_comes_back_to_it(visit, world):
    page = visit("coordinator")
    action = world.one(Action, number="2.1")
    address = f"/espace/{world.here.slug}/actions/{action.pk}/"
    page.goto(address)
    block = page.locator("section", has=page.get_by_role("heading", name="De quoi s’agit-il"))
    block.get_by_role("link", name="Modifier le contenu").click()
    need = page.get_by_label("Besoin")
    expect(need).to_be_focused()
    assert page.url.endswith(address)
    need.fill("Personne ne remplace les médecins qui partent")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("La fiche est enregistrée")
    expect(page.get_by_text("Personne ne remplace les médecins qui partent").first).to_be_visible()


def test_a_connection_that_drops_says_so_and_loses_nothing(visit, world):
    page = visit("coordinator")
    action = world.one(Action, number="2.1")
    page.goto(f"/espace/{world.here.slug}/actions/{action.pk}/")
    page.get_by_label("En une phrase").fill("Écrit avant la coupure")
    page.route("**/modifier/contenu/", lambda route: route.fulfill(status=409, body=""))
    page.get_by_role("link", name="Modifier le contenu").click()
    expect(page.get_by_role("alert")).to_contain_text("connexion a été coupée")
    expect(page.get_by_label("En une phrase")).to_have_value("Écrit avant la coupure")
