"""A whole convention comes in as a folder: read, kept for a look, loaded in one transaction, undone within a week."""

import datetime as dt
import hashlib
from dataclasses import asdict
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from maillage.access.may import require
from maillage.discussion.operations import forget_discussion
from maillage.documents.operations import forget_documents
from maillage.exchange.content import Content
from maillage.exchange.content.collecting import collect
from maillage.exchange.content.judging import read_content
from maillage.exchange.content.loading import ContentLoader
from maillage.exchange.content.schema import TABLES
from maillage.exchange.content.writing import Files
from maillage.exchange.operations.imports import UNDO_DAYS
from maillage.exchange.operations.undoing import remove_unused
from maillage.exchange.out.whole import words
from maillage.exchange.own.reading import read_complete
from maillage.exchange.workbook.draft import ERROR, NOTICE, Problem
from maillage.journal.operations import record
from maillage.network.models import Contact, Organization
from maillage.people.models import User
from maillage.plan.models import Convention, PlanImport, Scheme
from maillage.territories.models import Perimeter, Territory

PERIMETER = ("starts_on", "ends_on", "commune_codes", "edition", "reason")


def content_for(convention: Convention, *, by: User) -> Content:
    """The whole content, for a person who may take it away: it holds the team's notes and contacts' addresses."""
    require(by, "plan.export_all", convention)
    return collect(convention).content


def read_folder(territory: Territory, files: Files, name: str, *, by: User) -> PlanImport:
    """Reads a folder and keeps what was read for a look; nothing else is touched."""
    require(by, "plan.import", territory)
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.encode() + b"\0" + files[file] + b"\0")
    return _keep(territory, *read_content(files), name, digest.hexdigest(), by=by)


def read_complete_workbook(territory: Territory, file: IO[bytes], name: str, *, by: User) -> PlanImport:
    """The same, from a complete workbook. Raises `UnreadableWorkbook` for a file that is refused as a whole."""
    require(by, "plan.import", territory)
    content, problems = read_complete(file, words())
    file.seek(0)
    return _keep(territory, content, problems, name, hashlib.sha256(file.read()).hexdigest(), by=by)


@transaction.atomic
def _keep(
    territory: Territory, content: Content, problems: list[Problem], name: str, digest: str, *, by: User
) -> PlanImport:
    problems = problems + _against(territory, content)
    stale = timezone.now() - dt.timedelta(days=UNDO_DAYS)
    waiting = PlanImport.objects.filter(territory=territory, state=PlanImport.State.READ, mode=PlanImport.Mode.FOLDER)
    waiting.filter(read_at__lt=stale).delete()
    return PlanImport.objects.create(
        territory=territory,
        file_name=name[:255],
        sha256=digest,
        mode=PlanImport.Mode.FOLDER,
        draft={} if any(problem.severity == ERROR for problem in problems) else content,
        counts={table.name: len(content[table.name]) for table in TABLES},
        problems=[asdict(problem) for problem in problems],
        by=by,
    )


@transaction.atomic
def load_folder(plan_import: PlanImport, *, by: User) -> Convention:
    """Loads what was read, all of it or nothing. Raises `ValidationError` when something is still wrong."""
    require(by, "plan.import", plan_import)
    territory = Territory.objects.select_for_update().get(pk=plan_import.territory_id)
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state != PlanImport.State.READ:
        raise ValidationError("Ce dossier est déjà chargé, ou il a été annulé.")
    content: Content = plan_import.draft
    if not content:
        raise ValidationError("Ce dossier a encore des erreurs. Corrigez-le, puis lisez-le de nouveau.")
    if wrong := [problem.message for problem in _against(territory, content) if problem.severity == ERROR]:
        raise ValidationError(wrong)
    perimeters = _takes_perimeters(territory, content)
    if perimeters:
        require(by, "territory.edit", territory)
        plan_import.before = _perimeters_of(territory)
    loader = ContentLoader(territory, plan_import)
    convention = loader.load(content, perimeters=perimeters)
    plan_import.counts |= {"created": loader.created | {"convention": [convention.pk]}, "perimeters_taken": perimeters}
    plan_import.state, plan_import.loaded_at = PlanImport.State.LOADED, timezone.now()
    plan_import.save(update_fields=["counts", "before", "state", "loaded_at"])
    sentence = f"Convention reprise d’un dossier : {convention}, {len(content['actions'])} actions"
    record(convention, "plan.import", sentence, by=by)
    return convention


