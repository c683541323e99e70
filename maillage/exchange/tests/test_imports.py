"""A workbook comes in: nothing before the yes, all or nothing, undone in one click, and a killed load leaves no trace."""

import datetime as dt
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from maillage.access.roles import Role
from maillage.exchange.operations.imports import edited_since, load_import, read_import, undo_import
from maillage.exchange.tests.workbook.building import SHARED, action, needs_shared, workbook
from maillage.exchange.views.progress import carried_through, told_step_by_step
from maillage.exchange.workbook import UnreadableWorkbook
from maillage.journal.models import Entry
from maillage.network.models import Contact, Organization
from maillage.people.tests.factories import member
from maillage.plan.models import Action, Funding, Goal, Note, PlanImport, SubAction
from maillage.plan.operations import create_goal, edit_action
from maillage.territories.models import Perimeter

ROOT = Path(__file__).resolve().parents[3]
GIVEN = action(
    "Ouvrir une crèche",
    {"Structure pilote": "Mairie de Lias", "Partenaires ": "CAF", "Financeur 1": "Caf", ("Montant € HT", 1): 1200,
     "Notes": "À revoir", "Personne pilote": "Ada UN"},
)  # fmt: skip
VOLET = {**action("Ouvrir une crèche"), "Titre de la sous-action": "Volet", "Statut ": "En cours"}


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Action, Goal, Funding, Note, SubAction, Organization, Contact)
    ]


def read(convention, coordinator, *rows):
    return read_import(convention, workbook(*rows), "plan.xlsx", by=coordinator)


def test_reading_touches_nothing_and_loading_brings_everything(convention, coordinator):
    found = read(convention, coordinator, GIVEN, VOLET)
    assert not Action.objects.exists()
    load_import(found, by=coordinator)
    loaded = Action.objects.get()
    assert (loaded.title, loaded.lead_organization.name, loaded.lead_person.name) == (
        "Ouvrir une crèche",
        "Mairie de Lias",
        "Ada UN",
    )
    assert loaded.goal_links.get().goal.title == "Un axe"
    assert loaded.fundings.get().planned == 1200
    assert [(note.label, note.text) for note in loaded.notes.all()] == [("Notes", "À revoir")]
    assert loaded.sub_actions.get().state == "ongoing"
    # « Caf » and « CAF » are one partner.
    assert Organization.objects.filter(name__iexact="caf").count() == 1
    assert Entry.objects.filter(verb="plan.import").count() == 1


def test_goals_already_in_the_plan_are_found_by_their_title(convention, coordinator):
    create_goal(convention, {"title": "Un axe", "number": "1"}, by=coordinator)
    load_import(read(convention, coordinator, GIVEN), by=coordinator)
    assert Goal.objects.count() == 1


def test_a_workbook_with_an_error_loads_nothing(convention, coordinator):
    before = everything()
    found = read(convention, coordinator, GIVEN, action("Autre", {"Date de début": "17/13/2024"}))
    with pytest.raises(ValidationError, match="erreurs"):
        load_import(found, by=coordinator)
    assert everything() == before


def test_an_action_that_the_plan_already_holds_is_refused(convention, coordinator):
    load_import(read(convention, coordinator, GIVEN), by=coordinator)
    again = read(convention, coordinator, {**GIVEN, "Titre de la fiche action": "OUVRIR une creche"})
    assert "existe déjà dans le plan" in again.problems[0]["message"]
    with pytest.raises(ValidationError):
        load_import(again, by=coordinator)


def test_two_people_load_the_same_import_and_the_plan_holds_it_once(convention, coordinator):
    found = read(convention, coordinator, GIVEN)
    load_import(found, by=coordinator)
    with pytest.raises(ValidationError, match="déjà chargé"):
        load_import(found, by=coordinator)
    assert Action.objects.count() == 1


def test_undoing_leaves_the_plan_as_it_was(convention, coordinator):
    before = everything()
    found = load_import(read(convention, coordinator, GIVEN, VOLET), by=coordinator)
    undo_import(found, by=coordinator)
    assert everything() == before
    with pytest.raises(ValidationError, match="rien à annuler"):
        undo_import(found, by=coordinator)


def test_undoing_keeps_a_partner_that_somebody_has_used_since(convention, coordinator):
    found = load_import(read(convention, coordinator, GIVEN), by=coordinator)
    lead = Action.objects.get().lead_organization
    Action.objects.create(
        convention=convention, territory=convention.territory, title="La nôtre", lead_organization=lead
    )
    undo_import(found, by=coordinator)
    assert Organization.objects.filter(pk=lead.pk).exists()
    assert [row.title for row in Action.objects.all()] == ["La nôtre"]


def test_the_page_of_an_import_says_what_was_edited_since(convention, coordinator):
    found = load_import(read(convention, coordinator, GIVEN), by=coordinator)
    assert edited_since(found) == 0
    edit_action(Action.objects.get(), {"title": "Autre"}, by=coordinator)
    Action.objects.update(updated_at=timezone.now() + dt.timedelta(minutes=1))
    assert edited_since(found) == 1


