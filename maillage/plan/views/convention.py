"""The convention: who agreed to what, for how long, and where the approach stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.access.may import may
from maillage.journal.queries import history_of
from maillage.network.queries import organization_ids_of
from maillage.people.spaces import person, territory_for
from maillage.plan.forms.convention import ConventionForm, LevelsForm
from maillage.plan.models import Convention, Scheme
from maillage.plan.operations import create_convention, edit_convention, name_levels
from maillage.plan.queries.conventions import convention_of, level_and_theme_names, other_conventions, signatories_of
from maillage.plan.views.action_edit import convention_or_404
from maillage.ui.answering import carried_out


@require_safe
def convention(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug)
    user = person(request)
    current = convention_of(territory)
    context: dict[str, Any] = {
        "title": current.title if current else "La convention",
        "convention": current,
        "may_edit": may(user, "convention.edit", territory),
    }
    if current:
        may_edit = context["may_edit"]
        levels, themes = level_and_theme_names(current)
        mine = set() if may_edit else organization_ids_of(user, territory.pk)
        context |= {
            "signatories": [(row, may_edit or row.organization_id in mine) for row in signatories_of(current)],
            "steps": list(current.steps.all()),
            "levels": levels,
            "themes": themes,
            "all_schemes": list(Scheme.objects.filter(territory=territory)),
            "others": other_conventions(current),
            "entries": list(history_of(current)[:5]),
        }
    return render(request, "plan/convention.html", context)


@require_safe
def convention_history(request: HttpRequest, slug: str) -> HttpResponse:
    current = convention_or_404(territory_for(request, slug))
    context = {"title": "Journal de la convention", "entries": history_of(current)}
    return render(request, "plan/convention_history.html", context)


@require_http_methods(["GET", "POST"])
def convention_new(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "convention.edit")
    form = ConventionForm(request.POST or None, territory=territory)
    user = person(request)
    said = "La convention est décrite. Nommez maintenant les niveaux de votre plan."
    if carried_out(request, form, lambda: create_convention(territory, form.to_data(), by=user), said):
        return redirect("levels", slug)
    return render(request, "plan/convention_form.html", {"title": "Décrire la convention", "form": form})


@require_http_methods(["GET", "POST"])
def convention_edit(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "convention.edit")
    current = convention_or_404(territory)
    form = ConventionForm(request.POST or None, instance=current, territory=territory)
    user = person(request)

    def edit() -> Convention:
        return edit_convention(current, form.to_data(), by=user, seen=form.seen)

    if carried_out(request, form, edit, "La convention est enregistrée."):
        return redirect("convention", slug)
    return render(request, "plan/convention_form.html", {"title": "Modifier la convention", "form": form})


@require_http_methods(["GET", "POST"])
def levels(request: HttpRequest, slug: str) -> HttpResponse:
    current = convention_or_404(territory_for(request, slug, "convention.edit"))
    form = LevelsForm(request.POST or None, convention=current)
    user = person(request)

    def rename() -> None:
        name_levels(current, form.to_levels(), by=user, seen=form.seen)

    if carried_out(request, form, rename, "Les niveaux du plan sont nommés."):
        return redirect("convention", slug)
    context = {"title": "Nommer les niveaux du plan", "form": form, "levels_page": True}
    return render(request, "plan/convention_form.html", context)
