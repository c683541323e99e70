"""Coming in, by a link received by mail or by password, and proving again who one is."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods, require_POST
from sesame.utils import get_query_string, get_user

from maillage.people.forms import LinkForm, PasswordForm, ProofForm
from maillage.people.limits import address_of, check_limit
from maillage.people.models import User
from maillage.people.proof import prove
from maillage.people.spaces import person
from maillage.ui.mail import send_page

BACKEND = "django.contrib.auth.backends.ModelBackend"
REFUSED = "Adresse ou mot de passe inconnus. Vérifiez-les, ou demandez un lien par courriel."
TOO_OLD = "Ce lien a déjà servi ou a plus de 15 minutes. Demandez-en un nouveau."


@require_http_methods(["GET", "POST"])
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """By password; the same page offers the mailed link."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_limit("password", form.cleaned_data["email"])
            check_limit("password-address", address_of(request))
            user = authenticate(
                request, username=form.cleaned_data["email"].lower(), password=form.cleaned_data["password"]
            )
            if user is None:
                raise ValidationError(REFUSED)
            return enter(request, user, safe_next(request))
        except ValidationError as refusal:
            form.add_refusal(refusal)
    context = {"title": "Se connecter", "form": form, "link_form": LinkForm(prefix="lien"), "next": safe_next(request)}
    return render(request, "people/sign_in.html", context, status=200)


@require_POST
@login_not_required
def send_link(request: HttpRequest) -> HttpResponse:
    """Mails a link. The answer is the same whether the address has an account or not."""
    form = LinkForm(request.POST, prefix="lien")
    try:
        if form.is_valid():
            check_limit("link", form.cleaned_data["email"])
            check_limit("link-address", address_of(request))
            _mail_link(form.cleaned_data["email"].lower(), safe_next(request))
            return render(request, "people/link_sent.html", {"title": "Regardez vos courriels"})
    except ValidationError as refusal:
        form.add_refusal(refusal)
    context = {"title": "Se connecter", "form": PasswordForm(), "link_form": form, "next": safe_next(request)}
    return render(request, "people/sign_in.html", context)


@require_http_methods(["GET", "POST"])
@login_not_required
def enter_by_link(request: HttpRequest) -> HttpResponse:
    """The page of the link asks for one click: programmes that read mails open links, and must not use them up."""
    if request.method == "POST":
        user = get_user(request)
        if user is not None:
            return enter(request, user, safe_next(request))
        messages.error(request, TOO_OLD)
        return redirect("sign_in")
    return render(request, "people/enter.html", {"title": "Entrer dans Maillage", "next": safe_next(request)})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "Vous êtes déconnecté.")
    return redirect("home")


@require_http_methods(["GET", "POST"])
def prove_again(request: HttpRequest) -> HttpResponse:
    """Before a sensitive act: the password, or a link for who has none."""
    user = person(request)
    form = ProofForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_limit("password", user.email)
            if not user.check_password(form.cleaned_data["password"]):
                raise ValidationError({"password": "Ce n’est pas votre mot de passe."})
            prove(request)
            return redirect(safe_next(request))
        except ValidationError as refusal:
            form.add_refusal(refusal)
    context = {"title": "Est-ce bien vous ?", "form": form, "next": safe_next(request)}
    return render(
        request, "people/prove.html", context | {"link_form": LinkForm(prefix="lien", initial={"email": user.email})}
    )


def enter(request: HttpRequest, user: User, to: str) -> HttpResponse:
    """Opens a session; the link that was used is used up, for `last_login` is part of its signature."""
    login(request, user, backend=BACKEND)
    prove(request)
    return redirect(to)


def safe_next(request: HttpRequest) -> str:
    """Where to go once inside: a page of this site only."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("home")


def _mail_link(email: str, to: str) -> None:
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        return
    link = f"{settings.BASE_URL}{reverse('enter_by_link')}{get_query_string(user)}&{urlencode({'next': to})}"
    send_page(user.email, "Votre lien pour entrer dans Maillage", "people/mail/link", {"user": user, "link": link})