def test_after_a_week_an_import_can_no_longer_be_undone(convention, coordinator):
    found = load_import(read(convention, coordinator, GIVEN), by=coordinator)
    PlanImport.objects.update(loaded_at=timezone.now() - dt.timedelta(days=8))
    with pytest.raises(ValidationError, match="sept jours"):
        undo_import(found, by=coordinator)


@pytest.mark.parametrize("role", [Role.ELECTED, Role.FIELD_ACTOR, Role.READER, Role.SIGNATORY])
def test_only_the_team_imports(role, territory, convention):
    with pytest.raises(PermissionDenied):
        read_import(convention, workbook(GIVEN), "plan.xlsx", by=member(territory, role))


def test_a_broken_file_keeps_no_import(convention, coordinator):
    with pytest.raises(UnreadableWorkbook):
        read_import(convention, io.BytesIO(b"PK\x03\x04rien"), "plan.xlsx", by=coordinator)
    assert not PlanImport.objects.exists()


def run(capsys, *words):
    code = 0
    try:
        call_command("import_plan", *words)
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr().out


@needs_shared
@pytest.mark.parametrize(
    ("name", "code", "counts"),
    [
        ("nouveau-plan-valide.xlsx", 0, {"goals": 10, "actions": 7, "fundings": 9}),
        ("plan_with_sous_actions_valid.xlsx", 0, {"goals": 3, "actions": 4, "sub_actions": 3}),
        ("plan_column_order_issue.xlsx", 0, {"goals": 2, "actions": 1}),
        ("plan_budget_issue.xlsx", 1, {"actions": 6}),
        ("modele-import-pa.xlsx", 1, {"actions": 0}),
    ],
)
def test_the_command_loads_or_refuses_the_workbooks_of_others(name, code, counts, convention, coordinator, capsys):
    found, out = run(capsys, str(SHARED / name), "--territory", "ici", "--json")
    answer = json.loads(out)
    assert found == code
    assert counts.items() <= answer.items()
    assert {"sheet", "row", "column", "message"} <= {
        key for problem in answer["problems"] for key in problem
    } or not answer["problems"]
    assert Action.objects.count() == (counts["actions"] if code == 0 else 0)
    assert code == 0 or not PlanImport.objects.exists()


def test_the_command_checks_without_writing(convention, coordinator, capsys, tmp_path):
    file = tmp_path / "plan.xlsx"
    file.write_bytes(workbook(GIVEN).getvalue())
    code, out = run(capsys, str(file), "--territory", "ici", "--check")
    assert code == 0
    assert "Rien n’a été enregistré." in out
    assert not Action.objects.exists() and not PlanImport.objects.exists()


def test_the_command_opens_a_convention_for_a_space_that_has_none(territory, coordinator, capsys, tmp_path):
    good, bad = tmp_path / "plan.xlsx", tmp_path / "faux.xlsx"
    good.write_bytes(workbook(GIVEN).getvalue())
    bad.write_bytes(workbook(action("A", {"Date de début": "17/13/2024"})).getvalue())
    assert run(capsys, str(bad), "--territory", "ici")[0] == 1
    assert run(capsys, str(good), "--territory", "ici", "--check")[0] == 0
    assert not territory.conventions.exists()
    code, out = run(capsys, str(good), "--territory", "ici", "--json")
    assert code == 0
    assert "a été ouverte" in json.loads(out)["problems"][0]["message"]
    assert territory.conventions.get().actions.count() == 1


def test_the_command_says_what_it_misses(convention, coordinator, tmp_path):
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("import_plan", str(tmp_path / "rien.xlsx"), "--territory", "ici")
    with pytest.raises(CommandError, match="Aucun espace"):
        call_command("import_plan", "plan.xlsx", "--territory", "ailleurs")


