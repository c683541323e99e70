"""Adding, editing and removing the parts of a plan: one page for all of them, told apart by a table."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from maillage.access.may import may
from maillage.people.spaces import person, territory_for, today
from maillage.plan.forms.parts import FORMS
from maillage.plan.models import (
    Action,
    ActionIndicator,
    ActionPartner,
    Commitment,
    Convention,
    Funding,
    Goal,
    Milestone,
    Note,
    ProgressMarker,
    Reading,
    Scheme,
    Signatory,
    Step,
    SubAction,
)
from maillage.plan.operations.parts import KINDS, add_part, edit_part, remove_part, require_on_whole, whole_of
from maillage.plan.queries.action_page import notes_for
from maillage.territories.models import Territory
from maillage.ui.answering import carried_out


@dataclass(frozen=True, slots=True)
class Page:
    """How a kind of part is addressed and called. `home` is the path of fields from the part to the territory."""

    model: type[models.Model]
    holder: type[models.Model]
    home: str
    anchor: str
    new: str
    one: str


PAGES: dict[str, Page] = {
    "etapes": Page(Milestone, Action, "action__territory", "etapes", "Ajouter une étape", "l’étape"),
    "sous-actions": Page(
        SubAction, Action, "action__territory", "sous-actions", "Ajouter une sous-action", "la sous-action"
    ),
    "notes": Page(Note, Action, "action__territory", "notes", "Ajouter une note", "la note"),
    "financements": Page(
        Funding, Action, "action__territory", "financement", "Ajouter un financement", "le financement"
    ),
    "roles": Page(ActionPartner, Action, "action__territory", "partenaires", "Ajouter un partenaire", "le partenaire"),
    "indicateurs": Page(
        ActionIndicator, Action, "action__territory", "indicateurs", "Ajouter un indicateur", "l’indicateur"
    ),
    "releves": Page(
        Reading, ActionIndicator, "indicator__action__territory", "indicateurs", "Ajouter un relevé", "le relevé"
    ),
    "marqueurs": Page(
        ProgressMarker, Goal, "goal__territory", "marqueurs", "Ajouter un marqueur de progrès", "le marqueur"
    ),
    "signataires": Page(
        Signatory, Convention, "convention__territory", "signataires", "Ajouter un signataire", "le signataire"
    ),
    "engagements": Page(
        Commitment,
        Signatory,
        "signatory__convention__territory",
        "signataires",
        "Ajouter un engagement",
        "l’engagement",
    ),
    "demarche": Page(
        Step, Convention, "convention__territory", "demarche", "Ajouter une étape à la démarche", "l’étape"
    ),
    "dispositifs": Page(Scheme, Territory, "territory", "dispositifs", "Ajouter un dispositif lié", "le dispositif"),
}

#: From what holds a part to its own territory, and to the page one comes back to.
HOLDER_HOMES: dict[type[models.Model], str] = {
    Action: "territory", Goal: "territory", Convention: "territory", ActionIndicator: "action__territory",
    Signatory: "convention__territory", Territory: "",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def part_add(request: HttpRequest, slug: str, part: str, holder_pk: int) -> HttpResponse:
    territory, page = territory_for(request, slug), page_for(part)
    user = person(request)
    holder = _holder_for(territory, page, holder_pk)
    require_on_whole(user, KINDS[page.model], holder)
    back = back_to(territory, page, holder)
    dated = {"on": today()} if page.model in {Note, Reading} else {}
    form = FORMS[page.model](request.POST or None, territory=territory, by=user, initial=dated)

    def add() -> models.Model:
        signed = {"author": user} if page.model is Note else {}
        return add_part(page.model, holder, form.to_data(by=user) | signed, by=user)

    if carried_out(request, form, add, "C’est enregistré."):
        return redirect(back)
    return render(request, "plan/part_form.html", {"form": form, "title": page.new, "back": back})


@require_http_methods(["GET", "POST"])
def part_edit(request: HttpRequest, slug: str, part: str, pk: int) -> HttpResponse:
    territory, page, row = part_for(request, slug, part, pk)
    user, back = person(request), back_to(territory, page, row)
    form = FORMS[page.model](request.POST or None, territory=territory, by=user, instance=row)

    def edit() -> models.Model:
        return edit_part(row, form.to_data(by=user), by=user, seen=form.seen)

    if carried_out(request, form, edit, "C’est enregistré."):
        return redirect(back)
    remove = reverse("part_remove", args=[slug, part, pk])
    context = {"form": form, "title": f"Modifier {page.one}", "back": back, "remove": remove}
    return render(request, "plan/part_form.html", context)


@require_http_methods(["GET", "POST"])
def part_remove(request: HttpRequest, slug: str, part: str, pk: int) -> HttpResponse:
    territory, page, row = part_for(request, slug, part, pk)
    back = back_to(territory, page, row)
    if request.method == "POST":
        try:
            remove_part(row, by=person(request))
            messages.success(request, "C’est supprimé. Le journal en garde la trace.")
        except (ValidationError, models.ProtectedError):
            messages.error(request, f"Impossible de supprimer {page.one} : d’autres éléments s’y rattachent encore.")
        return redirect(back)
    quiet = isinstance(row, Note) and row.audience == Note.Audience.TEAM
    context = {"title": f"Supprimer {page.one} ?", "row": row, "back": back, "one": page.one, "quiet": quiet}
    return render(request, "plan/part_remove.html", context)


@require_POST
def milestone_done(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """« C’est fait » and its opposite. The button says what it does: two people who tap it do not undo each other."""
    territory, page, row = part_for(request, slug, "etapes", pk)
    done_on = None if request.POST.get("faite") == "non" else getattr(row, "done_on", None) or today()
    edit_part(row, {"done_on": done_on}, by=person(request))
    messages.success(request, f"« {row} » est faite." if done_on else f"« {row} » est de nouveau à faire.")
    return redirect("dashboard", slug) if "from_home" in request.POST else redirect(back_to(territory, page, row))


def page_for(part: str) -> Page:
    if part not in PAGES:
        raise Http404("Cette page n’existe pas.")
    return PAGES[part]


def part_for(request: HttpRequest, slug: str, part: str, pk: int) -> tuple[Territory, Page, models.Model]:
    """The part of that address, for a person who may edit it; 404 for what is not of this territory."""
    territory, page = territory_for(request, slug), page_for(part)
    rows: Any = page.model._default_manager.filter(pk=pk, **{page.home: territory})
    if page.model is Note:
        rows = notes_for(rows, team=may(person(request), "note.team", territory))
    row = rows.first()
    if row is None:
        raise Http404("Cet élément n’existe pas, ou il a été supprimé.")
    kind = KINDS[page.model]
    require_on_whole(person(request), kind, getattr(row, kind.holder))
    return territory, page, row


def _holder_for(territory: Territory, page: Page, pk: int) -> Any:
    home = HOLDER_HOMES[page.holder]
    filters = {home: territory} if home else {"pk": territory.pk}
    holder = page.holder._default_manager.filter(pk=pk).filter(**filters).first()
    if holder is None:
        raise Http404("Cet élément n’existe pas, ou il a été supprimé.")
    return holder


def back_to(territory: Territory, page: Page, row: Any) -> str:
    """The page of the whole, at the place where the part stands."""
    kind = KINDS[page.model]
    whole = whole_of(row, kind) if isinstance(row, page.model) else row
    if isinstance(whole, ActionIndicator):
        whole = whole.action
    if isinstance(whole, Action):
        url = reverse("action", args=[territory.slug, whole.pk])
    elif isinstance(whole, Goal):
        url = reverse("goal", args=[territory.slug, whole.pk])
    else:
        url = reverse("convention", args=[territory.slug])
    return f"{url}#{page.anchor}"
