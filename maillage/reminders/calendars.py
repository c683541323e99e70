"""What is due as a calendar that any agenda can subscribe to."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from maillage.people.models import User
from maillage.reminders.queries import everything_for
from maillage.reminders.registry import Duty
from maillage.territories.models import Territory


def calendar_of(user: User, on: dt.date) -> bytes:
    """The dated duties of a person, in all her spaces, as whole-day events without alarms (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Maillage, à faire")
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for territory, duties in everything_for(user, on):
        for duty in duties:
            if duty.due_on:
                calendar.add_component(_event(territory, duty, duty.due_on, on))
    return bytes(calendar.to_ical())


def _event(territory: Territory, duty: Duty, due_on: dt.date, on: dt.date) -> Event:
    address = settings.BASE_URL + duty.url
    event = Event()
    # The same today and in a year: an agenda moves the event instead of adding one.
    event.add("uid", f"{territory.pk}-{duty.key}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", dt.datetime.combine(on, dt.time(), dt.UTC))
    event.add("dtstart", due_on)
    event.add("dtend", due_on + dt.timedelta(days=1))
    event.add("summary", f"{' '.join(duty.title.split())} ({territory})")
    event.add("description", "\n".join(filter(None, (duty.why, address))))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")  # it does not make one busy
    return event
