"""« Nouvelles » : what people sent, to accept or to send back; who no longer follows an action; the campaigns."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.access.may import require
from maillage.documents.storing import stored_answer
from maillage.news.forms import ReturnForm
from maillage.news.models import NewsAttachment, NewsProposal
from maillage.news.operations.deciding import (
    accept_all,
    accept_proposal,
    accept_successor,
    dismiss_handover,
    return_proposal,
)
from maillage.news.queries.campaigns import campaigns_of
from maillage.news.queries.proposals import handovers, pending, proposal_for, reviews_of
from maillage.news.queries.requests import request_for
from maillage.people.spaces import person, territory_for
from maillage.plan.queries.conventions import convention_of
from maillage.ui.answering import carried_out, done
from maillage.ui.french import plural


@require_safe
def news(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "news.ask")
    proposals = pending(territory)
    context = {
        "title": "Nouvelles",
        "reviews": reviews_of(proposals),
        "handovers": handovers(territory),
        "campaigns": campaigns_of(territory),
        "convention": convention_of(territory),
    }
    return render(request, "news/news.html", context)


@require_POST
def proposal_accept(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    proposal = proposal_for(request, slug, pk)
    done(
        request,
        lambda: accept_proposal(proposal, seen_in(request), by=person(request)),
        f"Les nouvelles de « {proposal.request.action} » sont dans le plan.",
    )
    return redirect("news", slug)


@require_POST
def proposals_accept(request: HttpRequest, slug: str) -> HttpResponse:
    """Accepts what the page showed, revision by revision: what came since stays to be read."""
    territory = territory_for(request, slug, "news.ask")
    shown = dict(word.split("-", 1) for word in request.POST.getlist("shown") if "-" in word)
    chosen: list[tuple[NewsProposal, int | None]] = [
        (proposal, whole(shown[str(proposal.pk)])) for proposal in pending(territory) if str(proposal.pk) in shown
    ]
    accepted, refused = accept_all(chosen, by=person(request))
    if accepted:
        messages.success(request, f"{plural(accepted, 'réponse acceptée', 'réponses acceptées')}.")
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("news", slug)


@require_http_methods(["GET", "POST"])
def proposal_return(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    proposal = proposal_for(request, slug, pk)
    form = ReturnForm(request.POST or None, initial={"seen": proposal.revision})

    def send_back() -> NewsProposal:
        data = form.cleaned_data
        return return_proposal(proposal, data["seen"], data["message"], by=person(request))

    if carried_out(request, form, send_back, f"C’est renvoyé à {proposal.request.name}."):
        return redirect("news", slug)
    context = {"title": "Demander une précision", "form": form, "review": reviews_of([proposal])[0]}
    return render(request, "news/return.html", context)


@require_safe
def news_attachment(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """The bytes of what was sent, to be looked at before it joins the action."""
    territory = territory_for(request, slug)
    rows = NewsAttachment.objects.filter(proposal__request__action__territory=territory, pk=pk)
    attachment = rows.select_related("proposal__request__action").first()
    if attachment is None:
        raise Http404("Ce fichier n’existe pas, ou il a été retiré.")
    require(person(request), "news.ask", attachment)
    return stored_answer(attachment.path, attachment.name, attachment.media_type)


@require_POST
def successor_accept(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = request_for(request, slug, pk)
    done(
        request, lambda: accept_successor(found, by=person(request)),
        lambda asked: f"L’action est confiée à {asked.name}, qui reçoit un lien.",
    )  # fmt: skip
    return redirect("news", slug)


@require_POST
def handover_dismiss(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = request_for(request, slug, pk)
    said = "Rien ne change. Vous pouvez demander des nouvelles à quelqu’un d’autre."
    if done(request, lambda: dismiss_handover(found, by=person(request)), said):
        return redirect("news_ask", slug, found.action_id)
    return redirect("news", slug)


def seen_in(request: HttpRequest) -> int | None:
    """The revision that the page showed."""
    return whole(request.POST.get("seen", ""))


def whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
