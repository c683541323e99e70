"""Campaigns: prepare, choose whom to ask, look at the mail, send, follow, close."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.network.models import Contact
from maillage.news.forms import CampaignForm
from maillage.news.mails import preview_of
from maillage.news.models import NewsCampaign
from maillage.news.operations.campaigns import (
    close_campaign,
    create_campaign,
    delete_campaign,
    edit_campaign,
    remind_campaign,
    start_campaign,
)
from maillage.news.queries.campaigns import campaign_for, kept, open_actions, top_goals
from maillage.news.queries.requests import already_asked, rows_of_campaign, whom_to_ask
from maillage.news.queries.standing import answered_in_words
from maillage.news.rules import EXPECTED
from maillage.news.views.review import whole
from maillage.people.spaces import person, territory_for, today
from maillage.plan.models import Action
from maillage.plan.queries.conventions import convention_of
from maillage.ui.answering import carried_out, done
from maillage.ui.french import plural


@require_http_methods(["GET", "POST"])
def campaign_new(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "news.ask")
    convention = convention_of(territory)
    if convention is None:
        raise Http404("Décrivez d’abord votre convention : les nouvelles portent sur ses actions.")
    form = CampaignForm(request.POST or None)
    user = person(request)
    if created := carried_out(
        request, form, lambda: create_campaign(convention, form.cleaned_data, by=user),
        "La campagne est prête : choisissez à qui demander.",
    ):  # fmt: skip
        return redirect("campaign", slug, created.pk)
    return render(request, "news/campaign_form.html", {"title": "Préparer une campagne de nouvelles", "form": form})


@require_http_methods(["GET", "POST"])
def campaign_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = campaign_for(request, slug, pk)
    form = CampaignForm(request.POST or None, instance=subject)
    user = person(request)
    if carried_out(
        request, form, lambda: edit_campaign(subject, form.cleaned_data, by=user), "La campagne est enregistrée."
    ):
        return redirect("campaign", slug, pk)
    context = {"title": "Modifier la campagne", "form": form, "campaign": subject}
    return render(request, "news/campaign_form.html", context)


@require_safe
def campaign(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Before it leaves: whom to ask, and what they will read. Afterwards: who answered."""
    subject = campaign_for(request, slug, pk)
    if not subject.started_at:
        return render(request, "news/campaign_draft.html", draft_of(request, subject))
    rows = rows_of_campaign(subject)
    answered, asked = sum(row.has_answered for row in rows), sum(row.counts for row in rows)
    context = {
        "title": subject.title,
        "campaign": subject,
        "rows": rows,
        "answered": answered,
        "asked": asked,
        "awaited": sum(1 for row in rows if row.state in EXPECTED),
        "words": answered_in_words(answered, asked),
    }
    return render(request, "news/campaign.html", context)


def draft_of(request: HttpRequest, subject: NewsCampaign) -> dict[str, Any]:
    goal, silent = whole(request.GET.get("objectif", "")), request.GET.get("silence") == "1"
    actions = kept(open_actions(subject.convention), subject.convention, goal, silent, today())
    asked = whom_to_ask(actions)
    reached = [item for item in asked if item.best]
    first = next((item.best for item in reached if item.best), None)
    mine = [(str(item.action), "") for item in reached if first and item.best == first]
    return {
        "title": subject.title,
        "campaign": subject,
        "reached": reached,
        "already": already_asked([item.action for item in reached]),
        "unreached": [item.action for item in asked if not item.best],
        "people": plural(len({item.best.email.lower() for item in reached if item.best}), "personne"),
        "goals": top_goals(subject.convention),
        "goal": goal,
        "silent": silent,
        "preview": preview_of(
            subject, first.name, subject.by.name or subject.by.email, subject.convention.territory.name, mine
        ) if first else None,
    }  # fmt: skip


@require_POST
def campaign_start(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = campaign_for(request, slug, pk)
    chosen = {whole(word) for word in request.POST.getlist("action")}
    asked: list[tuple[Action, Contact]] = []
    for item in whom_to_ask([action for action in open_actions(subject.convention) if action.pk in chosen]):
        wanted = whole(request.POST.get(f"contact_{item.action.pk}", ""))
        if contact := next((found for found in item.contacts if found.pk == wanted), item.best):
            asked.append((item.action, contact))
    done(request, lambda: start_campaign(subject, asked, by=person(request)), "La campagne est lancée.")
    return redirect("campaign", slug, pk)


@require_POST
def campaign_remind(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = campaign_for(request, slug, pk)
    done(request, lambda: remind_campaign(subject, by=person(request)), "La relance est partie.")
    return redirect("campaign", slug, pk)


@require_POST
def campaign_close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = campaign_for(request, slug, pk)
    said = "La campagne est close. Ce qui est arrivé reste à relire."
    done(request, lambda: close_campaign(subject, by=person(request)), said)
    return redirect("campaign", slug, pk)


@require_POST
def campaign_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = campaign_for(request, slug, pk)
    if done(request, lambda: delete_campaign(subject, by=person(request)), f"« {subject.title} » est supprimée."):
        return redirect("news", slug)
    return redirect("campaign", slug, pk)
