"""One's own account, and the letter that invites."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.people.forms import NameForm, NewPasswordForm
from maillage.people.models import Membership
from maillage.people.operations import accept_invitation, invitation_of
from maillage.people.proof import asks_again
from maillage.people.spaces import person
from maillage.people.views.sign_in import enter


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    user = person(request)
    memberships = Membership.objects.open().filter(user=user).select_related("territory").order_by("territory__name")
    return render(request, "people/account.html", {"title": "Mon compte", "memberships": memberships})


@require_http_methods(["GET", "POST"])
def account_name(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        user.name = form.cleaned_data["name"]
        user.save(update_fields=["name"])
        messages.success(request, "Votre nom est enregistré.")
        return redirect("account")
    return render(request, "people/account_form.html", {"title": "Changer mon nom", "form": form})


@require_http_methods(["GET", "POST"])
@asks_again
def account_password(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        update_session_auth_hash(request, user)
        messages.success(request, "Votre mot de passe est enregistré. Vos autres sessions sont fermées.")
        return redirect("account")
    return render(request, "people/account_form.html", {"title": "Choisir un mot de passe", "form": form})


@require_http_methods(["GET", "POST"])
@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    try:
        letter = invitation_of(token)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("sign_in")
    form = NameForm(request.POST or None, initial={"name": letter.membership.user.name})
    if request.method == "POST" and form.is_valid():
        user = accept_invitation(letter, form.cleaned_data["name"])
        messages.success(request, f"Bienvenue dans l’espace {letter.membership.territory}.")
        response = enter(request, user, "/")
        response["Location"] = f"/espace/{letter.membership.territory.slug}/"
        return response
    context = {"title": f"Rejoindre l’espace {letter.membership.territory}", "form": form, "invitation": letter}
    return render(request, "people/invitation.html", context)
