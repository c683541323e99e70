"""A workbook comes in: read, kept for a look, loaded in one transaction, undone within a week."""

import datetime as dt
import hashlib
from dataclasses import asdict
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maillage.access.may import require
from maillage.documents.operations import forget_documents
from maillage.exchange.operations.loading import Loader, Progress
from maillage.exchange.workbook import PlanDraft, Problem, read_plan
from maillage.journal.operations import record
from maillage.network.models import Contact, Organization
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Convention, PlanImport
from maillage.territories.models import Territory
from maillage.territories.queries import perimeter_of
from maillage.ui.french import folded

UNDO_DAYS = 7
#: What makes a partner or a contact somebody's: the relations that must be empty before it goes.
ORGANIZATION_USES = ("led_actions", "partner_links", "fundings", "signatures", "affiliations", "contacts")
CONTACT_USES = ("led_actions", "referent_of")


def read_import(
    convention: Convention, file: IO[bytes], file_name: str, *, by: User, progress: Progress = lambda done: None
) -> PlanImport:
    """Reads a workbook and keeps what was read for a look; the plan is not touched.

    Raises `UnreadableWorkbook` for a file that is refused as a whole.
    """
    require(by, "plan.import", convention)
    draft = read_for(convention, file, progress)
    # What was read and never loaded is not kept: it holds names that nobody chose to keep.
    stale = timezone.now() - dt.timedelta(days=UNDO_DAYS)
    PlanImport.objects.filter(
        territory_id=convention.territory_id, state=PlanImport.State.READ, read_at__lt=stale
    ).delete()
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    return PlanImport.objects.create(
        territory_id=convention.territory_id,
        file_name=file_name[:255],
        sha256=digest.hexdigest(),
        draft=draft.to_json(),
        counts=draft.counts(),
        problems=[asdict(problem) for problem in draft.problems],
        by=by,
    )


def read_for(convention: Convention, file: IO[bytes], progress: Progress = lambda done: None) -> PlanDraft:
    """The draft of a workbook, judged against the plan it would join."""
    perimeter = perimeter_of(convention.territory, on=today())
    within = tuple(perimeter.commune_codes) if perimeter else None
    draft = read_plan(file, within=within, progress=progress)
    known = {folded(title) for title in convention.actions.values_list("title", flat=True)}
    draft.problems += [
        Problem(draft.sheet, action.row, "Titre", f"L’action « {action.title} » existe déjà dans le plan.")
        for action in draft.actions
        if folded(action.title) in known
    ]
    return draft


@transaction.atomic
def load_import(plan_import: PlanImport, *, by: User, progress: Progress = lambda done: None) -> PlanImport:
    """Loads what was read: all of it or nothing. Raises `ValidationError` when the draft still has errors."""
    require(by, "plan.import", plan_import)
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state != PlanImport.State.READ:
        raise ValidationError("Cet import est déjà chargé, ou il a été annulé.")
    convention = _convention_of(plan_import.territory)
    draft = PlanDraft.from_json(plan_import.draft)
    known = {folded(title) for title in convention.actions.values_list("title", flat=True)}
    if draft.errors or any(folded(action.title) in known for action in draft.actions):
        raise ValidationError("Ce classeur a encore des erreurs. Corrigez-le, puis importez-le de nouveau.")
    Loader(convention, plan_import, by).load(draft, progress)
    plan_import.state, plan_import.loaded_at = PlanImport.State.LOADED, timezone.now()
    plan_import.save(update_fields=["state", "loaded_at"])
    counts = draft.counts()
    sentence = (
        f"Plan importé : {counts['actions']} actions, {counts['goals']} objectifs, {counts['fundings']} financements"
    )
    record(plan_import, "plan.import", sentence, by=by)
    return plan_import


@transaction.atomic
def undo_import(plan_import: PlanImport, *, by: User) -> PlanImport:
    """Takes back everything that an import brought and that nothing else uses, within a week."""
    require(by, "plan.import", plan_import)
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state != PlanImport.State.LOADED:
        raise ValidationError("Cet import n’est pas chargé : il n’y a rien à annuler.")
    if plan_import.loaded_at and plan_import.loaded_at < timezone.now() - dt.timedelta(days=UNDO_DAYS):
        raise ValidationError("Cet import a plus de sept jours : supprimez ses actions une à une.")
    removed = plan_import.actions.count()
    forget_documents(plan_import.actions.all())
    plan_import.actions.all().delete()
    for goal in plan_import.goals.order_by("-depth"):
        if not goal.children.exists() and not goal.action_links.exists():
            goal.delete()
    # A contact or a partner that came with the file goes with it, unless somebody has used it since.
    _remove_unused(Contact, plan_import.counts.get("contacts_created", []), CONTACT_USES)
    _remove_unused(Organization, plan_import.counts.get("organizations_created", []), ORGANIZATION_USES)
    plan_import.state, plan_import.undone_at = PlanImport.State.UNDONE, timezone.now()
    plan_import.save(update_fields=["state", "undone_at"])
    record(plan_import, "plan.import", f"Import annulé : {removed} actions retirées", by=by)
    return plan_import


def edited_since(plan_import: PlanImport) -> int:
    """How many imported actions somebody has touched since: the page says so before undoing."""
    if plan_import.loaded_at is None:
        return 0
    return plan_import.actions.filter(updated_at__gt=plan_import.loaded_at + dt.timedelta(seconds=1)).count()


def _remove_unused(model: type[Contact] | type[Organization], pks: list[int], uses: tuple[str, ...]) -> None:
    for row in model._default_manager.filter(pk__in=pks):
        if not any(getattr(row, use).exists() for use in uses):
            row.delete()


def _convention_of(territory: Territory) -> Convention:
    from_start = territory.conventions.order_by("-starts_on")
    convention = from_start.filter(starts_on__lte=today()).first() or from_start.last()
    if convention is None:
        raise ValidationError("Décrivez d’abord la convention : le plan s’y accroche.")
    return Convention.objects.select_for_update().get(pk=convention.pk)
