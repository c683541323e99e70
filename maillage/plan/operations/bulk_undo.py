"""Giving back what many actions held before one change."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from maillage.access.may import require
from maillage.journal.operations import record_many
from maillage.network.models import Contact, Organization
from maillage.people.models import User
from maillage.plan.models import Action, BulkEdit, Goal
from maillage.plan.operations.bulk import BESIDE
from maillage.plan.operations.bulk_writing import Values, as_column, give, held
from maillage.plan.operations.editing import locked
from maillage.plan.rules.bulk import dates_refusal

POINTERS: dict[str, type[Model]] = {"lead_organization_id": Organization, "elected_referent_id": Contact}


@transaction.atomic
def undo_bulk_edit(edit: BulkEdit, *, by: User) -> BulkEdit:
    """Gives back what each action held before, but for those that somebody edited since: they are left, and named."""
    require(by, "action.edit", edit)
    edit = locked(edit)
    if edit.undone_at:
        raise ValidationError("Cette modification est déjà annulée.")
    rows = {row["action"]: row for row in edit.before}
    actions = {a.pk: a for a in Action.objects.select_for_update().filter(territory=edit.territory_id, pk__in=rows)}
    names = list(next(iter(rows.values()))["after"]) if rows else []
    now = held(list(actions.values()), names)
    left: list[dict[str, str]] = []
    wanted: dict[int, Values] = {}
    known = _still_there(rows.values())
    for pk, row in rows.items():
        if why := _kept_back(actions.get(pk), row, now.get(pk, {}), known):
            left.append({"label": row["label"], "why": why})
        else:
            wanted[pk] = {n: v for n, v in row["before"].items() if now[pk][n] == row["after"][n]}
    give(wanted)
    record_many(
        ((actions[pk], ()) for pk in wanted), "action.edit", f"Modification groupée annulée : {edit.sentence}", by=by
    )
    edit.undone_at, edit.left = timezone.now(), left
    edit.save(update_fields=["undone_at", "left"])
    return edit


def _kept_back(action: Action | None, row: Mapping[str, Any], now: Values, known: Mapping[str, set[int]]) -> str:
    """Why the undoing leaves this action alone, or nothing."""
    if action is None:
        return "supprimée depuis"
    before = row["before"]
    if any(now[name] != value for name, value in row["after"].items() if name not in BESIDE):
        return "modifiée depuis"
    if any(
        before.get(name) and before[name] not in known[name] for name in ("lead_organization_id", "elected_referent_id")
    ):
        return "ce qu’elle portait avant n’existe plus"
    if any(goal not in known["goals"] for goal, _main in before.get("goals", [])):
        return "son objectif d’avant n’existe plus"
    starts = as_column("starts_on", before["starts_on"]) if "starts_on" in before else action.starts_on
    ends = as_column("ends_on", before["ends_on"]) if "ends_on" in before else action.ends_on
    return "ses dates ont changé depuis" if dates_refusal(starts, ends, action.is_continuous) else ""


def _still_there(rows: Iterable[Mapping[str, Any]]) -> dict[str, set[int]]:
    """Of the rows that the actions pointed to before: those that still exist."""
    pointed: dict[str, set[int]] = {name: set() for name in (*POINTERS, "goals")}
    for row in rows:
        pointed["goals"] |= {goal for goal, _main in row["before"].get("goals", [])}
        for name in POINTERS:
            pointed[name] |= {row["before"][name]} - {None} if name in row["before"] else set()
    models: dict[str, type[Model]] = {**POINTERS, "goals": Goal}
    return {
        name: set(models[name]._default_manager.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
        for name, ids in pointed.items()
    }
