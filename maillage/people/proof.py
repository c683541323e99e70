"""A fresh proof of identity: sensitive acts ask again who is there, even in an open session."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

PROVED_AT = "proved_at"
View = Callable[..., HttpResponse]


def prove(request: HttpRequest) -> None:
    """Notes that the person has just proved who she is."""
    request.session[PROVED_AT] = time.time()


def recently_proved(request: HttpRequest) -> bool:
    return time.time() - float(request.session.get(PROVED_AT, 0)) < settings.PROOF_AGE


def asks_again(view: View) -> View:
    """A view that needs a fresh proof: without one, the person proves who she is, then comes back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if recently_proved(request):
            return view(request, *args, **kwargs)
        # A form that was sent cannot be sent again for her: she comes back to the page where she was.
        back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
        return redirect(f"{reverse('prove')}?{urlencode({'next': back})}")

    return wrapped
