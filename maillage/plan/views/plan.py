"""The plan as a tree, and the search of the space."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.access.may import may
from maillage.network.models import Organization
from maillage.people.spaces import person, territory_for
from maillage.plan.models import Action, Goal
from maillage.plan.queries.conventions import convention_of
from maillage.plan.queries.tree import tree_of
from maillage.plan.rules.progress import summary

FOUND = 30


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug)
    user = person(request)
    convention = convention_of(territory)
    context: dict[str, Any] = {
        "title": "Le plan d’action",
        "convention": convention,
        "may_edit_actions": may(user, "action.edit", territory),
        "may_edit_goals": may(user, "goal.edit", territory),
        "may_import": may(user, "plan.import", territory),
    }
    if convention:
        tree = tree_of(convention)
        levels = {level.depth: level for level in convention.levels.all()}
        rows = [row for branch in tree.branches for row in branch.all_actions] + tree.loose
        context |= {"tree": tree, "levels": levels, "summary": summary(rows), "size": len(rows)}
        context["first_level"] = levels.get(1)
    return render(request, "plan/plan.html", context)


@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug)
    typed = request.GET.get("q", "").strip()[:100]
    context: dict[str, object] = {"title": f"Recherche : {typed}" if typed else "Recherche", "typed": typed}
    if typed:
        in_title = Q(title__icontains=typed)
        context["actions"] = Action.objects.filter(
            in_title | Q(description__icontains=typed) | Q(number=typed), territory=territory
        )[:FOUND]
        context["goals"] = Goal.objects.filter(in_title | Q(description__icontains=typed), territory=territory)[:FOUND]
        context["organizations"] = Organization.objects.filter(
            Q(name__icontains=typed) | Q(short_name__icontains=typed), territory=territory
        )[:FOUND]
    return render(request, "plan/search.html", context)
