"""One goal: what is aimed at, the signs that it comes, the actions that serve it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.access.may import may, require
from maillage.journal.queries import history_of
from maillage.people.spaces import person, territory_for
from maillage.plan.forms.convention import GoalForm
from maillage.plan.models import Goal
from maillage.plan.operations import create_goal, delete_goal, edit_goal
from maillage.plan.queries.advance import advance_of, measures_of
from maillage.plan.queries.tree import Branch, tree_of
from maillage.plan.rules.progress import summary
from maillage.plan.views.action_edit import convention_or_404
from maillage.ui.answering import carried_out


def goal_for(request: HttpRequest, slug: str, pk: int, verb: str = "plan.view") -> Goal:
    """The goal of that address, for a person who may do `verb` to it; 404 for what is not hers."""
    territory = territory_for(request, slug)
    goal = Goal.objects.filter(territory=territory, pk=pk).select_related("convention", "parent").first()
    if goal is None:
        raise Http404("Cet objectif n’existe pas, ou il a été supprimé.")
    require(person(request), verb, goal)
    goal.convention.territory = territory
    return goal


@require_safe
def goal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = goal_for(request, slug, pk)
    user = person(request)
    branch: Branch = next(branch for branch in tree_of(subject.convention).walk() if branch.goal.pk == subject.pk)
    levels = {level.depth: level for level in subject.convention.levels.all()}
    context = {
        "title": str(subject),
        "goal": subject,
        "branch": branch,
        "level": levels.get(subject.depth),
        "next_level": levels.get(subject.depth + 1),
        "summary": summary(branch.all_actions),
        "progress": advance_of(branch, measures_of(subject.convention)),
        "markers": list(subject.markers.all()),
        "entries": list(history_of(subject)[:5]),
        "may_edit": may(user, "goal.edit", subject),
        "may_add_action": may(user, "action.edit", subject),
    }
    return render(request, "plan/goal.html", context)


@require_safe
def goal_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = goal_for(request, slug, pk)
    context = {"title": "Journal de l’objectif", "goal": subject, "entries": history_of(subject)}
    return render(request, "plan/goal_history.html", context)


@require_http_methods(["GET", "POST"])
def goal_new(request: HttpRequest, slug: str) -> HttpResponse:
    convention = convention_or_404(territory_for(request, slug, "goal.edit"))
    form = GoalForm(request.POST or None, convention=convention, initial={"parent": request.GET.get("sous")})
    user = person(request)
    if created := carried_out(
        request, form, lambda: create_goal(convention, form.to_data(), by=user), "C’est ajouté au plan."
    ):
        return redirect("goal", slug, created.pk)
    return render(request, "plan/goal_form.html", {"title": "Ajouter un objectif", "form": form})


@require_http_methods(["GET", "POST"])
def goal_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = goal_for(request, slug, pk, "goal.edit")
    form = GoalForm(request.POST or None, instance=subject, convention=subject.convention)
    user = person(request)

    def edit() -> Goal:
        return edit_goal(subject, form.to_data(), by=user, seen=form.seen)

    if carried_out(request, form, edit, "L’objectif est enregistré."):
        return redirect("goal", slug, pk)
    return render(request, "plan/goal_form.html", {"title": "Modifier l’objectif", "form": form, "goal": subject})


@require_http_methods(["GET", "POST"])
def goal_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = goal_for(request, slug, pk, "goal.edit")
    if request.method == "POST":
        try:
            delete_goal(subject, by=person(request))
            messages.success(request, f"« {subject.title} » a quitté le plan.")
            return redirect("plan", slug)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("goal", slug, pk)
    return render(request, "plan/goal_delete.html", {"title": "Supprimer cet objectif ?", "goal": subject})
