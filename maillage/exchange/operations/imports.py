"""A workbook comes in: read, kept for a look, loaded in one transaction, undone within a week."""

import datetime as dt
import hashlib
from collections.abc import Generator
from dataclasses import asdict
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maillage.access.may import require
from maillage.discussion.operations import forget_discussion
from maillage.documents.operations import forget_documents
from maillage.exchange.models import HeldFile
from maillage.exchange.operations.joining import convention_to_fill, doubles_of, mark_loaded, within_of
from maillage.exchange.operations.loading import Loader, Progress
from maillage.exchange.operations.undoing import remove_unused
from maillage.exchange.operations.updating import give_back
from maillage.exchange.workbook import PlanDraft, UnknownColumns, read_plan
from maillage.exchange.workbook.sheet import Sheet
from maillage.journal.operations import record
from maillage.network.models import Contact, Organization
from maillage.people.models import User
from maillage.plan.models import Convention, PlanImport

UNDO_DAYS = 7


def read_import(
    convention: Convention,
    file: IO[bytes],
    file_name: str,
    *,
    by: User,
    progress: Progress = lambda done: None,
    mode: str = PlanImport.Mode.ADD,
) -> PlanImport:
    """Reads a file and keeps what was read for a look; the plan is not touched.

    A file whose columns nobody knows is held until somebody says them. Raises `UnreadableWorkbook` for a file that is
    refused as a whole.
    """
    require(by, "plan.import", convention)
    sheets: list[Sheet] = []
    try:
        draft = read_for(convention, file, progress, file_name=file_name, mode=mode)
    except UnknownColumns as unknown:
        draft, sheets = PlanDraft(sheet=""), unknown.sheets
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    with transaction.atomic():
        # What was read and never loaded is not kept: it holds names that nobody chose to keep.
        stale = timezone.now() - dt.timedelta(days=UNDO_DAYS)
        PlanImport.objects.filter(
            territory_id=convention.territory_id, state=PlanImport.State.READ, read_at__lt=stale
        ).delete()
        plan_import = PlanImport.objects.create(
            territory_id=convention.territory_id,
            file_name=file_name[:255],
            sha256=digest.hexdigest(),
            draft=draft.to_json(),
            counts=draft.counts(),
            problems=[asdict(problem) for problem in draft.problems],
            mode=mode,
            by=by,
        )
        if sheets:
            HeldFile.objects.create(plan_import=plan_import, sheets=[sheet.to_json() for sheet in sheets])
    return plan_import


def read_for(
    convention: Convention,
    file: IO[bytes],
    progress: Progress = lambda done: None,
    *,
    file_name: str = "",
    mode: str = PlanImport.Mode.ADD,
) -> PlanDraft:
    """The draft of a workbook, judged against the plan it would join."""
    draft = read_plan(file, within=within_of(convention), progress=progress, file_name=file_name)
    if mode == PlanImport.Mode.ADD:
        draft.problems += doubles_of(draft, convention)
    return draft


def load_import(plan_import: PlanImport, *, by: User, progress: Progress = lambda done: None) -> PlanImport:
    """Loads what was read: all of it or nothing. Raises `ValidationError` when the draft still has errors."""
    for done in load_steps(plan_import, by=by):
        progress(done)
    plan_import.refresh_from_db()
    return plan_import


def load_steps(plan_import: PlanImport, *, by: User) -> Generator[int, None, None]:
    """The same, step by step: how many actions are written so far. One transaction holds them all.

    Who stops before the end (a cut connection closes the steps) leaves nothing behind.
    """
    require(by, "plan.import", plan_import)
    with transaction.atomic():
        plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
        if plan_import.state != PlanImport.State.READ:
            raise ValidationError("Cet import est déjà chargé, ou il a été annulé.")
        convention = convention_to_fill(plan_import.territory)
        draft = PlanDraft.from_json(plan_import.draft)
        _check_loadable(draft, convention)
        yield from Loader(convention, plan_import, by).load(draft)
        mark_loaded(plan_import)
        counts = draft.counts()
        record(
            plan_import,
            "plan.import",
            f"Plan importé : {counts['actions']} actions, {counts['goals']} objectifs, "
            f"{counts['fundings']} financements",
            by=by,
        )


def _check_loadable(draft: PlanDraft, convention: Convention) -> None:
    if not draft.actions:
        raise ValidationError("Dites d’abord ce que contient chaque colonne.")
    if draft.errors or doubles_of(draft, convention):
        raise ValidationError("Ce fichier a encore des erreurs. Corrigez-le, puis importez-le de nouveau.")


@transaction.atomic
def undo_import(plan_import: PlanImport, *, by: User) -> PlanImport:
    """Takes back everything that an import brought and that nothing else uses, within a week."""
    require(by, "plan.import", plan_import)
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state != PlanImport.State.LOADED:
        raise ValidationError("Cet import n’est pas chargé : il n’y a rien à annuler.")
    if plan_import.loaded_at and plan_import.loaded_at < timezone.now() - dt.timedelta(days=UNDO_DAYS):
        raise ValidationError("Cet import a plus de sept jours : supprimez ses actions une à une.")
    left = give_back(plan_import, by=by)
    removed = plan_import.actions.count()
    forget_documents(plan_import.actions.all())
    forget_discussion(plan_import.actions.all())
    plan_import.actions.all().delete()
    for goal in plan_import.goals.order_by("-depth"):
        if not goal.children.exists() and not goal.action_links.exists():
            forget_discussion([goal])
            goal.delete()
    # A contact or a partner that came with the file goes with it, unless somebody has used it since.
    remove_unused(Contact, plan_import.counts.get("contacts_created", []))
    remove_unused(Organization, plan_import.counts.get("organizations_created", []))
    plan_import.state, plan_import.undone_at = PlanImport.State.UNDONE, timezone.now()
    plan_import.counts = {**plan_import.counts, "left": left}
    plan_import.save(update_fields=["state", "undone_at", "counts"])
    record(plan_import, "plan.import", f"Import annulé : {removed} actions retirées", by=by)
    return plan_import


def edited_since(plan_import: PlanImport) -> int:
    """How many imported actions somebody has touched since: the page says so before undoing."""
    if plan_import.loaded_at is None:
        return 0
    return plan_import.actions.filter(updated_at__gt=plan_import.loaded_at + dt.timedelta(seconds=1)).count()
