"""The plan that a file joins: its convention, its communes, what it already holds."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from maillage.exchange.models import HeldFile
from maillage.exchange.workbook import PlanDraft, Problem
from maillage.people.spaces import today
from maillage.plan.models import Convention, PlanImport
from maillage.territories.models import Territory
from maillage.territories.queries import perimeters_of
from maillage.ui.french import folded


def within_of(convention: Convention) -> tuple[str, ...] | None:
    """The communes that the territory holds or held: an action may be older than the departure of one of them."""
    codes = {code for perimeter in perimeters_of(convention.territory) for code in perimeter.commune_codes}
    return tuple(sorted(codes)) or None


def doubles_of(draft: PlanDraft, convention: Convention) -> list[Problem]:
    """The actions of the file that the plan already holds."""
    known = {folded(title) for title in convention.actions.values_list("title", flat=True)}
    return [
        Problem(draft.sheet, action.row, "Titre", f"L’action « {action.title} » existe déjà dans le plan.")
        for action in draft.actions
        if folded(action.title) in known
    ]


def convention_to_fill(territory: Territory) -> Convention:
    """The convention that an import joins, locked until the end of the transaction."""
    from_start = territory.conventions.order_by("-starts_on")
    convention = from_start.filter(starts_on__lte=today()).first() or from_start.last()
    if convention is None:
        raise ValidationError("Décrivez d’abord la convention : le plan s’y accroche.")
    return Convention.objects.select_for_update().get(pk=convention.pk)


def mark_loaded(plan_import: PlanImport) -> None:
    """What was loaded can be undone from now on; the cells that waited are forgotten."""
    plan_import.state, plan_import.loaded_at = PlanImport.State.LOADED, timezone.now()
    plan_import.save(update_fields=["state", "loaded_at"])
    HeldFile.objects.filter(plan_import=plan_import).delete()
