"""A convention and its plan as plain files, so that nobody is held here: one JSON file a kind of object."""

import json
from pathlib import Path
from typing import Any

from django.db.models import Model, QuerySet
from django.forms.models import model_to_dict

from maillage.plan.models import (
    Action,
    ActionGoal,
    ActionIndicator,
    ActionPartner,
    Commitment,
    Convention,
    Funding,
    Goal,
    GoalLevel,
    Milestone,
    Note,
    ProgressMarker,
    Reading,
    Signatory,
    Step,
    SubAction,
)

#: File name → how its rows hang on the convention.
FILES: dict[str, tuple[type[Model], str]] = {
    "convention": (Convention, "pk"),
    "niveaux": (GoalLevel, "convention"),
    "etapes-de-la-demarche": (Step, "convention"),
    "signataires": (Signatory, "convention"),
    "engagements": (Commitment, "signatory__convention"),
    "objectifs": (Goal, "convention"),
    "marqueurs": (ProgressMarker, "goal__convention"),
    "actions": (Action, "convention"),
    "objectifs-des-actions": (ActionGoal, "action__convention"),
    "partenaires-des-actions": (ActionPartner, "action__convention"),
    "etapes": (Milestone, "action__convention"),
    "sous-actions": (SubAction, "action__convention"),
    "financements": (Funding, "action__convention"),
    "indicateurs": (ActionIndicator, "action__convention"),
    "releves": (Reading, "indicator__action__convention"),
    "notes": (Note, "action__convention"),
}


def export_plan(convention: Convention, folder: Path) -> list[Path]:
    """Writes one file a kind of object into `folder` (made when missing); the paths written.

    Each row carries its fields by name, with the name beside the number of what it refers to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (model, path) in FILES.items():
        rows = model._default_manager.filter(**{path: convention.pk}).order_by("pk")
        target = folder / f"{name}.json"
        target.write_text(json.dumps(_rows(rows), ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
        written.append(target)
    return written


def _rows(rows: "QuerySet[Any]") -> list[dict[str, Any]]:
    return [_row(row) for row in rows.select_related()]


def _row(row: Model) -> dict[str, Any]:
    data: dict[str, Any] = {"id": row.pk}
    for name, value in model_to_dict(row).items():
        field = row._meta.get_field(name)
        if field.many_to_many:
            data[name] = [str(item) for item in value]
        elif field.is_relation and value is not None:
            data[name] = {"id": value, "nom": str(getattr(row, name))}
        else:
            data[name] = value
    return data