@transaction.atomic
def undo_folder(plan_import: PlanImport, *, by: User) -> PlanImport:
    """Takes the convention back with everything it brought and that nothing else uses, within a week."""
    require(by, "plan.import", plan_import)
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state != PlanImport.State.LOADED:
        raise ValidationError("Ce dossier n’est pas chargé : il n’y a rien à annuler.")
    if plan_import.loaded_at and plan_import.loaded_at < timezone.now() - dt.timedelta(days=UNDO_DAYS):
        raise ValidationError("Ce dossier a été chargé il y a plus de sept jours : il ne s’annule plus.")
    created = plan_import.counts["created"]
    convention = Convention.objects.filter(pk__in=created["convention"], territory=plan_import.territory_id).first()
    if convention:
        _remove(convention)
    remove_unused(Contact, created["contacts"])
    remove_unused(Organization, created["organizations"])
    remove_unused(Scheme, created["schemes"])
    if plan_import.counts["perimeters_taken"]:
        Perimeter.objects.filter(territory=plan_import.territory_id).delete()
        Perimeter.objects.bulk_create(Perimeter(territory=plan_import.territory, **row) for row in plan_import.before)
    plan_import.state, plan_import.undone_at = PlanImport.State.UNDONE, timezone.now()
    plan_import.save(update_fields=["state", "undone_at"])
    record(plan_import, "plan.import", f"Dossier annulé : {plan_import}", by=by)
    return plan_import


def _remove(convention: Convention) -> None:
    forget_documents([convention, *convention.actions.all()])
    forget_discussion([convention, *convention.actions.all(), *convention.goals.all()])
    convention.actions.all().delete()
    for goal in convention.goals.order_by("-depth"):
        goal.delete()
    try:
        convention.delete()
    except models.ProtectedError:
        raise ValidationError(
            "Une version signée s’appuie déjà sur cette convention : ce dossier ne s’annule plus."
        ) from None


def _against(territory: Territory, content: Content) -> list[Problem]:
    """What the folder says against the space that would receive it."""
    if len(content["convention"]) != 1:
        return []
    found = []
    starts_on = content["convention"][0]["starts_on"]
    if starts_on and territory.conventions.filter(starts_on=starts_on).exists():
        message = "Une convention de cet espace prend déjà effet ce jour-là : un dossier en crée une nouvelle."
        found.append(Problem("convention.yaml", 0, "prend_effet_le", message))
    if not _takes_perimeters(territory, content) and _differ(territory, content):
        message = "Les périmètres du dossier diffèrent de ceux de cet espace, qui sont gardés."
        found.append(Problem("perimetres.csv", 0, "", message, NOTICE))
    return found


def _takes_perimeters(territory: Territory, content: Content) -> bool:
    """An empty space takes the perimeters of the folder; one that has a convention already keeps its own."""
    return bool(content["perimeters"]) and not territory.conventions.exists()


def _perimeters_of(territory: Territory) -> list[dict[str, Any]]:
    rows = Perimeter.objects.filter(territory=territory).order_by("starts_on").values(*PERIMETER)
    return [
        row | {"starts_on": str(row["starts_on"]), "ends_on": row["ends_on"] and str(row["ends_on"])} for row in rows
    ]


def _differ(territory: Territory, content: Content) -> bool:
    mine = {(row["starts_on"], *sorted(row["commune_codes"])) for row in _perimeters_of(territory)}
    return any((row["starts_on"], *sorted(row["commune_codes"])) not in mine for row in content["perimeters"])
