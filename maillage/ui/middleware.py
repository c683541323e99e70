"""A page that is not there says so in French, also where debugging is on (the demo)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class OurNotFound:
    """Django's own 404 page, in English and made for developers, gives way to ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404 and hasattr(request, "user"):
            return render(request, "404.html", status=404)
        return response
