"""Bringing one's own plan: send the workbook, look at what was read, load it, undo it."""

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.exchange.forms import WorkbookForm
from maillage.exchange.models import HeldFile
from maillage.exchange.operations.imports import UNDO_DAYS, edited_since, load_steps, read_import, undo_import
from maillage.exchange.views.finding import import_for
from maillage.exchange.views.progress import NOT_WRITTEN, asks_for_progress, carried_through, told_step_by_step
from maillage.exchange.views.updates import update_page
from maillage.exchange.workbook import GoalDraft, PlanDraft, UnreadableWorkbook
from maillage.exchange.workbook.columns import LABELS
from maillage.people.spaces import person, territory_for
from maillage.plan.models import Goal, PlanImport
from maillage.plan.views.action_edit import convention_or_404
from maillage.ui.answering import done

SHOWN_ACTIONS = 300


@require_http_methods(["GET", "POST"])
def import_new(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "plan.import")
    convention = convention_or_404(territory)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            mode = form.cleaned_data["mode"]
            plan_import = read_import(convention, upload.file, upload.name, by=person(request), mode=mode)
            return redirect("import", slug, plan_import.pk)
        except UnreadableWorkbook as refusal:
            form.add_error("file", str(refusal))
        except (DatabaseError, OSError):
            form.add_error(None, NOT_WRITTEN)
    workbooks = PlanImport.objects.filter(territory=territory).exclude(mode=PlanImport.Mode.FOLDER)
    past = workbooks.exclude(state=PlanImport.State.READ).select_related("by")[:20]
    context = {"title": "Importer un fichier", "form": form, "past": past}
    return render(request, "exchange/import_new.html", context)


@require_safe
def import_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    plan_import = import_for(request, slug, pk)
    held = HeldFile.objects.filter(plan_import=plan_import).only("choice").first()
    if held and held.choice is None:
        return redirect("import_columns", slug, pk)
    if plan_import.mode == PlanImport.Mode.UPDATE and plan_import.state == PlanImport.State.READ:
        return update_page(request, plan_import)
    draft = PlanDraft.from_json(plan_import.draft)
    goals = {tuple(goal.path): (goal, []) for goal in draft.goals}  # type: ignore[var-annotated]
    loose = GoalDraft([], "", str(plan_goal) if (plan_goal := _goal_of(plan_import, draft)) else "Sans objectif")
    for action in draft.actions[:SHOWN_ACTIONS]:
        goals.setdefault(tuple(action.goal_path), (loose, []))[1].append(action)
    context = {
        "title": f"Ce qui a été lu dans « {plan_import.file_name} »",
        "import": plan_import,
        "draft": draft,
        "counts": plan_import.counts,
        "goals": [(goal, len(goal.path) or 1, actions) for goal, actions in goals.values()],
        "hidden": max(len(draft.actions) - SHOWN_ACTIONS, 0),
        "names": _names(draft),
        "edited": edited_since(plan_import) if plan_import.state == PlanImport.State.LOADED else 0,
        "undo_days": UNDO_DAYS,
        "held": held,
        "labels": LABELS,
    }
    return render(request, "exchange/import.html", context)


@require_POST
def import_load(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    plan_import = import_for(request, slug, pk)
    url = reverse("import", args=[slug, pk])
    steps = load_steps(plan_import, by=person(request))
    if asks_for_progress(request):
        return told_step_by_step(steps, total=plan_import.counts["actions"], url=url)
    if refusal := carried_through(steps):
        messages.error(request, refusal)
    else:
        messages.success(request, "Le plan est chargé. Vous pouvez annuler cet import pendant sept jours.")
    return redirect(url)


@require_POST
def import_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    plan_import = import_for(request, slug, pk)
    done(
        request,
        lambda: undo_import(plan_import, by=person(request)),
        "L’import est annulé : le plan est revenu à ce qu’il était.",
    )
    return redirect("import", slug, pk)


def _goal_of(plan_import: PlanImport, draft: PlanDraft) -> Goal | None:
    """The goal under which come the actions that name none."""
    if draft.goal_id is None:
        return None
    return Goal.objects.filter(territory_id=plan_import.territory_id, pk=draft.goal_id).first()


def _names(draft: PlanDraft) -> dict[str, list[str]]:
    """The partners and the people that the file names, each once."""
    organizations = {
        name
        for action in draft.actions
        for name in (
            action.lead_organization, *action.operational_partners, *action.partners,
            *(line.funder for line in action.fundings),
        )
        if name
    }  # fmt: skip
    people = {name for action in draft.actions for name in (action.lead_person, action.elected_referent) if name}
    return {"organizations": sorted(organizations), "people": sorted(people)}
