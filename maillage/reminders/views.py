from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.people.models import User
from maillage.people.spaces import person, territory_for, today
from maillage.reminders.calendars import calendar_of
from maillage.reminders.models import ReminderSettings
from maillage.reminders.operations import change_calendar_address, choose_digest, close_calendar
from maillage.reminders.queries import duties_of, reader_of_calendar
from maillage.reminders.rules import sort
from maillage.reminders.secrecy import user_stopping


@require_safe
def to_do(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug)
    piles = sort(duties_of(person(request), territory, today()), today())
    groups = [
        ("En retard", piles.late),
        ("Dans les sept jours", piles.soon),
        ("Plus tard", piles.later),
        ("Sans date", piles.undated),
    ]
    shown = [(title, duties) for title, duties in groups if duties]
    context = {"title": "À faire", "groups": shown, "pressing": len(piles.pressing), "today": today()}
    return render(request, "reminders/to_do.html", context)


@require_safe
@login_not_required
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed that an agenda reads: whoever holds the secret address reads it, until it is changed."""
    reader = reader_of_calendar(token)
    if reader is None:
        raise Http404("Cet agenda n’existe pas, ou son adresse a changé.")
    response = HttpResponse(calendar_of(reader, today()), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def reminders_edit(request: HttpRequest) -> HttpResponse:
    user = person(request)
    try:
        choose_digest(user, request.POST.get("digest", ""), by=user)
        messages.success(request, "Vos rappels sont réglés.")
    except ValidationError:
        messages.error(request, "Choisissez l’un des trois rythmes proposés.")
    return redirect(reverse("account") + "#rappels")


@require_POST
def calendar_renew(request: HttpRequest) -> HttpResponse:
    user = person(request)
    change_calendar_address(user, by=user)
    messages.success(request, "Donnez cette adresse à votre agenda. Si vous en aviez une autre, elle ne répond plus.")
    return redirect(reverse("account") + "#rappels")


@require_POST
def calendar_close(request: HttpRequest) -> HttpResponse:
    user = person(request)
    close_calendar(user, by=user)
    messages.success(request, "L’adresse de votre agenda ne répond plus.")
    return redirect(reverse("account") + "#rappels")


@csrf_exempt  # the signed address is the proof, and mail programmes post to it by themselves (RFC 8058)
@require_http_methods(["GET", "POST"])
@login_not_required
def digest_stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click from the mail. A GET changes nothing: programmes that scan mails open every link."""
    user = get_object_or_404(User, pk=user_stopping(token))
    stopped = request.method == "POST"
    if stopped:
        choose_digest(user, ReminderSettings.Digest.NEVER, by=user)
    return render(request, "reminders/stop.html", {"title": "Arrêter les rappels", "stopped": stopped})
