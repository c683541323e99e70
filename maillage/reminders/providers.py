"""What reminders lends: a line of the menu, and a part of one's account."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from maillage.discussion import wishes
from maillage.discussion.queries import page_of, unread_mentions
from maillage.people.models import User
from maillage.people.spaces import person
from maillage.reminders.forms import DigestForm
from maillage.reminders.models import ReminderSettings
from maillage.reminders.queries import settings_of
from maillage.reminders.registry import Duty, register
from maillage.reminders.secrecy import calendar_address
from maillage.territories.models import Territory
from maillage.ui import navigation, panels

navigation.add(navigation.Entry("", "À faire", "bell", "to_do", order=11, phone="À faire"))


def reminders_panel(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]]:
    mine = settings_of(person(request))
    return "reminders/account.html", {
        "digest": DigestForm(initial={"digest": mine.digest})["digest"],
        "address": calendar_address(mine),
    }


panels.add("account", 10, reminders_panel)


def called_to_read(user: User, territory: Territory, _on: dt.date) -> Iterator[Duty]:
    """The comments that call somebody wait until she says that she has read them."""
    for mention in unread_mentions(user, territory):
        comment = mention.comment
        title = f"{comment.author} vous a écrit"
        yield Duty(f"mention-{mention.pk}", title, comment.subject_label, page_of(comment, territory), "Lire", "talk")


register(called_to_read)
# Who wants no reminder by mail wants no mail of mentions either: they wait in « À faire ».
wishes.register(lambda user: settings_of(user).digest != ReminderSettings.Digest.NEVER)
