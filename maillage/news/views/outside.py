"""The page of a mailed link: one action, for one person, without account. It shows nothing else of the territory."""

from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.news.forms import HandOverForm, OutsideForm, awaiting
from maillage.news.models import NewsRequest
from maillage.news.operations.answering import hand_over, propose_news
from maillage.news.queries.requests import opens, proposal_of, request_behind
from maillage.news.queries.sheet import sheet_of, top_goal_of
from maillage.news.vocabulary import ProposalState
from maillage.people.limits import address_of, check_limit
from maillage.people.spaces import today
from maillage.plan.rules.goals import hue_of
from maillage.plan.rules.states import ENDED


class Page(Protocol):
    def __call__(self, request: HttpRequest, token: str) -> HttpResponse: ...


def discreet(view: Page) -> Page:
    """The address is a secret: it is neither indexed, nor kept, nor passed on to the next site."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        try:
            check_limit("news-address", address_of(request))
        except ValidationError as refusal:
            context = {"title": "Un instant", "words": refusal.messages[0], "territory": None}
            response = render(request, "news/outside/wait.html", context, status=429)
        else:
            response = view(request, token)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


# The secret address is the proof. A page that gives no referrer sends `Origin: null`, which the usual check refuses.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@discreet
def news_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening uses nothing up: programmes that scan mails open every link."""
    found = request_behind(token)
    if found is None or not opens(found) or (found.action.state in ENDED and not is_published(found)):
        return closed(request, found)
    proposal, on = proposal_of(found), today()
    if is_published(found):
        return render(request, "news/outside/published.html", frame_of(found) | {"proposal": proposal})
    form = OutsideForm(
        request.POST or None, request.FILES or None, sheet=sheet_of(found.action, proposal, on), proposal=proposal,
        on=on, prefix="n",
    )  # fmt: skip
    if sent(found, form):
        return redirect("news_by_link", token)
    context = frame_of(found) | {"form": form, "proposal": proposal, "awaiting": awaiting(proposal), "token": token}
    return render(request, "news/outside/form.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@discreet
def news_hand_over(request: HttpRequest, token: str) -> HttpResponse:
    found = request_behind(token)
    if found is None or not opens(found):
        return closed(request, found)
    form = HandOverForm(request.POST or None, prefix="n")
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(found, form.cleaned_data["name"], form.cleaned_data["email"])
            return redirect("news_by_link", token)
        except ValidationError as refusal:
            form.add_refusal(refusal)
    return render(request, "news/outside/hand_over.html", frame_of(found) | {"form": form, "token": token})


def sent(found: NewsRequest, form: OutsideForm) -> bool:
    """Sends what is valid; a refusal goes beside its field and nothing typed is lost."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        check_limit("news", str(found.pk))
        propose_news(found, form.to_said(), files=form.chosen_files(), without=form.taken_back())
    except ValidationError as refusal:
        form.add_refusal(refusal)
        return False
    return True


def is_published(found: NewsRequest) -> bool:
    proposal = proposal_of(found)
    return proposal is not None and proposal.state == ProposalState.ACCEPTED


def frame_of(found: NewsRequest) -> dict[str, Any]:
    goal = top_goal_of(found.action)
    return {
        "title": "Donner des nouvelles",
        "asked": found,
        "action": found.action,
        "territory": found.action.territory,
        "hue_rank": hue_of(goal.position - 1) if goal else 0,
    }


def closed(request: HttpRequest, found: NewsRequest | None) -> HttpResponse:
    """The same kind sentence for a link unknown, revoked or too old: it says whom to ask, never what it opened."""
    context = {
        "title": "Ce lien n’ouvre plus rien",
        "asked": found,
        "handed_over": bool(found and found.handed_over_at),
        "territory": found.action.territory if found else None,
    }
    return render(request, "news/outside/closed.html", context, status=410)
