from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, SystemCheckError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from config.env import VAR
from maillage.territories.areas import EDITIONS, edition


class Command(BaseCommand):
    help = "Dit si tout est prêt à servir : réglages, base, dossiers, géographie."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        problems = [
            problem for check in (self._settings, self._database, self._folder, self._geography) if (problem := check())
        ]
        for problem in problems:
            self.stderr.write(f"À corriger : {problem}")
        if problems:
            raise CommandError("Maillage n’est pas prêt.")
        self.stdout.write("Tout est prêt.")

    def _settings(self) -> str:
        try:
            call_command("check", deploy=not settings.DEBUG, fail_level="WARNING", verbosity=0)
        except SystemCheckError as refusal:
            return f"les réglages. {refusal}"
        return ""

    def _database(self) -> str:
        try:
            connection.ensure_connection()
            executor = MigrationExecutor(connection)
            late = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError as refusal:
            return f"la base de données ne répond pas ({refusal})."
        return f"{len(late)} migration(s) à appliquer : lancez « maillage serve » ou « migrate »." if late else ""

    def _folder(self) -> str:
        try:
            VAR.mkdir(parents=True, exist_ok=True)
            probe = VAR / ".essai"
            probe.write_text("ok")
            probe.unlink()
        except OSError as refusal:
            return f"le dossier {VAR} ne peut pas être écrit ({refusal.strerror})."
        return ""

    def _geography(self) -> str:
        missing = [str(year) for year in EDITIONS if not edition(year).communes]
        return f"la géographie des éditions {', '.join(missing)} manque." if missing else ""
