"""Copying an action to another goal or to another territory: what is to be done, without the people and the money."""

from django.core.exceptions import ValidationError
from django.db import transaction

from maillage.access.may import require
from maillage.journal.operations import record
from maillage.people.models import User
from maillage.plan.models import Action, ActionIndicator, Convention, Goal, Milestone, SubAction
from maillage.plan.operations.actions import place_action
from maillage.plan.operations.editing import locked

#: What an action is, wherever it is done. Nobody's name, no amount, no date of the territory it comes from.
COPIED = (
    "title", "need", "description", "objectives", "expected_results", "levers", "brakes", "participation",
    "is_continuous",
)  # fmt: skip


@transaction.atomic
def copy_action(action: Action, convention: Convention, *, main_goal: Goal | None, by: User) -> Action:
    """Adds to a convention an action that says what this one says, with its milestones, parts and indicators to fill.

    Raises `ValidationError` when the goal belongs to another plan.
    """
    require(by, "plan.view", action)
    require(by, "action.edit", convention)
    convention = locked(convention)
    if main_goal and main_goal.convention_id != convention.pk:
        raise ValidationError({"to": "Cet objectif appartient à un autre plan."})
    data = {name: getattr(action, name) for name in COPIED}
    is_near = convention.territory_id == action.territory_id
    if convention.pk == action.convention_id:
        data["title"] = f"{action.title[:290]} (copie)"
    if is_near:
        data["commune_codes"] = action.commune_codes
    copy = place_action(convention, data, main_goal=main_goal)
    copy.themes.set(action.themes.all())
    copy.publics.set(action.publics.all())
    if is_near:
        copy.schemes.set(action.schemes.all())
    _copy_parts(action, copy)
    origin = f"Action copiée depuis « {action} »" + ("" if is_near else f", de {action.territory}")
    record(copy, "action.edit", origin, by=by)
    return copy


def _copy_parts(action: Action, copy: Action) -> None:
    Milestone.objects.bulk_create(
        Milestone(action=copy, position=part.position, title=part.title) for part in action.milestones.all()
    )
    SubAction.objects.bulk_create(
        SubAction(action=copy, position=part.position, title=part.title, description=part.description)
        for part in action.sub_actions.all()
    )
    ActionIndicator.objects.bulk_create(
        ActionIndicator(action=copy, position=part.position, kind=part.kind, name=part.name, unit=part.unit)
        for part in action.indicators.all()
    )
