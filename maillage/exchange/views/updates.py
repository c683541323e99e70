"""A newer file beside the plan: what differs is shown, what is wanted is ticked."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from maillage.exchange.comparing import compare
from maillage.exchange.operations.updating import Chosen, load_update
from maillage.exchange.views.finding import import_for
from maillage.exchange.views.progress import NOT_WRITTEN
from maillage.exchange.workbook import PlanDraft
from maillage.people.spaces import person
from maillage.plan.models import PlanImport
from maillage.plan.views.action_edit import convention_or_404

SHOWN = 300


def update_page(request: HttpRequest, plan_import: PlanImport) -> HttpResponse:
    draft = PlanDraft.from_json(plan_import.draft)
    comparison = compare(draft, convention_or_404(plan_import.territory))
    changed = comparison.changed
    context = {
        "title": f"Ce qui change avec « {plan_import.file_name} »",
        "import": plan_import,
        "draft": draft,
        "changed": changed[:SHOWN],
        "later": max(len(changed) - SHOWN, 0),
        "same": len(comparison.compared) - len(changed),
        "comparison": comparison,
    }
    return render(request, "exchange/update.html", context)


@require_POST
def import_update(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    plan_import = import_for(request, slug, pk)
    changes = [value.partition(":") for value in request.POST.getlist("c")]
    chosen = Chosen(
        {(int(rank), key) for rank, _, key in changes if rank.isdecimal()},
        {int(rank) for rank in request.POST.getlist("m") if rank.isdecimal()},
        {int(rank) for rank in request.POST.getlist("n") if rank.isdecimal()},
    )
    try:
        load_update(plan_import, chosen, by=person(request))
        messages.success(request, "Le plan est à jour. Vous pouvez annuler cette mise à jour pendant sept jours.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except (DatabaseError, OSError):
        messages.error(request, NOT_WRITTEN)
    return redirect("import", slug, pk)
