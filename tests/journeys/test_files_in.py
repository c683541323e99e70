"""Files come in: a plan out of a Word file, a sheet described once, a newer workbook, a model, a copy."""

import io

import docx
import pytest
from playwright.sync_api import expect

from maillage.exchange.tests.workbook.building import action as row_of_action
from maillage.exchange.tests.workbook.building import workbook
from maillage.plan.models import Action

OURS = "Enjeu;Nom de l’action;Porteur;Début\nSe rencontrer;{title};Service culture;été 2027\n"


def word_file():
    book = docx.Document()
    book.add_heading("Axe 9. Jouer ensemble", 1)
    for number, title in (("9.1", "Ouvrir une ludothèque"), ("9.2", "Animer un jardin")):
        table = book.add_table(0, 2)
        for label, text in (
            (f"Fiche action n° {number} : {title}", ""),
            ("Porteur", "Service enfance"),
            ("Budget", "12 000 € par an"),
            ("Vigilance", "La route"),
        ):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, text
            if not text:
                cells[0].merge(cells[1])
        book.add_paragraph("")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(page, world, file, *, newer=False):
    page.goto(f"/espace/{world.here.slug}/plan/importer/")
    page.get_by_label("Votre fichier").set_input_files(file)
    if newer:
        page.get_by_label("Une version plus récente").check()
    page.get_by_role("button", name="Lire le fichier").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_plan_comes_out_of_a_word_file(script, visit, world, tmp_path):
    file = tmp_path / "Fiches.docx"
    file.write_bytes(word_file())
    page = visit("coordinator", script=script)
    send(page, world, file)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez ce qui a été reconnu")
    expect(page.get_by_label("Reprendre « Budget » comme")).to_have_value("budget_total")
    expect(page.get_by_label("Reprendre « Vigilance » comme")).to_have_value("note")
    page.get_by_role("button", name="Lire avec ces choix").click()
    expect(page.get_by_text("gardé tel quel dans les financements").first).to_be_visible()
    page.get_by_role("button", name="Charger dans le plan").click()
    page.get_by_role("link", name="Voir le plan").click()
    page.get_by_role("link", name="Ouvrir une ludothèque").first.click()
    expect(page.get_by_text("La route")).to_be_visible()
    loaded = world.one(Action, title="Ouvrir une ludothèque")
    assert (loaded.number, loaded.lead_organization.name) == ("9.1", "Service enfance")


def test_a_sheet_is_described_once_and_proposed_again(visit, world, tmp_path):
    first, second = tmp_path / "2026.csv", tmp_path / "2027.csv"
    first.write_bytes(OURS.format(title="Bourse aux jeux").encode("cp1252"))
    second.write_bytes(OURS.format(title="Bal d’hiver").encode("utf-16"))
    page = visit("coordinator")
    send(page, world, first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dites ce que contient chaque colonne")
    page.get_by_label("Reprendre « Porteur » comme").select_option("note")
    page.get_by_role("button", name="Lire avec ces choix").click()
    expect(page.get_by_text("gardé tel quel dans le calendrier")).to_be_visible()
    page.get_by_role("button", name="Charger dans le plan").click()
    expect(page.get_by_role("button", name="Annuler cet import")).to_be_visible()
    send(page, world, second)
    expect(page.get_by_text("Vous avez déjà décrit un fichier")).to_be_visible()
    expect(page.get_by_label("Reprendre « Porteur » comme")).to_have_value("note")
    page.get_by_role("button", name="Lire avec ces choix").click()
    expect(page.get_by_text("Bal d’hiver").first).to_be_visible()


def test_a_newer_workbook_is_compared_chosen_and_taken_back(visit, world, tmp_path):
    file = tmp_path / "plan 2027.xlsx"
    known = world.one(Action, number="1.2")
    rows = [
        row_of_action(f"1.2 {known.title}", {"Descriptif": "Un livret en ligne", "Statut ": "En cours"}),
        row_of_action("Bourse aux jeux"),
    ]
    file.write_bytes(workbook(*rows).getvalue())
    page = visit("coordinator")
    send(page, world, file, newer=True)
    expect(page.get_by_text("Absentes du fichier, inchangées")).to_be_visible()
    group = page.get_by_role("group", name=known.title)
    group.get_by_role("checkbox", name="État").uncheck()
    group.get_by_role("checkbox", name="Objectif principal").uncheck()
    page.get_by_role("checkbox", name="Bourse aux jeux").uncheck()
    page.get_by_role("button", name="Enregistrer ce qui est coché").click()
    expect(page.get_by_role("status").first).to_contain_text("Le plan est à jour")
    before = known.description, known.state
    known.refresh_from_db()
    assert (known.description, known.state) == ("Un livret en ligne", before[1])
    assert not Action.objects.filter(title="Bourse aux jeux").exists()
    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.get_by_text("revenu à ce qu’il était").first).to_be_visible()
    known.refresh_from_db()
    assert known.description == before[0]


def test_a_plan_starts_from_a_model_and_an_action_is_copied(visit, world):
    page = visit("coordinator")
    page.goto(f"/espace/{world.here.slug}/plan/importer/")
    page.get_by_role("link", name="Partir d’un modèle").click()
    page.get_by_role("checkbox", name="Parentalité").check()
    page.get_by_role("button", name="Voir les actions").click()
    page.get_by_role("checkbox", name="Proposer une médiation familiale").uncheck()
    page.get_by_role("button", name="Regarder ce qui sera ajouté").click()
    page.get_by_role("button", name="Charger dans le plan").click()
    page.get_by_role("link", name="Voir le plan").click()
    page.get_by_role("link", name="Tenir un calendrier commun").first.click()
    expect(page.get_by_text("adaptez-la à votre territoire")).to_be_visible()
    page.get_by_role("link", name="Copier l’action").click()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("(copie)")
