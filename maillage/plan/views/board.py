"""The plan in columns, and the move of a card from one to another."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.people.models import User
from maillage.people.spaces import person, territory_for
from maillage.plan.forms.actions import StateForm
from maillage.plan.models import Action
from maillage.plan.operations import change_state
from maillage.plan.queries.actions import action_for
from maillage.plan.queries.board import board_of, card_of
from maillage.plan.queries.conventions import convention_of
from maillage.plan.queries.filters import filtering_of, rows_kept
from maillage.plan.rules.progress import summary
from maillage.plan.vocabulary import ActionState
from maillage.ui.meanwhile import ChangedMeanwhile, Seen, mark
from maillage.ui.seen import row_key

#: Who moved a card since a board was opened is looked for no further back.
LOOKED_AT = dt.timedelta(days=1)


@require_safe
def plan_board(request: HttpRequest, slug: str) -> HttpResponse:
    convention = convention_of(territory_for(request, slug))
    context: dict[str, Any] = {"title": "Le plan en colonnes", "convention": convention, "size": 0, "filtering": None}
    if convention:
        filtering = filtering_of(request.GET, convention)
        rows = rows_kept(convention, filtering)
        context |= {
            "filtering": filtering,
            "columns": board_of(convention, rows, by=person(request)),
            "size": len(rows),
            "summary": summary(rows),
        }
    return render(request, "plan/board.html", context)


@require_POST
def action_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Moves a card. A script gets the new card or the sentence of the refusal; a browser, the board or a form."""
    action = action_for(request, slug, pk, "action.follow")
    asked, reason = request.POST.get("state", ""), request.POST.get("reason", "")
    form = StateForm(request.POST, action=action)
    seen = form.seen or _seen_on_the_board(action, request.GET.get("avant", ""))
    refusal = _move(action, asked, reason, seen, by=person(request))
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _tell(request, action, refusal)
    kept = QueryDict(request.POST.get("suite", "")).urlencode()
    back = reverse("plan_board", args=[slug]) + (f"?{kept}" if kept else "")
    if refusal is None:
        messages.success(request, f"« {action.title} » est maintenant dans « {ActionState(asked).label} ».")
        return redirect(f"{back}#action-{action.pk}")
    if form.is_valid():
        form.add_refusal(refusal)
    context = {"title": "Changer l’état", "form": form, "action": action, "back": back, "kept": kept}
    return render(request, "plan/action_move.html", context)


def _seen_on_the_board(action: Action, state: str) -> Seen | None:
    """The state that the card showed: a move decided on another one is not carried out silently."""
    if state not in ActionState.values:
        return None
    return Seen(row_key(action), timezone.now() - LOOKED_AT, {"state": mark(state)})


def _move(action: Action, asked: str, reason: str, seen: Seen | None, *, by: User) -> ValidationError | None:
    """What refuses the move, or None when it is done."""
    if asked not in ActionState.values:
        return ValidationError({"state": "Cette colonne n’existe pas."})
    try:
        change_state(action, ActionState(asked), reason=reason, by=by, seen=seen)
    except ValidationError as refusal:
        return refusal
    return None


def _tell(request: HttpRequest, action: Action, refusal: ValidationError | None) -> JsonResponse:
    """200 and the card as it is now; or 409, the sentence, and whether a reason is all that is missing."""
    owed = "reason" in getattr(refusal, "error_dict", {})
    told: dict[str, Any] = {"said": said_of(action, refusal), "owed": owed}
    if refusal is None or isinstance(refusal, ChangedMeanwhile):
        card = card_of(action, by=person(request))
        told["card"] = render_to_string("plan/board_cards.html", {"cards": [card]}, request=request)
        told["state"] = card.row.state
        told["said"] = (
            told["said"] or f"« {action.title} » est maintenant dans « {ActionState(card.row.state).label} »."
        )
    return JsonResponse(told, status=409 if refusal else 200)


def said_of(action: Action, refusal: ValidationError | None) -> str:
    """The refusal in one sentence; who did something else meanwhile is named."""
    if not isinstance(refusal, ChangedMeanwhile):
        return " ".join(refusal.messages) if refusal else ""
    theirs = refusal.clashes[0]
    who = f"{theirs.by} a passé" if theirs.by else "quelqu’un a passé"
    return f"Entre-temps, {who} « {action.title} » à « {theirs.theirs} ». La carte est à jour."
