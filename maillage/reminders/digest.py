"""The digest by mail: one a person, all her spaces together, nothing when nothing presses."""

import datetime as dt
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse

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
Pressing = list[tuple[Territory, list[Duty]]]


def send_digest(person: User, on: dt.date) -> bool:
    """Sends her digest if it is the day and something presses; returns whether it left.

    The day is written before the mail leaves, so that two runs at once send one mail; when the mail server refuses,
    it raises and gives the day back, so that the next run tries again.
    """
    ReminderSettings.objects.get_or_create(user=person)
    with transaction.atomic():
        mine = ReminderSettings.objects.select_for_update().get(user=person)
        before = mine.sent_on
        if not digest_leaves(mine.digest, before, on):
            return False
        pressing = [
            (space, near) for space, duties in everything_for(person, on) if (near := sort(duties, on).pressing)
        ]
        if not pressing:
            return False
        mine.sent_on = on
        mine.save(update_fields=["sent_on"])
        transaction.on_commit(partial(_mail, person, mine, before, pressing, on))
    return True


def _mail(person: User, mine: ReminderSettings, before: dt.date | None, pressing: Pressing, on: dt.date) -> None:
    stop = stop_address(person.pk)
    count = sum(len(duties) for _, duties in pressing)
    subject = f"{count} choses vous attendent dans Maillage" if count > 1 else "Une chose vous attend dans Maillage"
    # RFC 8058: the mail programme itself offers to stop, in one click.
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    context = {
        "name": person.name,
        "spaces": [_space(space, duties, on) for space, duties in pressing],
        "rhythm": settings.BASE_URL + reverse("account") + "#rappels",
        "stop": stop,
    }
    try:
        send_page(person.email, subject, "reminders/mail/digest", context, headers)
    except BaseException:
        ReminderSettings.objects.filter(pk=mine.pk).update(sent_on=before)
        raise


def _space(space: Territory, duties: list[Duty], on: dt.date) -> dict[str, object]:
    rows: list[tuple[Duty, Wait | None]] = [(duty, wait_for(duty, on)) for duty in duties[:SHOWN]]
    page = settings.BASE_URL + reverse("to_do", args=[space.slug])
    return {"name": space.name, "page": page, "rows": rows, "more": len(duties) - len(rows)}
