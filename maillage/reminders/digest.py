"""The digest by mail: one a person, all her spaces together, nothing when nothing presses nor moved."""

import datetime as dt
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from maillage.discussion.queries import Moved, moved_for
from maillage.people.models import User
from maillage.reminders.models import ReminderSettings
from maillage.reminders.queries import everything_for
from maillage.reminders.registry import Duty
from maillage.reminders.rules import Wait, digest_leaves, sort, wait_for
from maillage.reminders.secrecy import stop_address
from maillage.territories.models import Territory
from maillage.ui.mail import send_page

#: Beyond, the page is the better reading.
SHOWN = 12
#: What a first digest looks back on.
WEEK = dt.timedelta(days=7)
#: For each space, what presses and what moved in what the person follows.
Told = list[tuple[Territory, list[Duty], list[Moved]]]


def send_digest(person: User, on: dt.date) -> bool:
    """Sends her digest if it is the day and something presses, or moved in what she follows; returns whether it left.

    It tells what moved from the day of the last digest to the eve of this one: nothing twice, nothing left out.

    The day is written before the mail leaves, so that two runs at once send one mail; when the mail server refuses,
    it raises and gives the day back, so that the next run tries again.
    """
    ReminderSettings.objects.get_or_create(user=person)
    with transaction.atomic():
        mine = ReminderSettings.objects.select_for_update().get(user=person)
        before = mine.sent_on
        if not digest_leaves(mine.digest, before, on):
            return False
        told = _told(person, before or on - WEEK, on)
        if not told:
            return False
        mine.sent_on = on
        mine.save(update_fields=["sent_on"])
        transaction.on_commit(partial(_mail, person, mine, before, told, on))
    return True


def _told(person: User, since: dt.date, on: dt.date) -> Told:
    bounds = [timezone.make_aware(dt.datetime.combine(day, dt.time.min)) for day in (since, on)]
    spaces = [
        (space, sort(duties, on).pressing, moved_for(person, space, *bounds))
        for space, duties in everything_for(person, on)
    ]
    return [(space, near, moved) for space, near, moved in spaces if near or moved]


def _subject(count: int) -> str:
    if count > 1:
        return f"{count} choses vous attendent dans Maillage"
    return "Une chose vous attend dans Maillage" if count else "Du nouveau dans ce que vous suivez"


def _mail(person: User, mine: ReminderSettings, before: dt.date | None, told: Told, on: dt.date) -> None:
    stop = stop_address(person.pk)
    subject = _subject(sum(len(duties) for _, duties, _ in told))
    # RFC 8058: the mail programme itself offers to stop, in one click.
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    context = {
        "name": person.name,
        "spaces": [_space(space, duties, moved, on) for space, duties, moved in told],
        "rhythm": settings.BASE_URL + reverse("account") + "#rappels",
        "stop": stop,
    }
    try:
        send_page(person.email, subject, "reminders/mail/digest", context, headers)
    except BaseException:
        ReminderSettings.objects.filter(pk=mine.pk).update(sent_on=before)
        raise


def _space(space: Territory, duties: list[Duty], moved: list[Moved], on: dt.date) -> dict[str, object]:
    rows: list[tuple[Duty, Wait | None]] = [(duty, wait_for(duty, on)) for duty in duties[:SHOWN]]
    page = settings.BASE_URL + reverse("to_do", args=[space.slug])
    return {"name": space.name, "page": page, "rows": rows, "more": len(duties) - len(rows), "moved": moved[:SHOWN]}
