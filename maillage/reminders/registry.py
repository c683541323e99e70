"""What is due, for whom: capabilities register providers, this package gathers, mails and publishes."""

import datetime as dt
from collections.abc import Callable, Iterable

from maillage.people.models import User
from maillage.reminders.duty import Duty
from maillage.territories.models import Territory

__all__ = ["Duty", "Provider", "providers", "register"]

#: One or two queries, never one a duty; in any order.
Provider = Callable[[User, Territory, dt.date], Iterable[Duty]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Adds, at start-up, somebody who knows what is due."""
    _providers.append(provider)


def providers() -> list[Provider]:
    return list(_providers)
