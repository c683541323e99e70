"""Opening and amending a convention."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from maillage.access.may import require
from maillage.journal.operations import record
from maillage.people.models import User
from maillage.plan.models import Convention, GoalLevel
from maillage.plan.operations.editing import apply, create, locked
from maillage.plan.operations.meanwhile import settled
from maillage.plan.vocabulary import GoalKind
from maillage.territories.models import Territory
from maillage.ui.meanwhile import Seen

#: The levels a new convention starts with; the territory renames them, adds or removes some.
FIRST_LEVELS = [(GoalKind.AXIS, "Axe", "Axes"), (GoalKind.OBJECTIVE, "Objectif", "Objectifs")]


@transaction.atomic
def create_convention(territory: Territory, data: Mapping[str, Any], *, by: User) -> Convention:
    """Opens a convention with two levels of goals."""
    require(by, "convention.edit", territory)
    convention = Convention(territory=territory)
    create(convention, data)
    for depth, (kind, name, plural) in enumerate(FIRST_LEVELS, start=1):
        GoalLevel.objects.create(convention=convention, depth=depth, kind=kind, name=name, plural=plural)
    record(convention, "convention.edit", "Convention créée", by=by)
    return convention


@transaction.atomic
def edit_convention(
    convention: Convention, data: Mapping[str, Any], *, by: User, seen: Seen | None = None
) -> Convention:
    """Edits named fields. Raises `ChangedMeanwhile` where somebody else changed what this person changes."""
    require(by, "convention.edit", convention)
    convention = locked(convention)
    changes = apply(convention, settled(convention, data, seen))
    if changes:
        record(convention, "convention.edit", "Convention modifiée", by=by, changes=changes)
    return convention
