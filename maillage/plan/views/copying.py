"""« Copier »: an action goes to another goal, or to another territory that the same person coordinates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillage.people.spaces import person
from maillage.plan.forms.copying import CopyForm
from maillage.plan.models import Action
from maillage.plan.operations import copy_action
from maillage.plan.queries.actions import action_for
from maillage.ui.answering import carried_out


@require_http_methods(["GET", "POST"])
def action_copy(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    action = action_for(request, slug, pk, "action.edit")
    user = person(request)
    form = CopyForm(request.POST or None, action=action, by=user)

    def copy() -> Action:
        convention, goal = form.cleaned_data["to"]
        return copy_action(action, convention, main_goal=goal, by=user)

    if made := carried_out(request, form, copy, "L’action est copiée. Nommez son pilote et ses dates."):
        return redirect("action", made.territory.slug, made.pk)
    return render(request, "plan/action_form.html", {"title": "Copier l’action", "form": form, "action": action})
