"""Whole workbooks: those of others when they are at hand, and every trap built here."""

import io
import zipfile

import openpyxl
import pytest

from maillage.exchange.tests.workbook.building import HEADERS, SHARED, action, archive, needs_shared, workbook
from maillage.exchange.workbook import PlanDraft, UnreadableWorkbook, read_plan
from maillage.exchange.workbook.safety import MAX_BYTES


def errors(draft):
    return [(problem.row, problem.column.strip(), problem.message) for problem in draft.errors]


@needs_shared
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("nouveau-plan-valide.xlsx", {"goals": 10, "actions": 7, "sub_actions": 0, "fundings": 9}),
        ("plan_with_sous_actions_valid.xlsx", {"goals": 3, "actions": 4, "sub_actions": 3}),
        ("plan_column_order_issue.xlsx", {"goals": 2, "actions": 1}),
    ],
)
def test_the_workbooks_of_others_come_in(name, counts):
    draft = read_plan(SHARED / name)
    assert not draft.errors
    assert counts.items() <= draft.counts().items()


@needs_shared
def test_the_sub_actions_of_the_shared_workbook_have_their_state_and_end():
    draft = read_plan(SHARED / "plan_with_sous_actions_valid.xlsx")
    found = {sub.title: (act.title, sub.state, sub.ends_on) for act in draft.actions for sub in act.sub_actions}
    assert found == {
        "Sous-action 1.1": ("Action 1", "ongoing", "2025-12-31"),
        "Sous-action 1.2": ("Action 1", "done", "2026-06-30"),
        "Sous-action 3.1": ("Action 3", "paused", "2027-03-31"),
    }
    assert {act.title: act.goal_path for act in draft.actions}["Action 3"] == ["Axe 2", "Sous-axe 2.1"]


@needs_shared
def test_the_shared_workbook_with_a_range_for_a_budget_is_refused_at_its_cell():
    draft = read_plan(SHARED / "plan_budget_issue.xlsx")
    ((row, column, message),) = errors(draft)
    assert (row, column) == (4, "Budget prévisionnel total € HT")
    assert "Un nombre est attendu (« Entre 200 et 500 » lu)" in message


@needs_shared
def test_columns_in_another_order_are_read_and_said():
    draft = read_plan(SHARED / "plan_column_order_issue.xlsx")
    assert any("ordre du modèle" in problem.message for problem in draft.notices)
    assert draft.actions[0].goal_path[1].startswith("Objectif stratégique 1")


@needs_shared
def test_the_empty_template_holds_no_action():
    with pytest.raises(UnreadableWorkbook, match="aucune action"):
        read_plan(SHARED / "modele-import-pa.xlsx")


