import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from maillage.exchange.content.gathering import UnreadableFolder, files_of_archive, files_of_folder
from maillage.exchange.content.writing import Files
from maillage.exchange.management.commands.import_plan import coordinator_of
from maillage.exchange.operations.folders import load_folder, read_folder
from maillage.exchange.workbook.draft import ERROR
from maillage.territories.models import Territory


class Command(BaseCommand):
    help = "Reprend une convention entière d’un dossier écrit par « export » : tout ou rien, annulable sept jours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DOSSIER", help="le dossier, ou son archive .zip")
        parser.add_argument("--territory", required=True, metavar="SLUG", help="l’espace qui la reçoit")
        parser.add_argument("--check", action="store_true", help="lit et dit tout, n’enregistre rien")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            raise CommandError(f"Aucun espace ne s’appelle « {options['territory']} ».")
        files = _files_of(options["folder"])
        by = coordinator_of(territory)
        try:
            with transaction.atomic():
                found = read_folder(territory, files, options["folder"].name, by=by)
                refused = any(problem["severity"] == ERROR for problem in found.problems)
                if not (refused or options["check"]):
                    load_folder(found, by=by)
                transaction.set_rollback(refused or options["check"])
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        for problem in found.problems:
            where = f"{problem['sheet']}, ligne {problem['row']}" if problem["row"] else problem["sheet"]
            word = "À corriger" if problem["severity"] == ERROR else "À savoir"
            self.stdout.write(f"{word} : {where} : {problem['message']}")
        kept = not (refused or options["check"])
        self.stdout.write("La convention est chargée." if kept else "Rien n’a été enregistré.")
        if refused:
            sys.exit(1)


def _files_of(path: Path) -> Files:
    try:
        if path.is_dir():
            return files_of_folder(path)
        if not path.is_file():
            raise CommandError(f"« {path} » n’existe pas.")
        with path.open("rb") as file:
            return files_of_archive(file)
    except UnreadableFolder as refusal:
        raise CommandError(str(refusal)) from None
