"""A page that is not there says so in French, also where debugging is on (the demo)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.ui.seen import TOKEN, opened


class OurNotFound:
    """Django's own 404 page, in English and made for developers, gives way to ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404 and hasattr(request, "user"):
            return render(request, "404.html", status=404)
        return response


class NothingTypedIsLost:
    """What was sent cannot be stored (deleted meanwhile, right withdrawn, signed out): it is shown, to be copied."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST":
            return response
        signed_out = response.status_code == 302 and not request.user.is_authenticated
        if not signed_out and response.status_code not in {403, 404}:
            return response
        said = opened(request.POST.get(TOKEN, ""))
        labels: dict[str, str] = said["labels"] if said else {}
        typed = [(label, text) for name, label in labels.items() if (text := request.POST.get(name, "").strip())]
        if not typed:
            return response
        status = 403 if signed_out else response.status_code
        title = (
            "Reconnectez-vous pour enregistrer" if signed_out else "Ce que vous avez écrit n’a pas pu être enregistré"
        )
        context = {"title": title, "typed": typed, "signed_out": signed_out}
        return render(request, "ui/typed.html", context, status=status)
