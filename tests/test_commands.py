"""What a person who runs a server types."""

import csv
import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from maillage.__main__ import COMMANDS, main, usage
from maillage.people.models import Membership, User
from maillage.plan.models import Convention
from maillage.territories.models import Territory
from tests.cast import load_world


def test_help_lists_every_command(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["maillage", "--help"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 0
    assert capsys.readouterr().out.strip() == usage()
    assert all(name in usage() for name in COMMANDS)


def test_an_unknown_command_exits_2(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["maillage", "danser"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "Commande inconnue : danser" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_territory_is_opened_for_a_person_who_has_no_account_yet(capsys):
    call_command(
        "new_territory", "--siren", "200023620", "--coordinator", "Ada@example.org", "--coordinator-name", "Ada"
    )
    space = Territory.objects.get()
    assert Membership.objects.get(territory=space).user.email == "ada@example.org"
    assert f"/espace/{space.slug}/" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_territory_that_does_not_exist_opens_nothing():
    with pytest.raises(CommandError, match="SIREN"):
        call_command("new_territory", "--siren", "1", "--coordinator", "ada@example.org")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_export_holds_every_row_of_the_plan_and_comes_back_elsewhere(tmp_path, capsys):
    world = load_world()
    first, second = tmp_path / "sortie", tmp_path / "retour"
    call_command("export", "--territory", world.here.slug, "--to", str(first))
    convention = Convention.objects.get(territory=world.here)
    assert len(list((first / "actions").iterdir())) == convention.actions.count() == 13
    assert len((first / "signataires.csv").read_text().splitlines()) == 1 + 7
    with (first / "financements.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["unite"] == "€"]
    assert sum(float(row["prevu"].replace(",", ".")) for row in rows) == 289800
    with pytest.raises(CommandError, match="n’est pas vide"):
        call_command("export", "--territory", world.here.slug, "--to", str(first))
    call_command(
        "new_territory", "--siren", "200023620", "--coordinator", "ada@example.org", "--coordinator-name", "Ada"
    )
    other = Territory.objects.get(memberships__user__email="ada@example.org")
    call_command("import_folder", str(first), "--territory", other.slug, "--check")
    assert not other.conventions.exists()
    call_command("import_folder", str(first), "--territory", other.slug)
    assert "La convention est chargée." in capsys.readouterr().out
    call_command("export", "--territory", other.slug, "--to", str(second))
    written = sorted(path.relative_to(first) for path in first.rglob("*.*"))
    assert written == sorted(path.relative_to(second) for path in second.rglob("*.*"))
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in written)


@pytest.mark.django_db
def test_a_folder_with_a_fault_is_refused_and_named_by_file_and_line(tmp_path, capsys):
    world = load_world()
    folder = tmp_path / "sortie"
    call_command("export", "--territory", world.here.slug, "--to", str(folder))
    path = folder / "etapes.csv"
    path.write_text(path.read_text().replace("2023-09-16", "été 2023", 1))
    with pytest.raises(SystemExit) as stop:
        call_command("import_folder", str(folder), "--territory", world.next_door.slug)
    assert stop.value.code == 1
    assert "À corriger : etapes.csv, ligne 2 : « été 2023 » n’est pas une date." in capsys.readouterr().out


@pytest.mark.django_db
def test_an_export_of_nothing_says_so(tmp_path):
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("export", "--territory", "nulle-part", "--to", str(tmp_path / "sortie"))


@pytest.mark.django_db
def test_the_check_up_says_that_all_is_ready(capsys, settings):
    settings.DEBUG = True  # a laptop: a server is held to more
    call_command("check_up")
    assert "Tout est prêt." in capsys.readouterr().out


@pytest.mark.django_db
def test_loading_the_demo_twice_changes_nothing():
    load_world()
    before = Convention.objects.count(), Territory.objects.count(), User.objects.count()
    load_world()
    assert (Convention.objects.count(), Territory.objects.count(), User.objects.count()) == before


def test_the_demo_refuses_to_be_on_where_data_are_real():
    for more in ({"DEBUG": "0"}, {"DEBUG": "1", "DATABASE_URL": "postgres://u@127.0.0.1/x"}):
        given = {
            **os.environ,
            "MAILLAGE_DEMO": "1",
            "SECRET_KEY": "x",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **more,
        }
        found = subprocess.run(
            [sys.executable, "manage.py", "check"], env=given, capture_output=True, text=True, check=False
        )
        assert found.returncode != 0
        assert "la démonstration ouvre à tous" in found.stderr
