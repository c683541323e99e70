"""The plan in columns, and the move of a card from one to another."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maillage.access.may import may
from maillage.people.models import User
from maillage.people.spaces import person, territory_for
from maillage.plan.forms.actions import StateForm
from maillage.plan.models import Action
from maillage.plan.operations import change_state
from maillage.plan.queries.actions import action_for, action_rows
from maillage.plan.queries.board import board_of, card_of
from maillage.plan.queries.conventions import convention_of
from maillage.plan.rules.progress import summary
from maillage.plan.vocabulary import ActionState


@require_safe
def plan_board(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug)
    user = person(request)
    convention = convention_of(territory)
    context: dict[str, Any] = {"title": "Le plan par état", "convention": convention, "size": 0}
    if convention:
        rows = action_rows(convention)
        context |= {
            "columns": board_of(convention, rows, by=user),
            "size": len(rows),
            "summary": summary(rows),
            "may_edit_actions": may(user, "action.edit", territory),
        }
    return render(request, "plan/board.html", context)


@require_POST
def action_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Moves a card. A script gets the new card or the sentence of the refusal; a browser, the board or a form."""
    action = action_for(request, slug, pk, "action.follow")
    asked, reason = request.POST.get("state", ""), request.POST.get("reason", "")
    before = ActionState(action.state)
    refusal = _move(action, asked, reason, by=person(request))
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _tell(request, action, refusal)
    kept = QueryDict(request.POST.get("suite", "")).urlencode()
    back = reverse("plan_board", args=[slug]) + (f"?{kept}" if kept else "")
    if refusal is None:
        messages.success(request, f"« {action.title} » est maintenant dans « {ActionState(asked).label} ».")
        return redirect(f"{back}#action-{action.pk}")
    form = StateForm({"state": asked, "reason": reason}, before=before)
    if form.is_valid():
        form.add_refusal(refusal)
    context = {"title": "Changer l’état", "form": form, "action": action, "back": back, "kept": kept}
    return render(request, "plan/action_move.html", context)


def _move(action: Action, asked: str, reason: str, *, by: User) -> ValidationError | None:
    """What refuses the move, or None when it is done."""
    if asked not in ActionState.values:
        return ValidationError({"state": "Cette colonne n’existe pas."})
    try:
        change_state(action, ActionState(asked), reason=reason, by=by)
    except ValidationError as refusal:
        return refusal
    return None


def _tell(request: HttpRequest, action: Action, refusal: ValidationError | None) -> JsonResponse:
    """200 and the card as it is now; or 409, the sentence, and whether a reason is all that is missing."""
    if refusal is not None:
        return JsonResponse({"said": " ".join(refusal.messages), "owed": "reason" in refusal.message_dict}, status=409)
    card = card_of(action, by=person(request))
    shown = render_to_string("plan/board_cards.html", {"cards": [card]}, request=request)
    said = f"« {action.title} » est maintenant dans « {ActionState(card.row.state).label} »."
    return JsonResponse({"card": shown, "said": said})
