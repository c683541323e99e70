"""Opening a space: type a name or a number, choose, confirm."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillage.people.operations import open_territory
from maillage.people.spaces import person
from maillage.territories.areas import UnknownArea, commune, epci
from maillage.territories.search import search


@require_http_methods(["GET", "POST"])
def new_space(request: HttpRequest) -> HttpResponse:
    """What was chosen so far stays in the address while one searches for more."""
    given = request.POST if request.method == "POST" else request.GET
    typed = given.get("q", "").strip()[:100]
    sirens, communes, unknown = _known(given.getlist("epci"), given.getlist("commune"))
    error = unknown
    if request.method == "POST" and not unknown:
        try:
            territory = open_territory(given.get("name", ""), sirens=sirens, communes=communes, by=person(request))
            messages.success(request, "L’espace est ouvert. Décrivez votre convention pour commencer.")
            return redirect("dashboard", territory.slug)
        except ValidationError as refusal:
            error = refusal.messages[0]
    context = {
        "title": "Ouvrir un espace",
        "typed": typed,
        "places": [place for place in search(typed) if place.code not in {*sirens, *communes}] if typed else [],
        "epcis": [epci(siren) for siren in sirens],
        "communes": [commune(code) for code in communes],
        "name": given.get("name") or _suggested(sirens, communes),
        "error": error,
    }
    return render(request, "people/new_space.html", context)


def _known(sirens: list[str], codes: list[str]) -> tuple[list[str], list[str], str]:
    """The codes that exist, each once, and a sentence for one that does not."""
    try:
        for siren in sirens:
            epci(siren)
        for code in codes:
            commune(code)
    except UnknownArea as refusal:
        return [], [], str(refusal)
    return list(dict.fromkeys(sirens)), list(dict.fromkeys(codes)), ""


def _suggested(sirens: list[str], codes: list[str]) -> str:
    names = [epci(siren).name for siren in sirens] or [commune(code).name for code in codes]
    return names[0] if len(names) == 1 else ""
