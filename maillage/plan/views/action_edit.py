"""Writing an action: create, edit a section, say its state, its health, its news, delete."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillage.people.spaces import person, territory_for
from maillage.plan.forms.actions import SECTIONS, GoalsForm, HealthForm, NewActionForm, NewsForm, StateForm
from maillage.plan.models import Action, Convention
from maillage.plan.operations import (
    Answer,
    change_health,
    change_state,
    create_action,
    delete_action,
    edit_action,
    give_news,
    move_action,
)
from maillage.plan.queries.actions import action_for
from maillage.plan.queries.conventions import convention_of
from maillage.plan.vocabulary import ActionState, Health
from maillage.territories.models import Territory
from maillage.ui.answering import carried_out


def convention_or_404(territory: Territory) -> Convention:
    convention = convention_of(territory)
    if convention is None:
        raise Http404("Décrivez d’abord la convention.")
    return convention


@require_http_methods(["GET", "POST"])
def action_new(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "action.edit")
    user, convention = person(request), convention_or_404(territory)
    initial = {"main_goal": request.GET.get("objectif")}
    form = NewActionForm(request.POST or None, convention=convention, initial=initial)

    def create() -> Action:
        return create_action(convention, form.to_data(by=user), main_goal=form.cleaned_data["main_goal"], by=user)

    if action := carried_out(request, form, create, "L’action est créée. Complétez sa fiche quand vous le voulez."):
        return redirect("action", slug, action.pk)
    return render(request, "plan/action_form.html", {"title": "Ajouter une action", "form": form})


@require_http_methods(["GET", "POST"])
def action_edit(request: HttpRequest, slug: str, pk: int, section: str) -> HttpResponse:
    action = action_for(request, slug, pk, "action.edit")
    if section not in SECTIONS:
        raise Http404("Cette partie de la fiche n’existe pas.")
    user = person(request)
    title, form_class = SECTIONS[section]
    form = form_class(request.POST or None, instance=action, territory=action.territory)

    def edit() -> Action:
        return edit_action(action, form.to_data(by=user), by=user, seen=form.seen)

    if carried_out(request, form, edit, "La fiche est enregistrée."):
        return redirect("action", slug, pk)
    return render(request, "plan/action_form.html", {"title": title, "form": form, "action": action})


@require_http_methods(["GET", "POST"])
def action_goals(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    action = action_for(request, slug, pk, "action.edit")
    form = GoalsForm(request.POST or None, action=action)

    def move() -> Action:
        given = form.cleaned_data
        return move_action(action, given["main_goal"], given["others"], by=person(request), seen=form.seen)

    if carried_out(request, form, move, "Les objectifs de l’action sont enregistrés."):
        return redirect("action", slug, pk)
    return render(request, "plan/action_form.html", {"title": "Objectifs servis", "form": form, "action": action})


@require_http_methods(["GET", "POST"])
def action_state(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    action = action_for(request, slug, pk, "action.follow")
    form = StateForm(request.POST or None, action=action)

    def change() -> Action:
        given = form.cleaned_data
        state = ActionState(given["state"])
        return change_state(action, state, reason=given["reason"], by=person(request), seen=form.seen)

    if carried_out(request, form, change, "L’état de l’action est enregistré."):
        return redirect("action", slug, pk)
    return render(request, "plan/action_form.html", {"title": "Changer l’état", "form": form, "action": action})


@require_http_methods(["GET", "POST"])
def action_health(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    action = action_for(request, slug, pk, "action.follow")
    form = HealthForm(request.POST or None, action=action)

    def change() -> Action:
        given = form.cleaned_data
        health = Health(given["health"])
        return change_health(action, health, given["health_note"], by=person(request), seen=form.seen)

    if carried_out(request, form, change, "La santé de l’action est enregistrée."):
        return redirect("action", slug, pk)
    return render(request, "plan/action_form.html", {"title": "Dire la santé", "form": form, "action": action})


@require_http_methods(["GET", "POST"])
def action_news(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    action = action_for(request, slug, pk, "action.follow")
    form = NewsForm(request.POST or None, action=action)

    def give() -> Action:
        given = form.cleaned_data
        return give_news(action, Answer(given["answer"]), given["sentence"], by=person(request), seen=form.seen)

    if carried_out(request, form, give, f"Merci, vos nouvelles de « {action.title} » sont enregistrées."):
        return redirect("dashboard", slug) if form.cleaned_data["from_home"] else redirect("action", slug, pk)
    return render(request, "plan/action_form.html", {"title": "Donner des nouvelles", "form": form, "action": action})


@require_http_methods(["GET", "POST"])
def action_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    action = action_for(request, slug, pk, "action.edit")
    if request.method == "POST":
        delete_action(action, by=person(request))
        messages.success(request, f"« {action.title} » a quitté le plan. Le journal garde l’essentiel de sa fiche.")
        return redirect("plan", slug)
    return render(request, "plan/action_delete.html", {"title": "Supprimer cette action ?", "action": action})
