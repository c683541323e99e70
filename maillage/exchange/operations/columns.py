"""A person says what the columns of her sheet hold: kept for the next file that has the same ones."""

from collections.abc import Mapping
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction

from maillage.access.may import require
from maillage.exchange.models import ColumnMapping, HeldFile
from maillage.exchange.operations.joining import convention_to_fill, doubles_of, within_of
from maillage.exchange.workbook import UnreadableWorkbook, read_chosen
from maillage.exchange.workbook.choice import NOTE, REPEATED, SKIPPED, Choice, fingerprint_of, headers_at
from maillage.exchange.workbook.columns import LABELS
from maillage.exchange.workbook.sheet import Sheet
from maillage.journal.operations import record
from maillage.people.models import User
from maillage.plan.models import PlanImport
from maillage.territories.models import Territory
from maillage.ui.french import folded


@transaction.atomic
def choose_columns(held: HeldFile, choice: Choice, *, by: User) -> PlanImport:
    """Reads the held sheet as the person says, and keeps what she said for next time.

    Raises `ValidationError` when no column holds the title, when two hold the same field, or when the sheet is refused.
    """
    plan_import = held.plan_import
    require(by, "plan.import", plan_import)
    if plan_import.state != PlanImport.State.READ:
        raise ValidationError("Cet import est déjà chargé, ou il a été annulé.")
    _check(choice)
    convention = convention_to_fill(plan_import.territory)
    sheet = Sheet.from_json(next(sheet for sheet in held.sheets if sheet["name"] == choice.sheet))
    try:
        draft = read_chosen(sheet, choice, within=within_of(convention))
    except UnreadableWorkbook as refusal:
        raise ValidationError(str(refusal)) from None
    if plan_import.mode == PlanImport.Mode.ADD:
        draft.problems += doubles_of(draft, convention)
    headers = headers_at(sheet, choice.header_row)
    ColumnMapping.objects.update_or_create(
        territory_id=plan_import.territory_id,
        fingerprint=fingerprint_of(headers),
        defaults={"headers": headers, "fields": list(choice.fields)},
    )
    held.choice = choice.to_json()
    held.save(update_fields=["choice"])
    plan_import.draft, plan_import.counts = draft.to_json(), draft.counts()
    plan_import.problems = [asdict(problem) for problem in draft.problems]
    plan_import.save(update_fields=["draft", "counts", "problems"])
    record(plan_import, "plan.import", f"Colonnes décrites : {plan_import.file_name}", by=by)
    return plan_import


def kept_choices(territory: Territory, headers: list[str]) -> tuple[Mapping[str, str], bool]:
    """What was said before of such headers (folded header → field), and whether all of this sheet was already said."""
    fingerprint = fingerprint_of(headers)
    kept: dict[str, str] = {}
    exact = None
    for mapping in ColumnMapping.objects.filter(territory=territory):
        kept |= dict(zip(map(folded, mapping.headers), mapping.fields, strict=True))
        exact = mapping if mapping.fingerprint == fingerprint else exact
    if exact:
        kept |= dict(zip(map(folded, exact.headers), exact.fields, strict=True))
    return kept, exact is not None


def _check(choice: Choice) -> None:
    if "title" not in choice.fields:
        raise ValidationError("Dites quelle colonne porte le titre de l’action : sans lui, rien ne peut être repris.")
    once = [field for field in choice.fields if field not in {NOTE, SKIPPED, *REPEATED}]
    twice = sorted({LABELS[field] for field in once if once.count(field) > 1})
    if twice:
        raise ValidationError(
            f"Deux colonnes sont dites « {twice[0]} ». Gardez-en une, et mettez l’autre en note ou ailleurs."
        )
