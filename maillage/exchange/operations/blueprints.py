"""Starting a plan from models: what was ticked waits like a file that was read."""

import hashlib
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from maillage.access.may import require
from maillage.exchange.blueprints import blueprints, draft_of
from maillage.exchange.workbook import Problem
from maillage.exchange.workbook.draft import NOTICE
from maillage.people.models import User
from maillage.plan.models import Convention, PlanImport
from maillage.ui.french import folded


@transaction.atomic
def read_blueprints(convention: Convention, keys: Iterable[str], *, by: User) -> PlanImport:
    """Keeps the chosen actions for a look; the plan is not touched. Those that it already holds are left out, and said.

    Raises `ValidationError` when nothing is left to bring.
    """
    require(by, "plan.import", convention)
    draft = draft_of(set(keys))
    known = {folded(title) for title in convention.actions.values_list("title", flat=True)}
    held = [action for action in draft.actions if folded(action.title) in known]
    draft.actions = [action for action in draft.actions if folded(action.title) not in known]
    if not draft.actions:
        raise ValidationError("Cochez au moins une action que le plan n’a pas encore.")
    draft.problems = [
        Problem(
            draft.sheet, action.row, "Titre", f"« {action.title} » est déjà au plan : elle n’est pas reprise.", NOTICE
        )
        for action in held
    ]
    used = {tuple(action.goal_path[:depth]) for action in draft.actions for depth in (1, 2)}
    draft.goals = [goal for goal in draft.goals if tuple(goal.path) in used]
    names = [model.name for model in blueprints() if any(action.goal_path[0] == model.name for action in draft.actions)]
    return PlanImport.objects.create(
        territory_id=convention.territory_id,
        file_name=f"Modèles ({', '.join(names)})"[:255],
        sha256=hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest(),
        draft=draft.to_json(),
        counts=draft.counts(),
        problems=[],
        by=by,
    )
