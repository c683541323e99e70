"""« Partir d’un modèle »: themes, then actions, then the same look as for a file."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillage.exchange.blueprints import blueprints
from maillage.exchange.operations.blueprints import read_blueprints
from maillage.people.spaces import person, territory_for
from maillage.plan.views.action_edit import convention_or_404


@require_http_methods(["GET", "POST"])
def blueprint_new(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "plan.import")
    convention = convention_or_404(territory)
    chosen = request.GET.getlist("theme")
    refusal = ""
    if request.method == "POST":
        try:
            found = read_blueprints(convention, request.POST.getlist("action"), by=person(request))
            return redirect("import", slug, found.pk)
        except ValidationError as refused:
            refusal = " ".join(refused.messages)
    context = {
        "title": "Partir d’un modèle",
        "models": [(model, model.slug in chosen) for model in blueprints()],
        "shown": [model for model in blueprints() if model.slug in chosen],
        "refusal": refusal,
    }
    return render(request, "exchange/blueprint_new.html", context)
