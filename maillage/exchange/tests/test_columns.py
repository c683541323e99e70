"""A sheet with its own headers: described once, kept, proposed again."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from maillage.access.roles import Role
from maillage.exchange.models import ColumnMapping, HeldFile
from maillage.exchange.operations.columns import choose_columns, kept_choices
from maillage.exchange.operations.imports import load_import, read_import, undo_import
from maillage.exchange.tests.workbook.building import workbook
from maillage.exchange.workbook.choice import Choice, guessed, header_row_of, proposed
from maillage.exchange.workbook.files import sheets_of
from maillage.journal.models import Entry
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action, PlanImport
from maillage.plan.operations import create_goal

OURS = """Plan 2026 du service;;;;
Enjeu;Nom de l'action;Porteur;Coût;Météo
Grandir;Ouvrir une crèche;Mairie de Lias;1 200;Beau
Grandir;Fêter le jeu;Caf;;
""".encode("cp1252")
CHOICE = Choice("tableau", 2, ("axis", "title", "lead_organizations", "budget_total", "note"))


def held(convention, coordinator, data=OURS, name="tableau.csv"):
    return read_import(convention, io.BytesIO(data), name, by=coordinator).held


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Intitulé de l’action", "title"), ("Nom de l'action", "title"), ("Enjeux", "axis"), ("Porteur de projet", "lead_organizations"),
        ("Partenaires associés", "partners"), ("Date de démarrage", "starts_on"), ("Échéance", "ends_on"), ("Coût total", "budget_total"),
        ("Objectif opérationnel", "sub_axis"), ("Résultats attendus", "expected_results"), ("Élus", "elected_referents"),
        ("Référent", "lead_persons"), ("Élu référent", "elected_referents"), ("Quand", "calendar"), ("Combien", "budget_total"),
        ("Etat d’avancement", "state"), ("Météo", None), ("", None),
    ],
)  # fmt: skip
def test_a_header_is_guessed_by_its_words(header, field):
    assert guessed(header) == field


def test_what_was_said_before_wins_over_a_guess_and_no_field_is_proposed_twice():
    headers = ["Enjeu", "Axe", "Action", "Titre", "Financeur", "Financeur 2", ""]
    assert proposed(headers, {"axe": "skipped"}) == ["axis", "skipped", "title", "note", "funder", "funder", "skipped"]
    assert proposed(headers, {})[:2] == ["axis", "sub_axis"]


def test_the_row_of_headers_is_found_under_a_title():
    (sheet,) = sheets_of(io.BytesIO(OURS), "tableau.csv")
    assert header_row_of(sheet) == 2


def test_a_file_of_its_own_kind_waits_then_is_read_loaded_and_undone(convention, coordinator):
    waiting = held(convention, coordinator)
    with pytest.raises(ValidationError, match="chaque colonne"):
        load_import(waiting.plan_import, by=coordinator)
    found = choose_columns(waiting, CHOICE, by=coordinator)
    assert not Action.objects.exists()
    load_import(found, by=coordinator)
    first = Action.objects.get(title="Ouvrir une crèche")
    assert (first.lead_organization.name, first.budget_total) == ("Mairie de Lias", 1200)
    assert first.goal_links.get().goal.title == "Grandir"
    assert [(note.label, note.text) for note in first.notes.all()] == [("Météo", "Beau")]
    assert not HeldFile.objects.exists()
    undo_import(found, by=coordinator)
    assert not Action.objects.exists()
    assert Entry.objects.filter(verb="plan.import").count() == 3


def test_the_mapping_is_kept_and_proposed_again_to_this_territory_only(convention, coordinator, client):
    choose_columns(held(convention, coordinator), CHOICE, by=coordinator)
    headers = ["ENJEU", "Nom de l’action", "Porteur", "Cout", "Météo"]
    kept, already = kept_choices(convention.territory, headers)
    assert already and kept["meteo"] == "note"
    assert kept_choices(TerritoryFactory(), headers) == ({}, False)
    again = held(convention, coordinator)
    client.force_login(coordinator)
    page = client.get(reverse("import_columns", args=["ici", again.plan_import.pk])).content.decode()
    assert "Vous avez déjà décrit un fichier" in page
    choose_columns(again, Choice("tableau", 2, (*CHOICE.fields[:4], "skipped")), by=coordinator)
    assert ColumnMapping.objects.get().fields[-1] == "skipped"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (("axis", "note", "note", "note", "note"), "titre de l’action"),
        (("axis", "title", "title", "note", "note"), "Deux colonnes"),
    ],
)
def test_a_choice_without_a_title_or_with_a_field_twice_is_refused(fields, words, convention, coordinator):
    with pytest.raises(ValidationError, match=words):
        choose_columns(held(convention, coordinator), Choice("tableau", 2, fields), by=coordinator)
    assert not ColumnMapping.objects.exists()


@pytest.mark.parametrize("with_goal", [True, False])
def test_without_any_level_the_actions_come_under_the_goal_chosen_or_under_none(with_goal, convention, coordinator):
    goal = create_goal(convention, {"title": "Grandir"}, by=coordinator)
    fields = ("note", "title", "note", "note", "note")
    choice = Choice("tableau", 2, fields, goal.pk if with_goal else None)
    load_import(choose_columns(held(convention, coordinator), choice, by=coordinator), by=coordinator)
    assert {link.goal for action in Action.objects.all() for link in action.goal_links.all()} == (
        {goal} if with_goal else set()
    )


def test_five_levels_of_goals_come_in(convention, coordinator):
    data = b"A;B;C;D;E;Action\nun;deux;trois;quatre;cinq;Agir\n"
    choice = Choice("t", 1, ("axis", "sub_axis", "sub_sub_axis", "level_4", "level_5", "title"))
    load_import(choose_columns(held(convention, coordinator, data, "t.csv"), choice, by=coordinator), by=coordinator)
    assert list(convention.goals.order_by("depth").values_list("title", "depth")) == [
        ("un", 1), ("deux", 2), ("trois", 3), ("quatre", 4), ("cinq", 5),
    ]  # fmt: skip


def test_the_page_lets_one_choose_the_sheet_the_row_and_each_column(convention, coordinator, client):
    book = workbook({"Nom": "Agir", "Qui": "Caf"}, headers=["Nom", "Qui"], sheet="Actions")
    found = read_import(convention, book, "notre.xlsx", by=coordinator)
    client.force_login(coordinator)
    url = reverse("import_columns", args=["ici", found.pk])
    assert client.get(reverse("import", args=["ici", found.pk]))["Location"] == url
    assert client.get(url, {"feuille": "Ailleurs"}).status_code == 404
    page = client.get(url, {"entete": "1"}).content.decode()
    assert "Dites ce que contient chaque colonne" in page
    refused = client.post(f"{url}?entete=2", {"c0": "note", "c1": "note", "goal": ""})
    assert "quelle colonne porte le titre" in refused.content.decode()
    done = client.post(f"{url}?entete=2", {"c0": "title", "c1": "lead_organizations", "goal": ""})
    assert done.status_code == 302
    assert PlanImport.objects.get().draft["actions"][0]["lead_organization"] == "Caf"
    assert "Sans objectif" in client.get(reverse("import", args=["ici", found.pk])).content.decode()
    assert client.get(url).status_code == 200


def test_another_role_describes_no_column(convention, coordinator, territory):
    waiting = held(convention, coordinator)
    with pytest.raises(PermissionDenied):
        choose_columns(waiting, CHOICE, by=member(territory, Role.READER))


@pytest.mark.parametrize("size", [10, 2000])
def test_the_page_of_columns_costs_the_same_whatever_the_size(
    size, convention, coordinator, client, django_assert_max_num_queries
):
    data = "Nom;Pilote\n" + "".join(f"Action {n};Mairie\n" for n in range(size))
    waiting = held(convention, coordinator, data.encode(), "t.csv")
    client.force_login(coordinator)
    with django_assert_max_num_queries(10):
        assert client.get(reverse("import_columns", args=["ici", waiting.plan_import.pk])).status_code == 200