LOADER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django; django.setup()
from django.core.management import call_command
from maillage.people.models import User
from maillage.people.operations import open_territory
from maillage.plan.models import Action, PlanImport
from maillage.plan.operations import create_convention
from maillage.exchange.operations.imports import load_import, read_import
import datetime as dt
stage = sys.argv[1]
if stage == "prepare":
    call_command("migrate", verbosity=0)
    user = User.objects.create_user("a@example.org", "Ada")
    space = open_territory("Ici", communes=["32160"], by=user)
    convention = create_convention(space, {"title": "CTG", "starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2030, 1, 1)}, by=user)
    with open(sys.argv[2], "rb") as file:
        read_import(convention, file, "plan.xlsx", by=user)
elif stage == "load":
    def halfway(done):
        print("halfway", done, flush=True)
        if done >= 500:
            sys.stdin.read()
    found = PlanImport.objects.get()
    load_import(found, by=found.by, progress=halfway)
else:
    print(Action.objects.count(), PlanImport.objects.get().state)
"""


def test_a_process_killed_in_the_middle_of_a_load_leaves_the_plan_as_it_was(tmp_path):
    """A real process, a real file, a real SIGKILL once 500 of 1,200 actions are written."""
    file = tmp_path / "plan.xlsx"
    file.write_bytes(workbook(*(action(f"Action {n}") for n in range(1200))).getvalue())
    environment = {**os.environ, "MAILLAGE_VAR": str(tmp_path / "var"), "DEBUG": "1", "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)

    def stage(*words, **more):
        return subprocess.Popen(
            [sys.executable, "-c", LOADER, *words], env=environment, text=True, stdout=subprocess.PIPE, **more
        )

    prepared = stage("prepare", str(file))
    assert prepared.wait(60) == 0
    prepared.stdout.close()
    loading = stage("load", stdin=subprocess.PIPE)
    assert [loading.stdout.readline().strip() for _ in range(2)] == ["halfway 250", "halfway 500"]
    time.sleep(0.2)
    loading.send_signal(signal.SIGKILL)
    loading.wait(10)
    loading.stdout.close(), loading.stdin.close()
    count = stage("count")
    assert count.communicate(timeout=60)[0].split() == ["0", "read"]


LINES = {"HTTP_ACCEPT": "application/x-ndjson"}


def told(answer):
    return [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]


def test_loading_tells_its_progress_line_by_line(convention, coordinator, client):
    found = read(convention, coordinator, *(action(f"Action {n}") for n in range(600)))
    client.force_login(coordinator)
    lines = told(client.post(reverse("import_load", args=["ici", found.pk]), **LINES))
    assert [line["done"] for line in lines[:-1]] == [0, 250, 500, 600]
    assert lines[-1] == {"next": reverse("import", args=["ici", found.pk])}
    assert Action.objects.count() == 600
    again = told(client.post(reverse("import_load", args=["ici", found.pk]), **LINES))
    assert "déjà chargé" in again[-1]["refusal"]


def test_a_connection_cut_in_the_middle_leaves_nothing(convention, coordinator, client):
    found = read(convention, coordinator, *(action(f"Action {n}") for n in range(600)))
    before = everything()
    client.force_login(coordinator)
    answer = client.post(reverse("import_load", args=["ici", found.pk]), **LINES)
    lines = iter(answer.streaming_content)
    assert json.loads(next(lines))["done"] == 0 and json.loads(next(lines))["done"] == 250
    for close in answer._resource_closers:  # what the server does when the browser is gone; the test's connection stays
        close()
    assert everything() == before
    found.refresh_from_db()
    assert found.state == "read"


def disk_full():
    yield 250
    raise OperationalError("database or disk is full")


def test_a_full_disk_is_said_in_a_sentence():
    assert "disque plein" in carried_through(disk_full())
    assert "disque plein" in told(told_step_by_step(disk_full(), total=600, url="/"))[-1]["refusal"]


@pytest.mark.parametrize("size", [10, 2000])
def test_the_page_of_an_import_costs_the_same_whatever_its_size(
    size, convention, coordinator, client, django_assert_max_num_queries
):
    found = read(convention, coordinator, *(action(f"Action {n}") for n in range(size)))
    client.force_login(coordinator)
    with django_assert_max_num_queries(15) as counted:
        assert client.get(reverse("import", args=["ici", found.pk])).status_code == 200
    assert len(counted.captured_queries) <= 8


def test_a_file_that_cannot_be_kept_is_said_beside_the_form(convention, coordinator, client):
    """The database refuses to write, and the page says so."""
    client.force_login(coordinator)
    file = SimpleUploadedFile("plan.xlsx", workbook(GIVEN).getvalue())
    with connection.execute_wrapper(refuse_to_write):
        page = client.post(reverse("import_new", args=["ici"]), {"file": file, "mode": "add"})
    assert page.status_code == 200 and "disque plein" in page.content.decode()
    assert not PlanImport.objects.exists()


def refuse_to_write(execute, sql, params, many, context):
    if sql.startswith("INSERT INTO") and "plan_planimport" in sql:
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


def test_a_commune_that_left_is_still_known_by_the_actions_of_before(convention, coordinator):
    Perimeter.objects.filter(territory=convention.territory).delete()
    for starts_on, ends_on, codes in (
        (dt.date(2022, 1, 1), dt.date(2023, 4, 30), ["32160", "31188"]),
        (dt.date(2023, 4, 30), None, ["32160"]),
    ):
        Perimeter.objects.create(
            territory=convention.territory, starts_on=starts_on, ends_on=ends_on, commune_codes=codes, edition=2023
        )
    row = action("Accueil", {"Communes concernées": "Fontenilles, L’Isle-Jourdain"})
    found = read_import(convention, workbook(row), "plan.xlsx", by=coordinator)
    assert found.problems == [] and found.draft["actions"][0]["commune_codes"] == ["31188", "32160"]