def test_every_column_is_kept_as_a_field_or_as_a_labelled_note():
    full = {
        "Axe (x)": "1. Axe", "Sous-axe (x.x)": "1.1. Sous-axe", "Titre de la fiche action": "Action", "Descriptif": "D",
        "Instances de gouvernance": "Codir", "Objectifs": "O", "Indicateurs liés": "12 ateliers", "Structure pilote": "CC, CIAS",
        "Moyens humains et techniques": "M", "Partenaires ": "Caf, MSA", "Direction ou service pilote": "Service social",
        "Personne pilote": "Ada UN, Bob DEUX", "Élu·e référent·e ": "Cléo TROIS", "Participation Citoyenne": "Concertation",
        "Financements": "F", "Financeur 1": "Caf", ("Montant € HT", 1): 100, "Financeur 2": "MSA", ("Montant € HT", 2): "2 000",
        "Financeur 3": "Région", "Budget prévisionnel total € HT": 5000, "Statut ": "En retard", "Niveau de priorité": "Haut",
        "Date de début": "01/02/2026", "Date de fin": "31/12/2026", "Action en amélioration continue": "FAUX",
        "Calendrier": "Par trimestre", "Mesures liées": "Mesure 3", "Notes": "Voir avec la mairie",
        "Etapes de la fiche action": "- Cadrer\n- Ouvrir", "Communes concernées": "Lias, 32160",
    }  # fmt: skip
    draft = read_plan(workbook(full), within=("32210", "32160"))
    assert not draft.errors
    (act,) = draft.actions
    notes = {label.strip(): text for label, text in act.notes}
    assert notes == {
        "Instances de gouvernance": "Codir", "Indicateurs liés": "12 ateliers", "Direction ou service pilote": "Service social",
        "Personne pilote": "Ada UN, Bob DEUX", "Financeur sans montant": "Région", "Statut": "En retard",
        "Mesures liées": "Mesure 3", "Notes": "Voir avec la mairie",
    }  # fmt: skip
    assert act.texts == {
        "description": "D",
        "objectives": "O",
        "human_means": "M",
        "financial_means": "F",
        "calendar": "Par trimestre",
    }
    assert (act.state, act.health, act.priority, act.participation) == ("ongoing", "watch", "high", "dialogue")
    assert (act.lead_organization, act.operational_partners, act.partners) == ("CC", ["CIAS"], ["Caf", "MSA"])
    assert [(line.funder, line.amount) for line in act.fundings] == [("Caf", "100"), ("MSA", "2000")]
    assert (act.budget_total, act.starts_on, act.ends_on) == ("5000", "2026-02-01", "2026-12-31")
    assert act.milestones == ["Cadrer", "Ouvrir"]
    assert act.commune_codes == ["32210", "32160"]
    assert draft.goals[1].number == "1.1"


