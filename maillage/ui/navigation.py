"""The menu of a working space, filled by the capabilities at start-up: only what exists shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

#: The groups follow the cycle of the approach, so a newcomer learns the method by reading the menu.
GROUPS = ["", "Comprendre", "Agir", "Décider", "Rendre compte"]
FOOT = "foot"


def _always(_request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. `phone` is its short word in the phone's bottom bar, empty to stay out of it.

    `pages` are the names of further URLs that belong to this entry, to mark it current.
    """

    group: str
    label: str
    icon: str
    url_name: str
    order: int = 0
    phone: str = ""
    pages: tuple[str, ...] = ()
    visible: Callable[[HttpRequest], bool] = _always


@dataclass(frozen=True, slots=True)
class Line:
    entry: Entry
    url: str
    current: bool


_entries: list[Entry] = []


def add(entry: Entry) -> None:
    _entries.append(entry)


def menu_of(request: HttpRequest, space: Any) -> dict[str, Any]:
    """Groups with their lines, the foot's lines and the phone's, for the space one works in."""
    match = request.resolver_match
    here = match.url_name if match else ""
    lines = [
        Line(entry, reverse(entry.url_name, args=[space.slug]), here == entry.url_name or here in entry.pages)
        for entry in sorted(_entries, key=lambda entry: entry.order)
        if entry.visible(request)
    ]
    groups = [(group, [line for line in lines if line.entry.group == group]) for group in GROUPS]
    return {
        "groups": [(group, found) for group, found in groups if found],
        "foot": [line for line in lines if line.entry.group == FOOT],
        "phone": [line for line in lines if line.entry.phone],
    }
