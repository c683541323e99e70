"""What reminders lends: a line of the menu, and a part of one's account."""

from typing import Any

from django.http import HttpRequest

from maillage.people.spaces import person
from maillage.reminders.forms import DigestForm
from maillage.reminders.queries import settings_of
from maillage.reminders.secrecy import calendar_address
from maillage.ui import navigation, panels

navigation.add(navigation.Entry("", "À faire", "bell", "to_do", order=11, phone="À faire"))


def reminders_panel(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]]:
    mine = settings_of(person(request))
    return "reminders/account.html", {
        "digest": DigestForm(initial={"digest": mine.digest})["digest"],
        "address": calendar_address(mine),
    }


panels.add("account", 10, reminders_panel)
