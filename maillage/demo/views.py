"""One click to be somebody: on the demo only, where this URL exists."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from maillage.demo.cast import CAST
from maillage.people.models import User
from maillage.people.views.sign_in import enter


@require_POST
@login_not_required
def demo_enter(request: HttpRequest) -> HttpResponse:
    actor = next((actor for actor in CAST if actor.key == request.POST.get("who")), None)
    user = User.objects.filter(email=actor.email).first() if actor else None
    if actor is None or user is None:
        raise Http404("Cette identité de démonstration n’existe pas.")
    return enter(request, user, f"/espace/{actor.space}/")
