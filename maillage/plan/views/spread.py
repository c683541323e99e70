"""The plan by commune, by theme and by partner."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.people.spaces import territory_for
from maillage.plan.models import Convention
from maillage.plan.queries.actions import ActionRow
from maillage.plan.queries.conventions import convention_of
from maillage.plan.queries.filters import filtering_of, rows_kept
from maillage.plan.queries.spread import communes_of, partners_of, themes_of
from maillage.plan.vocabulary import ActionState


@require_safe
def plan_communes(request: HttpRequest, slug: str) -> HttpResponse:
    convention, rows, context = what_is_kept(request, slug, "Le plan par commune")
    if convention and rows:
        context["communes"] = communes_of(convention, rows)
    return render(request, "plan/communes.html", context)


@require_safe
def plan_themes(request: HttpRequest, slug: str) -> HttpResponse:
    convention, rows, context = what_is_kept(request, slug, "Le plan par thème")
    if convention and rows:
        context["themes"], context["loose"] = themes_of(convention, rows)
    return render(request, "plan/themes.html", context)


@require_safe
def plan_partners(request: HttpRequest, slug: str) -> HttpResponse:
    convention, rows, context = what_is_kept(request, slug, "Le plan par partenaire")
    if convention and rows:
        context["partners"], context["idle"] = partners_of(convention, rows)
        context["size"] = len(rows)
    return render(request, "plan/partners.html", context)


def what_is_kept(
    request: HttpRequest, slug: str, title: str
) -> tuple[Convention | None, list[ActionRow], dict[str, Any]]:
    """The convention, the rows that the filter of the address keeps, and what every such page shows."""
    convention = convention_of(territory_for(request, slug))
    context: dict[str, Any] = {
        "title": title, "convention": convention, "size": 0, "filtering": None, "states": list(ActionState),
    }  # fmt: skip
    if convention is None:
        return None, [], context
    filtering = filtering_of(request.GET, convention)
    rows = rows_kept(convention, filtering)
    return convention, rows, context | {"filtering": filtering, "size": len(rows)}
