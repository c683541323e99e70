"""The mails that carry links: one a person, with one link for each of her actions."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone

from maillage.news.models import NewsCampaign, NewsRequest
from maillage.news.secrecy import link_of
from maillage.news.vocabulary import Letter
from maillage.ui.mail import send_page

log = logging.getLogger(__name__)


def by_person(requests: Iterable[NewsRequest]) -> dict[str, list[NewsRequest]]:
    """Address → her requests, in the order given."""
    found: dict[str, list[NewsRequest]] = defaultdict(list)
    for request in requests:
        found[request.email.lower()].append(request)
    return dict(found)


def mail_on_commit(requests: Sequence[NewsRequest], letter: Letter, message: str = "") -> None:
    """Mails once the transaction holds: a link that leads nowhere is never sent."""
    transaction.on_commit(partial(send_links, [request.pk for request in requests], letter, message))


def send_links(pks: Sequence[int], letter: Letter, message: str = "") -> int:
    """Sends the links of these requests, one mail a person; returns how many mails left.

    One address that refuses does not deprive the others: its requests are marked as not sent, and can be sent again.
    """
    rows = NewsRequest.objects.filter(pk__in=pks).select_related("action__territory", "campaign", "contact", "by")
    left = 0
    for address, requests in by_person(rows.order_by("action__position", "pk")).items():
        try:
            send_page(address, subject_of(requests, letter), "news/mail/links", letter_of(requests, letter, message),
                      {"Reply-To": requests[0].by.email})  # fmt: skip
            left += 1
        except (OSError, SMTPException) as error:
            # Its name only: the text of an error may quote the mail, hence the link.
            log.error("a request for news did not leave (%s)", type(error).__name__)
            NewsRequest.objects.filter(pk__in=[row.pk for row in requests]).update(sent_at=None)
        else:
            NewsRequest.objects.filter(pk__in=[row.pk for row in requests]).update(sent_at=timezone.now())
    return left


def subject_of(requests: Sequence[NewsRequest], letter: Letter) -> str:
    first, campaign = requests[0], requests[0].campaign
    about = f"« {first.action.title} »" if len(requests) == 1 else f"vos {len(requests)} actions"
    if letter == Letter.RETURN:
        return f"Une précision sur {about}"
    asked = f"Des nouvelles de {about}" if len(requests) == 1 else f"Des nouvelles de {about} de la CTG"
    if campaign and campaign.meeting_title:
        asked += f" avant : {campaign.meeting_title}"
    return f"Rappel : {asked[:1].lower()}{asked[1:]}" if letter == Letter.REMIND else asked


def letter_of(requests: Sequence[NewsRequest], letter: Letter, message: str) -> dict[str, object]:
    """What the mail says; the same words are shown beforehand by the preview of a campaign."""
    first = requests[0]
    return preview_of(
        first.campaign, first.name, first.by.name or first.by.email, first.action.territory.name,
        [(str(request.action), link_of(request)) for request in requests], letter, message,
    ) | {"last_day": min(request.last_day for request in requests)}  # fmt: skip


def preview_of(
    campaign: NewsCampaign | None, name: str, asker: str, territory: str, links: Sequence[tuple[str, str]],
    letter: Letter = Letter.ASK, message: str = "",
) -> dict[str, object]:  # fmt: skip
    return {
        "name": name,
        "asker": asker,
        "territory": territory,
        "campaign": campaign,
        "links": links,
        "letter": letter.value,
        "message": message or (campaign.message if campaign else ""),
        "last_day": None,
    }
