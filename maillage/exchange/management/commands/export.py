from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maillage.exchange.content.collecting import collect
from maillage.exchange.content.writing import write_folder
from maillage.plan.queries.conventions import convention_of
from maillage.territories.models import Territory


class Command(BaseCommand):
    help = "Écrit la convention entière d’un territoire dans un dossier de fichiers YAML et CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--territory", required=True, metavar="SLUG", help="l’espace à écrire")
        parser.add_argument("--to", type=Path, required=True, metavar="DOSSIER", help="un dossier neuf ou vide")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = Territory.objects.filter(slug=options["territory"]).first()
        convention = convention_of(territory) if territory else None
        if convention is None:
            raise CommandError(f"« {options['territory']} » n’existe pas, ou n’a pas encore de convention.")
        folder: Path = options["to"]
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"« {folder} » n’est pas vide : choisissez un dossier neuf.")
        for path in write_folder(collect(convention).content, folder):
            self.stdout.write(str(path))
