import datetime as dt
import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from maillage.access.roles import Role
from maillage.exchange.operations.imports import load_import, read_import
from maillage.exchange.workbook import PlanDraft, Problem, UnreadableWorkbook
from maillage.exchange.workbook.draft import NOTICE
from maillage.people.models import Membership, User
from maillage.people.spaces import today
from maillage.plan.operations import create_convention
from maillage.plan.queries.conventions import convention_of
from maillage.territories.models import Territory


class Command(BaseCommand):
    help = "Importe un classeur de plan d’action : tout ou rien, et l’on peut l’annuler pendant sept jours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="le classeur (.xlsx) ou le tableau (.csv), au modèle national")
        parser.add_argument("--territory", required=True, metavar="SLUG", help="l’espace qui le reçoit")
        parser.add_argument("--check", action="store_true", help="lit et dit tout, n’enregistre rien")
        parser.add_argument("--json", action="store_true", help="écrit les nombres et les remarques en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            raise CommandError(f"Aucun espace ne s’appelle « {options['territory']} ».")
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"Le fichier « {path} » n’existe pas.")
        by = coordinator_of(territory)
        with transaction.atomic():
            draft = self._read(territory, path, by, quiet=options["json"])
            loaded = not (draft.errors or options["check"])
            # Refused or only looked at: nothing of it stays, not even the convention opened to receive it.
            transaction.set_rollback(not loaded)
        self._tell(draft, options["json"], loaded=loaded)

    def _read(self, territory: Territory, path: Path, by: User, *, quiet: bool) -> PlanDraft:
        """Reads and, when nothing is wrong, loads; the caller decides whether it stays."""
        notices = []
        convention = convention_of(territory)
        if convention is None:
            convention = create_convention(territory, _five_years(), by=by)
            message = f"Aucune convention n’était décrite : « {convention.title} » a été ouverte. Vérifiez ses dates."
            notices.append(Problem("", 0, "", message, NOTICE))
        try:
            with path.open("rb") as file, self._bar("Lecture", quiet) as bar:
                found = read_import(convention, file, path.name, by=by, progress=lambda done: _advance(bar))
            draft = PlanDraft.from_json(found.draft)
            if not draft.errors:
                load_import(found, by=by)
        except UnreadableWorkbook as refusal:
            draft = PlanDraft(sheet="", problems=[Problem("", 0, "", str(refusal))])
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        draft.problems = notices + draft.problems
        return draft

    def _bar(self, words: str, quiet: bool) -> "tqdm[Any]":
        """A bar on a terminal; nothing in a pipe, where the lines that follow say it all."""
        return tqdm(desc=words, unit=" lignes", disable=quiet or not sys.stderr.isatty(), file=sys.stderr)

    def _tell(self, draft: PlanDraft, as_json: bool, *, loaded: bool) -> None:
        """Says what was read; exits 1 when the workbook is refused."""
        if as_json:
            answer = {**draft.counts(), "loaded": loaded, "problems": [asdict(problem) for problem in draft.problems]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            for problem in draft.problems:
                where = ", ".join(
                    filter(None, [problem.sheet, f"ligne {problem.row}" if problem.row else "", problem.column])
                )
                word = "À corriger" if problem.severity == "error" else "À savoir"
                self.stdout.write(f"{word} : {where + ' : ' if where else ''}{problem.message}")
            self.stdout.write(", ".join(f"{name} : {count}" for name, count in draft.counts().items()))
            self.stdout.write("Le plan est chargé." if loaded else "Rien n’a été enregistré.")
        if draft.errors:
            sys.exit(1)


def _five_years() -> dict[str, Any]:
    """The convention that a plan without one hangs on: five years from this one."""
    year = today().year
    title = f"Convention territoriale globale {year}-{year + 4}"
    return {"title": title, "starts_on": dt.date(year, 1, 1), "ends_on": dt.date(year + 4, 12, 31)}


def _advance(bar: "tqdm[Any]") -> None:
    bar.update(1)


def coordinator_of(territory: Territory) -> User:
    """The import is signed by who coordinates the space: the command has no person of its own."""
    membership = (
        Membership.objects.open()
        .filter(territory=territory, role=Role.COORDINATOR, user__is_active=True)
        .select_related("user")
        .order_by("id")
        .first()
    )
    if membership is None:
        raise CommandError("Personne ne coordonne cet espace.")
    return membership.user
