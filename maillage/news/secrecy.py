"""The link that opens one action to one person: made again from a salt and the server's key, kept as a hash."""

import base64
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from maillage.news.models import NewsRequest
from maillage.reminders.secrecy import hash_of

PURPOSE = "maillage.news.link"


def token_of(request: NewsRequest) -> str:
    """256 bits; another salt or another serial makes another link."""
    made = salted_hmac(PURPOSE, f"{request.salt}:{request.serial}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def seal(request: NewsRequest) -> NewsRequest:
    """Gives a request its secret, or a new one in place of the former, which then opens nothing."""
    if request.salt:
        request.serial += 1
    else:
        request.salt = secrets.token_hex(16)
    request.secret_hash = hash_of(token_of(request))
    return request


def link_of(request: NewsRequest) -> str:
    """The full address that is mailed; never logged, never shown on a page of the space."""
    return settings.BASE_URL + reverse("news_by_link", args=[token_of(request)])
