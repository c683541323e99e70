"""A newer workbook: matched, differences shown and chosen, applied at once, given back within a week."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from maillage.access.roles import Role
from maillage.exchange.comparing import compare
from maillage.exchange.operations.imports import load_import, read_import, undo_import
from maillage.exchange.operations.updating import Chosen, load_update
from maillage.exchange.tests.workbook.building import HEADERS, action, workbook
from maillage.exchange.workbook import PlanDraft
from maillage.exchange.workbook.matching import How, Titled, matched
from maillage.journal.models import Entry
from maillage.people.tests.factories import member
from maillage.plan.models import Action, Funding, Goal, Milestone, Note, PlanImport, SubAction
from maillage.plan.operations import edit_action

FIRST = action(
    "Ouvrir une crèche",
    {"Descriptif": "Dix places", "Structure pilote": "Mairie", "Financeur 1": "Caf", ("Montant € HT", 1): 1000,
     "Statut ": "À venir", "Date de début": "01/01/2026", "Notes": "Vu", "Budget prévisionnel total € HT": 5000},
)  # fmt: skip
OTHER = action("Fêter le jeu", {"Descriptif": "Un samedi"})
NEWER = action(
    "Ouvrir une crèche",
    {"Axe (x)": "2. Un autre axe", "Descriptif": "Douze places", "Structure pilote": "Communauté", "Financeur 1": "Caf",
     ("Montant € HT", 1): 2000, "Financeur 2": "MSA", ("Montant € HT", 2): 300, "Statut ": "Réalisé", "Notes": "Revu",
     "Date de début": "01/02/2026", "Date de fin": "31/12/2026", "Etapes de la fiche action": "Cadrer",
     "Partenaires ": "PMI", "Priorité": "Haut"},
)  # fmt: skip
TABLES = (Action, Funding, Goal, Milestone, Note, SubAction)


def everything():
    held = [list(model.objects.order_by("pk").values()) for model in TABLES]
    for row in held[0]:
        del row["updated_at"]
    return held, sorted(Action.goals.through.objects.values_list("action_id", "goal_id", "is_main"))


@pytest.fixture
def plan(convention, coordinator):
    load_import(read_import(convention, workbook(FIRST, OTHER), "avant.xlsx", by=coordinator), by=coordinator)
    return convention


def newer(plan, coordinator, *rows):
    return read_import(plan, workbook(*rows), "après.xlsx", by=coordinator, mode=PlanImport.Mode.UPDATE)


def all_of(plan_import, plan):
    found = compare(PlanDraft.from_json(plan_import.draft), plan)
    changes = {(item.rank, diff.key) for item in found.compared for diff in item.differences if not diff.empties}
    return Chosen(changes, set(), {rank for rank, _ in found.new})


def rows_of(*titles):
    return [Titled(rank, *title) for rank, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("of_file", "of_plan", "expected"),
    [
        ([("", "Fêter")], [("", "FETER ")], {0: (0, How.TITLE)}),
        ([("", "1.2. Fêter")], [("1.1", "Fêter"), ("1.2", "Fêter")], {0: (1, How.NUMBER)}),
        ([("", "Ouvrir une crèche à Lias")], [("", "Ouvrir une crèche à Lyas"), ("", "Autre")], {0: (0, How.CLOSE)}),
        ([("", "Ouvrir une crèche"), ("", "Ouvrir une crèches")], [("", "Ouvrir une crèche")], {0: (0, How.TITLE)}),
        ([("", "Une")], [("", "Deux")], {}),
    ],
)
def test_an_action_is_found_by_number_and_title_then_title_then_likeness(of_file, of_plan, expected):
    assert matched(rows_of(*of_file), rows_of(*of_plan)) == expected


def test_differences_are_told_before_and_after(plan, coordinator):
    found = compare(PlanDraft.from_json(newer(plan, coordinator, NEWER).draft), plan)
    (item,) = found.compared
    said = {diff.label: (diff.before, diff.after) for diff in item.differences if not diff.empties}
    assert said["Description"] == ("Dix places", "Douze places")
    assert said["État"] == ("À venir", "Réalisée")
    assert said["Date de début"] == ("01/01/2026", "01/02/2026")
    assert said["Structure pilote"] == ("Mairie", "Communauté")
    assert said["Objectif principal"] == ("1 Un axe", "2. Un autre axe")
    assert said["Financement, Caf"][1].startswith("2") and said["Financement, MSA"][0] == "—"
    assert said["Note « Notes »"] == ("Vu", "Revu")
    assert [diff.label for diff in item.differences if diff.empties] == ["Budget total"]
    assert [act.title for act in found.missing] == ["Fêter le jeu"]


def test_what_is_chosen_is_applied_with_one_journal_entry_an_action_and_all_comes_back(plan, coordinator):
    found = newer(plan, coordinator, NEWER, action("Jardiner"))
    before, entries = everything(), Entry.objects.count()
    load_update(found, all_of(found, plan), by=coordinator)
    changed = Action.objects.get(title="Ouvrir une crèche")
    assert (changed.description, changed.state, changed.budget_total) == ("Douze places", "done", 5000)
    assert changed.goal_links.get().goal.title == "Un autre axe"
    assert sorted(changed.fundings.values_list("planned", flat=True)) == [300, 2000]
    assert Action.objects.filter(title="Jardiner").exists()
    assert Entry.objects.filter(subject_id=changed.pk, sentence__contains="mise à jour depuis").count() == 1
    assert Entry.objects.count() > entries
    undo_import(found, by=coordinator)
    assert everything() == before


def test_nothing_is_emptied_unless_it_is_asked(plan, coordinator):
    found = newer(plan, coordinator, action("Ouvrir une crèche"))
    with pytest.raises(ValidationError, match="Rien n’est coché"):
        load_update(found, all_of(found, plan), by=coordinator)
    load_update(found, Chosen({(0, "description")}), by=coordinator)
    first = Action.objects.get(title="Ouvrir une crèche")
    assert (first.description, first.budget_total, first.state) == ("", 5000, "to_come")


def test_a_column_that_the_file_lacks_is_not_compared(plan, coordinator):
    few = [header for header in HEADERS if header in {"Axe (x)", "Titre de la fiche action", "Objectifs"}]
    file = workbook(action("Ouvrir une crèche", {"Objectifs": "Grandir"}), headers=few)
    found = read_import(plan, file, "peu.xlsx", by=coordinator, mode="update")
    (item,) = compare(PlanDraft.from_json(found.draft), plan).compared
    assert [diff.label for diff in item.differences] == ["Objectifs de l’action"]


def test_what_was_edited_since_is_not_overwritten_by_the_undo_and_this_is_said(plan, coordinator, client):
    found = newer(plan, coordinator, NEWER)
    load_update(found, all_of(found, plan), by=coordinator)
    edit_action(Action.objects.get(title="Ouvrir une crèche"), {"description": "Quinze places"}, by=coordinator)
    Milestone.objects.update(owner="Ada")
    undone = undo_import(found, by=coordinator)
    first = Action.objects.get(title="Ouvrir une crèche")
    assert (first.description, first.state, first.milestones.count()) == ("Quinze places", "to_come", 1)
    assert undone.counts["left"] == 2
    client.force_login(coordinator)
    page = client.get(reverse("import", args=["ici", found.pk])).content.decode()
    assert "modifiées depuis restent telles quelles" in page


def test_a_close_title_changes_nothing_until_a_person_confirms_it(plan, coordinator):
    found = newer(plan, coordinator, action("Ouvrir une crèches", {"Descriptif": "Vingt"}))
    (item,) = compare(PlanDraft.from_json(found.draft), plan).compared
    assert item.how == How.CLOSE
    changes = {(0, "description"), (0, "title")}
    with pytest.raises(ValidationError, match="Rien n’est coché"):
        load_update(found, Chosen(changes), by=coordinator)
    load_update(found, Chosen(changes, {0}), by=coordinator)
    assert Action.objects.filter(title="Ouvrir une crèches", description="Vingt").exists()


def test_a_fault_in_the_middle_leaves_everything_as_it_was(plan, coordinator):
    found = newer(plan, coordinator, NEWER, action("Fêter le jeu", {"Date de fin": "01/01/2020"}))
    Action.objects.filter(title="Fêter le jeu").update(starts_on="2026-01-01")
    before = everything()
    with pytest.raises(ValidationError, match="avant de commencer"):
        load_update(found, all_of(found, plan), by=coordinator)
    assert everything() == before


def test_another_role_updates_nothing(plan, coordinator, territory):
    with pytest.raises(PermissionDenied):
        load_update(newer(plan, coordinator, NEWER), Chosen(), by=member(territory, Role.FIELD_ACTOR))


def test_the_page_shows_boxes_and_applies_those_that_are_ticked(plan, coordinator, client):
    found = newer(plan, coordinator, NEWER, action("Jardiner"))
    client.force_login(coordinator)
    page = client.get(reverse("import", args=["ici", found.pk])).content.decode()
    assert "Douze places" in page and "Actions nouvelles" in page and "Absentes du fichier" in page
    client.post(reverse("import_update", args=["ici", found.pk]), {"c": ["0:description", "x:y"], "n": ["9"]})
    assert Action.objects.get(title="Ouvrir une crèche").description == "Douze places"
    assert not Action.objects.filter(title="Jardiner").exists()
    page = client.get(reverse("import", args=["ici", found.pk])).content.decode()
    assert "1\u00a0action mise à jour" in page
    client.post(reverse("import_undo", args=["ici", found.pk]))
    assert Action.objects.get(title="Ouvrir une crèche").description == "Dix places"


@pytest.mark.parametrize("size", [10, 1000])
def test_the_page_of_differences_costs_the_same_whatever_the_size(
    size, convention, coordinator, client, django_assert_max_num_queries
):
    rows = [
        action(f"Action {n}", {"Descriptif": "Un", "Financeur 1": "Caf", ("Montant € HT", 1): 5}) for n in range(size)
    ]
    load_import(read_import(convention, workbook(*rows), "a.xlsx", by=coordinator), by=coordinator)
    found = newer(convention, coordinator, *({**row, "Descriptif": "Deux"} for row in rows))
    client.force_login(coordinator)
    with django_assert_max_num_queries(15):
        assert client.get(reverse("import", args=["ici", found.pk])).status_code == 200


def test_a_file_with_its_own_columns_can_update_too(plan, coordinator, client):
    data = "Nom;Détails\nOuvrir une crèche;Trente places\n".encode()
    found = read_import(plan, io.BytesIO(data), "notre.csv", by=coordinator, mode="update")
    client.force_login(coordinator)
    client.post(reverse("import_columns", args=["ici", found.pk]), {"c0": "title", "c1": "description", "goal": ""})
    assert "Trente places" in client.get(reverse("import", args=["ici", found.pk])).content.decode()
