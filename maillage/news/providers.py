"""What news lend to others: a line of the menu, what is to be read, when the partners meet, which files are in use."""

import datetime as dt
from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from maillage.access.may import may
from maillage.documents import holders
from maillage.news.models import NewsAttachment, NewsCampaign
from maillage.news.queries.standing import standings
from maillage.people.models import User
from maillage.people.spaces import person
from maillage.plan import meetings
from maillage.plan.meetings import Meeting
from maillage.reminders.registry import Duty, register
from maillage.territories.models import Territory
from maillage.ui.french import plural
from maillage.ui.navigation import Entry, add


def asks(request: HttpRequest) -> bool:
    return may(person(request), "news.ask", request.space.territory)  # type: ignore[attr-defined]


add(Entry("Agir", "Nouvelles", "mail", "news", order=35, visible=asks,
          pages=("campaign", "campaign_new", "campaign_edit", "proposal_return", "news_ask")))  # fmt: skip


def duties(user: User, territory: Territory, on: dt.date) -> Iterator[Duty]:
    """News to read before their meeting, and actions that somebody no longer follows."""
    if not may(user, "news.ask", territory):
        return
    url = reverse("news", args=[territory.slug])
    for row in standings(territory):
        key, example = row.campaign_id or 0, " (exemple)" if row.is_example else ""
        about = f"{row.title or 'Demandées une à une'}{example}"
        if row.waiting:
            title = f"Relire les nouvelles de {plural(row.waiting, 'action')}"
            yield Duty(f"news-{key}", title, about, url, "Relire", "mail", row.meeting_on or row.answers_by)
        if row.leaving:
            title = f"Décider qui suit {plural(row.leaving, 'action')}"
            yield Duty(f"handover-{key}", title, about, f"{url}#releves", "Décider", "people")


register(duties)


def campaign_meetings(territory: Territory) -> Iterator[Meeting]:
    """The meetings that campaigns prepare."""
    rows = NewsCampaign.objects.filter(
        convention__territory=territory, started_at__isnull=False, meeting_on__isnull=False
    )
    for on, title in rows.values_list("meeting_on", "meeting_title").distinct():
        if on:
            yield Meeting(on, title or "Réunion des partenaires")


meetings.register(campaign_meetings)


def attachments_in(folder: str) -> Iterator[str]:
    return NewsAttachment.objects.filter(path__startswith=folder).values_list("path", flat=True).iterator()


holders.register(attachments_in)