def test_a_column_that_nobody_knows_becomes_a_note():
    draft = read_plan(workbook(action(more={"Météo": "Beau"}), headers=[*HEADERS, "Météo"]))
    assert ["Météo", "Beau"] in draft.actions[0].notes


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (action(more={"Date de début": "hier"}), "Date de début", "n’est pas une date"),
        (action(more={"Date de début": "17/13/2026"}), "Date de début", "Le mois 13 n’existe pas"),
        (action(more={"Date de début": "01/01/2027", "Date de fin": "01/01/2026"}), "Date de fin", "précède le début"),
        (
            action(more={"Financeur 1": "Caf", ("Montant € HT", 1): "de 200 à 500 €"}),
            "Montant € HT",
            "Un nombre est attendu",
        ),
        (action(more={("Montant € HT", 1): 500}), "Montant € HT", "pas de financeur"),
        (action(more={"Statut ": "Bientôt"}), "Statut", "Choisissez parmi"),
        (action(more={"Descriptif": "=1+1"}), "Descriptif", "formule"),
        (action(more={"Communes concernées": "Atlantis"}), "Communes concernées", "n’est pas une commune"),
        (action("x" * 301), "Titre de la fiche action", "300"),
        ({"Axe (x)": "1. Un axe", "Descriptif": "Sans titre"}, "Titre de la fiche action", "manque"),
        ({"Titre de la fiche action": "Sans axe"}, "Axe (x)", "n’a pas d’axe"),
        (action(more={"Titre de la sous-action": "Volet"}), "Titre de la sous-action", "au-dessus"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column_with_what_to_do(row, column, words):
    draft = read_plan(workbook(row), within=("32160",))
    assert [(number, where) for number, where, _ in errors(draft)] == [(3, column)]
    assert words in draft.errors[0].message


def test_all_the_wrong_cells_are_said_at_once():
    draft = read_plan(
        workbook(
            action("A", more={"Date de début": "hier", "Statut ": "?"}), action("B", more={"Date de fin": "demain"})
        )
    )
    assert [row for row, _, _ in errors(draft)] == [3, 3, 4] or len(draft.errors) == 3


def test_an_action_written_twice_is_refused_and_under_two_axes_it_would_have_two_main_goals():
    assert (
        "figure déjà ligne 3, dans le même axe"
        in read_plan(workbook(action("Fête"), action("FÊTE "))).errors[0].message
    )
    ((row, column, message),) = errors(read_plan(workbook(action("Fête"), {**action("Fête"), "Axe (x)": "2. Autre"})))
    assert (row, column) == (4, "Titre de la fiche action")
    assert "n’a qu’un objectif principal" in message


@pytest.mark.parametrize(
    "pairs", [[("A", "A")], [("A", "B"), ("B", "A")], [("A", "B"), ("A", "C"), ("B", "X"), ("C", "a")]],
    ids=["itself", "two", "three"],
)  # fmt: skip
def test_sub_actions_that_go_round_in_circles_are_refused(pairs):
    rows = [action(title) for title in "ABC"]
    rows += [{**action(title), "Titre de la sous-action": sub} for title, sub in pairs]
    (message,) = [problem.message for problem in read_plan(workbook(*rows)).errors]
    assert message.startswith("Ces sous-actions tournent en rond (« A » → ")


@pytest.mark.parametrize(
    ("cell", "text", "kept"),
    [
        ("Date de début", "été 2024", ("calendar", "Date de début : été 2024")),
        ("Date de fin", "T2 2025", ("calendar", "Date de fin : T2 2025")),
        ("Budget prévisionnel total € HT", "12 000 € HT / an",
         ("financial_means", "Budget prévisionnel total € HT : 12 000 € HT / an")),
    ],
)  # fmt: skip
def test_a_moment_or_an_amount_told_in_words_is_kept_as_text_and_said(cell, text, kept):
    draft = read_plan(workbook(action(more={cell: text})))
    assert not draft.errors
    assert kept in draft.actions[0].texts.items()
    assert f"« {text} »" in draft.notices[0].message and "gardé tel quel" in draft.notices[0].message
    assert (draft.actions[0].starts_on, draft.actions[0].ends_on, draft.actions[0].budget_total) == (None, None, None)


def test_an_amount_in_words_keeps_its_funder_beside_it():
    row = action(more={"Financeur 1": "Caf", ("Montant € HT", 1): "12 000 € HT / an", "Financements": "Trois parts"})
    (act,) = read_plan(workbook(row)).actions
    assert act.texts["financial_means"] == "Trois parts\nMontant € HT (Caf) : 12 000 € HT / an"
    assert (act.fundings, act.notes) == ([], [])


def test_the_same_commune_name_is_told_by_the_perimeter():
    row = action(more={"Communes concernées": "Beaupuy"})
    assert read_plan(workbook(row), within=("32038",)).actions[0].commune_codes == ["32038"]
    assert "son code" in read_plan(workbook(row)).errors[0].message


def test_an_axis_without_action_declares_a_goal_and_a_divider_under_the_header_does_not():
    draft = read_plan(
        workbook({"Axe (x)": "Données"}, action(), {"Axe (x)": "1. Un axe", "Sous-axe (x.x)": "1.1 : Vide"})
    )
    assert [goal.path for goal in draft.goals] == [["1. Un axe"], ["1. Un axe", "1.1 : Vide"]]
    assert any("Données" in problem.message for problem in draft.notices)


def test_a_continuous_action_keeps_its_end_date_as_a_note():
    draft = read_plan(workbook(action(more={"Action en amélioration continue": "VRAI", "Date de fin": "31/12/2026"})))
    (act,) = draft.actions
    assert (act.is_continuous, act.ends_on) == (True, None)
    assert ["Date de fin", "31/12/2026"] in act.notes
    assert not draft.errors


def test_the_sheet_is_found_by_its_header_wherever_it_stands():
    book = openpyxl.load_workbook(workbook(action()))
    book.create_sheet("Mode d’emploi", 0).append(["Lisez-moi"])
    book.create_sheet("Listes").sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    assert read_plan(file).sheet == "Plan"


def test_text_that_begins_like_a_formula_stays_text():
    draft = read_plan(workbook(action(more={"Descriptif": "+ 3 ateliers", "Notes": "@mairie"})))
    assert draft.actions[0].texts["description"] == "+ 3 ateliers"
    assert not draft.errors


def test_a_draft_survives_json():
    draft = read_plan(
        workbook(
            action(more={"Financeur 1": "Caf", ("Montant € HT", 1): 5}),
            {**action(), "Titre de la sous-action": "Volet"},
        )
    )
    assert PlanDraft.from_json(draft.to_json()) == draft
    assert draft.counts()["sub_actions"] == 1


REAL = workbook(action()).getvalue()


def with_entry(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO(REAL)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(name, content)
    file.seek(0)
    return file


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (io.BytesIO(b""), "vide"),
        (io.BytesIO(b"Bonjour"), "aucune action"),
        (io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 300), "png"),
        (io.BytesIO(bytes(range(256)) * 9), "n’est ni"),
        (io.BytesIO(b"%PDF-1.7 bla"), "PDF"),
        (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99), "ancien classeur"),
        (io.BytesIO(b"PK\x03\x04" + b"garbage" * 50), "abîmé"),
        (io.BytesIO(REAL[: len(REAL) // 2]), "abîmé"),
        (archive({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}), "n’est ni|abîmé"),
        (archive({"mimetype": b"x", "content.xml": b"<x/>"}), "LibreOffice"),
        (archive({"xl/workbook.xml": b"<x", "[Content_Types].xml": b"<Types/>"}), "abîmé"),
        (with_entry("xl/vbaProject.bin", b"macro"), "macros"),
        (with_entry("xl/media/bomb.xml", b"0" * 40_000_000), "démesuré"),
        (io.BytesIO(b"PK" + b"0" * 50_000_000), "limite"),
        (workbook({"Bonjour": 1}, headers=["Bonjour"]), "Partez du modèle"),
        (workbook(action(), headers=[*HEADERS, *(f"c{n}" for n in range(10_000))]), "colonnes"),
    ],
    ids=[
        "empty",
        "words",
        "image",
        "bytes",
        "pdf",
        "xls",
        "garbage",
        "cut",
        "word",
        "ods",
        "no-sheet",
        "macro",
        "bomb",
        "50MB",
        "other",
        "wide",
    ],
)
def test_a_file_that_is_no_plan_is_refused_as_a_whole_with_what_to_do(file, words):
    with pytest.raises(UnreadableWorkbook, match=words):
        read_plan(file)


def changed(change, *rows):
    book = openpyxl.load_workbook(workbook(*(rows or (action(), action("B")))))
    change(book)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def hide(book):
    book.create_sheet("Autre")
    book["Plan"].sheet_state = "hidden"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda book: book.active.merge_cells("A3:A4"), "fusionnées de la ligne 3 à la ligne 4"),
        (hide, "« Plan » est masquée et contient un plan"),
    ],
    ids=["merged", "hidden"],
)
def test_a_sheet_that_cannot_be_read_surely_is_refused(change, words):
    with pytest.raises(UnreadableWorkbook, match=words):
        read_plan(changed(change))


