"""The territory: its communes on a map beside their table, and its perimeters through time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.access.may import may
from maillage.journal.queries import journal_of
from maillage.people.forms import PerimeterForm
from maillage.people.operations import amend_perimeter
from maillage.people.proof import asks_again
from maillage.people.spaces import person, territory_for, today
from maillage.territories.areas import POPULATION_VINTAGE
from maillage.territories.history import communes_typed, places_of, timeline_of
from maillage.territories.outlines import drawing_of, set_apart
from maillage.territories.queries import perimeters_of

PAGE_SIZE = 50


@require_safe
def territory(request: HttpRequest, slug: str) -> HttpResponse:
    space = territory_for(request, slug)
    perimeters = perimeters_of(space)
    places = places_of(perimeters, on=today())
    drawing = drawing_of([place.code for place in places])
    by_code = {place.code: place for place in places}
    names = {place.code: place.name for place in places}
    context = {
        "title": "Le territoire et son périmètre",
        "places": places,
        "drawing": drawing,
        "shapes": [(shape, by_code[shape.code]) for shape in set_apart(drawing.shapes, names)],
        "timeline": timeline_of(perimeters),
        "population": sum(place.population or 0 for place in places if place.is_in),
        "vintage": POPULATION_VINTAGE,
        "may_edit": may(person(request), "territory.edit", space),
    }
    return render(request, "people/territory.html", context)


@require_http_methods(["GET", "POST"])
@asks_again
def perimeter_edit(request: HttpRequest, slug: str) -> HttpResponse:
    space = territory_for(request, slug, "territory.edit")
    perimeters = perimeters_of(space)
    current = "\n".join(f"{place.code} {place.name}" for place in places_of(perimeters, on=today()) if place.is_in)
    form = PerimeterForm(request.POST or None, initial={"communes": current})
    if request.method == "POST" and form.is_valid():
        try:
            codes = communes_typed(form.cleaned_data["communes"])
            amend_perimeter(
                space, form.cleaned_data["starts_on"], codes, form.cleaned_data["reason"], by=person(request)
            )
            messages.success(request, "Le nouveau périmètre est enregistré.")
            return redirect("territory", slug)
        except ValidationError as refusal:
            form.add_refusal(refusal)
    return render(request, "people/perimeter_form.html", {"title": "Modifier le périmètre", "form": form})


@require_safe
def journal(request: HttpRequest, slug: str) -> HttpResponse:
    space = territory_for(request, slug, "journal.view")
    paginator = Paginator(journal_of(space.pk), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context = {"title": "Journal", "page": page, "pages": paginator.get_elided_page_range(page.number), "entries": page}
    return render(request, "people/journal.html", context)
