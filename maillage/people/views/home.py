"""The front door: what Maillage is, or the spaces of the person who is signed in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.people.models import Membership
from maillage.people.spaces import person


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        user = person(request)
        memberships = (
            Membership.objects.open().filter(user=user).select_related("territory").order_by("territory__name")
        )
        return render(request, "people/spaces.html", {"title": "Vos espaces", "memberships": memberships})
    return render(request, "people/home.html", {"title": "Le projet social du territoire, d’un seul fil"})


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "people/accessibility.html", {"title": "Accessibilité"})


@require_safe
@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "people/help.html", {"title": "Aide", "mail_folder": settings.DEBUG})
