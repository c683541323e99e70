import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from maillage.access.roles import Role
from maillage.people.models import Membership, User
from maillage.plan.operations.imports import load_import, read_for, read_import
from maillage.plan.queries.conventions import convention_of
from maillage.plan.workbook import PlanDraft, Problem, UnreadableWorkbook
from maillage.territories.models import Territory


class Command(BaseCommand):
    help = "Importe un classeur de plan d’action : tout ou rien, et l’on peut l’annuler pendant sept jours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="le classeur (.xlsx)")
        parser.add_argument("--territory", required=True, metavar="SLUG", help="l’espace qui le reçoit")
        parser.add_argument("--check", action="store_true", help="lit et dit tout, n’enregistre rien")
        parser.add_argument("--json", action="store_true", help="écrit les nombres et les remarques en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            raise CommandError(f"Aucun espace ne s’appelle « {options['territory']} ».")
        convention = convention_of(territory)
        if convention is None:
            raise CommandError("Décrivez d’abord la convention de cet espace : le plan s’y accroche.")
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"Le fichier « {path} » n’existe pas.")
        try:
            with path.open("rb") as file, self._bar("Lecture", options["json"]) as bar:
                if options["check"]:
                    draft = read_for(convention, file, lambda done: _advance(bar))
                    self._tell(draft, options["json"], loaded=False)
                    return
                by = _coordinator(territory)
                found = read_import(convention, file, path.name, by=by, progress=lambda done: _advance(bar))
        except UnreadableWorkbook as refusal:
            self._refuse(refusal, options["json"])
        draft = PlanDraft.from_json(found.draft)
        if draft.errors:
            found.delete()
            self._tell(draft, options["json"], loaded=False)
            return
        try:
            load_import(found, by=by)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self._tell(draft, options["json"], loaded=True)

    def _bar(self, words: str, quiet: bool) -> "tqdm[Any]":
        """A bar on a terminal; nothing in a pipe, where the lines that follow say it all."""
        return tqdm(desc=words, unit=" lignes", disable=quiet or not sys.stderr.isatty(), file=sys.stderr)

    def _refuse(self, refusal: UnreadableWorkbook, as_json: bool) -> None:
        draft = PlanDraft(sheet="", problems=[Problem("", 0, "", str(refusal))])
        self._tell(draft, as_json, loaded=False)

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


def _advance(bar: "tqdm[Any]") -> None:
    bar.update(1)


def _coordinator(territory: Territory) -> User:
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