def hide_parts(book):
    book.active.row_dimensions[4].hidden = True
    book.active.column_dimensions["F"].hidden = True
    book.active.merge_cells("A1:C1")
    book.create_sheet("Listes").append(["a", "b"])
    book["Listes"].sheet_state = "hidden"


def test_hidden_rows_columns_and_lists_are_said():
    draft = read_plan(changed(hide_parts))
    assert len(draft.actions) == 2 and not draft.errors
    said = " ".join(problem.message for problem in draft.notices)
    assert "Des lignes sont masquées" in said and "Des colonnes sont masquées" in said and "« Listes »" in said


def test_an_external_entity_is_never_followed():
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(REAL)) as source, zipfile.ZipFile(file, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, evil if entry.filename == "xl/workbook.xml" else source.read(entry))
    with pytest.raises(UnreadableWorkbook):
        read_plan(file)


def test_a_sheet_that_pretends_to_a_million_rows_is_read_to_its_last_line():
    book = openpyxl.load_workbook(workbook(action()))
    book.active.cell(row=1_000_000, column=1).value = None
    file = io.BytesIO()
    book.save(file)
    assert len(read_plan(file).actions) == 1


def test_the_limit_is_twenty_megabytes():
    assert MAX_BYTES == 20 * 1024 * 1024
