"""Changing many actions at once: choose them on the table, choose the change, see it, say yes, undo."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maillage.people.spaces import person, territory_for
from maillage.plan.forms.bulk import MOST, BulkForm
from maillage.plan.models import BulkEdit, Convention
from maillage.plan.operations.bulk import Preview, edit_many_actions, preview_of
from maillage.plan.operations.bulk_undo import undo_bulk_edit
from maillage.plan.queries.actions import actions_of
from maillage.plan.queries.filters import PlanFilter, filtering_of
from maillage.plan.rules.bulk import NAMES, Kind
from maillage.plan.rules.table import Layout
from maillage.plan.views.action_edit import convention_or_404
from maillage.ui.answering import done, said_with_undo
from maillage.ui.french import plural

EDITS_SHOWN = 50


@require_POST
def plan_bulk(request: HttpRequest, slug: str) -> HttpResponse:
    """The three steps of one change, on one page: its form, its preview, then the yes."""
    convention = convention_or_404(territory_for(request, slug, "action.edit"))
    back = reverse("plan_table", args=[slug]) + back_query(request.POST.get("filtre", ""))
    ids, kind = chosen_ids(request.POST, convention), request.POST.get("kind", "")
    if not ids or kind not in set(Kind):
        messages.error(request, "Cochez au moins une action." if kind in set(Kind) else "Choisissez ce qui change.")
        return redirect(back)
    sent = "apercu" in request.POST or "confirmer" in request.POST
    form = BulkForm(request.POST if sent else None, kind=Kind(kind), convention=convention)
    preview: Preview | None = None
    if sent and form.is_valid():
        if "confirmer" in request.POST and (edit := carried(request, form, convention, ids)):
            return back_with_undo(request, edit, back, slug)
        preview = preview_of(convention, ids, form.change)
    context = {
        "title": f"Changer {NAMES[Kind(kind)][0]}", "form": form, "kind": kind, "ids": ids, "preview": preview,
        "key": request.POST.get("key") or uuid.uuid4(), "filtre": request.POST.get("filtre", ""), "back": back,
        "missing": preview and len(ids) - len(preview.outcomes),
    }  # fmt: skip
    return render(request, "plan/bulk.html", context)


def carried(request: HttpRequest, form: BulkForm, convention: Convention, ids: list[int]) -> BulkEdit | None:
    """The edit, or None after saying why it was refused: the preview then shows what is true now."""
    try:
        return edit_many_actions(
            convention, ids, form.change, digest=request.POST.get("digest", ""), key=key_of(request.POST),
            by=person(request),
        )  # fmt: skip
    except ValidationError as refusal:
        form.add_refusal(refusal)
        return None


def back_with_undo(request: HttpRequest, edit: BulkEdit, back: str, slug: str) -> HttpResponseRedirect:
    said_with_undo(request, f"C’est fait. {edit.sentence}.", reverse("plan_bulk_undo", args=[slug, edit.pk]))
    return redirect(back)


def key_of(query: QueryDict) -> uuid.UUID:
    try:
        return uuid.UUID(query.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def chosen_ids(query: QueryDict, convention: Convention) -> list[int]:
    """« Toutes les actions filtrées » is read once, on the table; then the very same actions are carried along."""
    if query.get("portee") == "toutes":
        filtering = filtering_of(QueryDict(query.get("filtre", "")), convention)
        return list(filtering.apply(actions_of(convention)).order_by("position", "id").values_list("pk", flat=True))
    texts = [text for value in query.getlist("actions") for text in value.split(",")]
    found = dict.fromkeys(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 12)
    return list(found)[:MOST]


def back_query(filtre: str) -> str:
    """The address of the table as it was, less what it does not know."""
    query = QueryDict(filtre, mutable=True)
    kept = QueryDict(mutable=True)
    for name, value in [*PlanFilter.from_query(query).pairs, *Layout.from_query(query).pairs]:
        kept.appendlist(name, value)
    return f"?{kept.urlencode()}" if kept else ""


@require_safe
def plan_bulk_edits(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "action.edit")
    edits = BulkEdit.objects.filter(territory=territory).select_related("by").defer("before")[:EDITS_SHOWN]
    return render(request, "plan/bulk_edits.html", {"title": "Modifications groupées", "edits": edits})


@require_POST
def plan_bulk_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    territory = territory_for(request, slug, "action.edit")
    edit = get_object_or_404(BulkEdit, territory=territory, pk=pk)
    done(request, lambda: undo_bulk_edit(edit, by=person(request)), undone_in_words)
    return redirect("plan_bulk_edits", slug)


def undone_in_words(edit: BulkEdit) -> str:
    count = plural(len(edit.before) - len(edit.left), "action est", "actions sont")
    return f"C’est annulé : {count} de nouveau comme avant. {in_words(edit)}".strip()


def in_words(edit: BulkEdit) -> str:
    """What the undoing left alone; the list says it all, the notice names the first ones."""
    if not edit.left:
        return ""
    named = " ; ".join(f"{row['label']} ({row['why']})" for row in edit.left[:3])
    more = f" et {len(edit.left) - 3} de plus" if len(edit.left) > 3 else ""
    return f"Laissé tel quel : {named}{more}."
