"""The plan by commune, by theme and by partner."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.people.spaces import territory_for
from maillage.plan.models import Convention
from maillage.plan.queries.actions import actions_of
from maillage.plan.queries.conventions import convention_of
from maillage.plan.queries.filters import Filtering, filtering_of, rows_kept
from maillage.plan.queries.spread import communes_of, partners_of, themes_of
from maillage.plan.vocabulary import ActionState


@require_safe
def plan_communes(request: HttpRequest, slug: str) -> HttpResponse:
    convention, filtering, context = what_is_asked(request, slug, "Le plan par commune")
    if convention and filtering:
        rows = rows_kept(convention, filtering)
        context |= {"size": len(rows), "communes": communes_of(convention, rows)}
    return render(request, "plan/communes.html", context)


@require_safe
def plan_themes(request: HttpRequest, slug: str) -> HttpResponse:
    convention, filtering, context = what_is_asked(request, slug, "Le plan par thème")
    if convention and filtering:
        rows = rows_kept(convention, filtering)
        themes, loose = themes_of(convention, rows)
        context |= {"size": len(rows), "themes": themes, "loose": loose}
    return render(request, "plan/themes.html", context)


@require_safe
def plan_partners(request: HttpRequest, slug: str) -> HttpResponse:
    convention, filtering, context = what_is_asked(request, slug, "Le plan par partenaire")
    if convention and filtering:
        leads = dict(filtering.apply(actions_of(convention)).values_list("id", "lead_organization_id"))
        partners, idle = partners_of(convention, leads)
        context |= {"size": len(leads), "partners": partners, "idle": idle}
    return render(request, "plan/partners.html", context)


def what_is_asked(
    request: HttpRequest, slug: str, title: str
) -> tuple[Convention | None, Filtering | None, dict[str, Any]]:
    """The convention, the filter of the address, and what every such page shows."""
    convention = convention_of(territory_for(request, slug))
    filtering = filtering_of(request.GET, convention) if convention else None
    return convention, filtering, {
        "title": title, "convention": convention, "filtering": filtering, "size": 0, "states": list(ActionState),
    }  # fmt: skip
