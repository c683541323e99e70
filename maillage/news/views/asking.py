"""Asking one person, from the page of an action."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from maillage.network.models import Contact
from maillage.network.naming import Directory
from maillage.network.operations import edit_row
from maillage.news.forms import AskForm
from maillage.news.models import NewsRequest
from maillage.news.operations.asking import ask_for_news, renew_link, revoke_link
from maillage.news.queries.requests import already_asked, request_for, rows_of_action, whom_to_ask
from maillage.people.models import User
from maillage.people.spaces import person
from maillage.plan.models import Action
from maillage.plan.queries.actions import action_for
from maillage.ui.answering import carried_out, done


@require_http_methods(["GET", "POST"])
def news_ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    action = action_for(request, slug, pk, "news.ask")
    contacts = whom_to_ask([action])[0].contacts
    initial = {"name": action.lead_person} if action.lead_person and not contacts else {}
    form = AskForm(request.POST or None, contacts=contacts, initial=initial)
    user = person(request)

    def ask() -> NewsRequest:
        contact = contact_in(form, action, by=user)
        return ask_for_news(action, contact, message=form.cleaned_data["message"], by=user)

    if asked := carried_out(request, form, ask, "Le lien est parti par courriel."):
        return redirect("action", slug, asked.action_id)
    rows, earlier = rows_of_action(action), already_asked([action]).get(action.pk)
    context = {"title": "Demander des nouvelles", "form": form, "action": action, "rows": rows, "earlier": earlier}
    return render(request, "news/ask.html", context)


def contact_in(form: AskForm, action: Action, *, by: User) -> Contact:
    """The contact that was chosen, or the one named, who joins the partner that leads the action."""
    data = form.cleaned_data
    if data["contact"]:
        return data["contact"]  # type: ignore[no-any-return]
    contact = Directory(action.territory, by=by).contact(data["name"], action.lead_organization)
    if contact is None:
        raise ValidationError({"name": "Écrivez le nom de la personne à qui demander."})
    return contact if contact.email == data["email"] else edit_row(contact, {"email": data["email"]}, by=by)


@require_POST
def link_renew(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = request_for(request, slug, pk)
    done(
        request,
        lambda: renew_link(found, by=person(request)),
        f"Un nouveau lien est parti à {found.name} ; l’ancien n’ouvre plus rien.",
    )
    return redirect(back_from(request, slug, found))


@require_POST
def link_revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = request_for(request, slug, pk)
    done(request, lambda: revoke_link(found, by=person(request)), f"Le lien de {found.name} n’ouvre plus rien.")
    return redirect(back_from(request, slug, found))


def back_from(request: HttpRequest, slug: str, found: NewsRequest) -> str:
    """The page one came from, when it is ours: the action or the campaign."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("action", args=[slug, found.action_id])
