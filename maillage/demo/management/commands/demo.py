import shutil
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.env import VAR
from maillage.demo.cast import CAST, GASCOGNE
from maillage.demo.load import load_demo
from maillage.people.management.commands.serve import check_port, prepare, run_server


class Command(BaseCommand):
    help = "Ouvre la démonstration sur le contenu réel de la Gascogne Toulousaine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")
        parser.add_argument("--reset", action="store_true", help="repart de zéro")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("La démonstration demande MAILLAGE_DEMO=1 et DEBUG=1 : lancez « make demo ».")
        check_port("127.0.0.1", options["port"])
        if options["reset"]:
            for name in ("maillage.sqlite3", "maillage.sqlite3-wal", "maillage.sqlite3-shm"):
                (VAR / name).unlink(missing_ok=True)
            shutil.rmtree(VAR / "documents", ignore_errors=True)
        prepare()
        fresh = load_demo()
        self.stdout.write(self.words(fresh))
        self.stdout.flush()
        sys.exit(run_server("127.0.0.1", options["port"], 2))

    def words(self, fresh: bool) -> str:
        start = "La démonstration est chargée." if fresh else "La démonstration reprend où vous l’aviez laissée."
        people = "\n".join(f"    {actor.name:<16} {actor.words}" for actor in CAST)
        return (
            f"\n{start}\n\n  Accueil             {settings.BASE_URL}/\n"
            f"  Espace de travail   {settings.BASE_URL}/espace/{GASCOGNE}/\n\n"
            f"  Sur l’accueil, un clic suffit pour être :\n{people}\n\n  Ctrl+C pour arrêter.\n"
        )
