"""Finding a working space and asking the permission are one act: nobody can forget the second."""

import datetime as dt
from collections.abc import Callable
from typing import cast

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from maillage.access.may import require
from maillage.people.models import User
from maillage.territories.models import Territory
from maillage.territories.queries import perimeter_of

#: Words under the name of the space (« CTG 2022-2026 »), given by the capabilities above.
SpaceLine = Callable[[Territory], str]
_lines: list[SpaceLine] = []


def add_space_line(line: SpaceLine) -> None:
    """Registers, at start-up, a line shown under the name of every working space; an empty answer shows nothing."""
    _lines.append(line)


class Space:
    """What the page frame shows of the territory one works in."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        self.slug = territory.slug
        self.name = territory.name
        self.is_example = territory.is_example

    @cached_property
    def lines(self) -> list[str]:
        perimeter = perimeter_of(self.territory, on=today())
        size = len(perimeter.commune_codes) if perimeter else 0
        communes = f"{size} commune{'s' if size > 1 else ''}" if size else ""
        return [line for line in (*(line(self.territory) for line in _lines), communes) if line]


def today() -> dt.date:
    """The day in France, whatever the server's clock zone."""
    return timezone.localdate()


def territory_for(request: HttpRequest, slug: str, verb: str = "territory.view") -> Territory:
    """The territory of that address, for a person who may do `verb` there; sets `request.space` for the frame.

    `Http404` for a stranger (nothing says whether the space exists), `PermissionDenied` for a member without the verb.
    """
    territory = Territory.objects.filter(slug=slug).first()
    if territory is None or cast(User, request.user).role_in(territory.territory_id) is None:
        raise Http404("Cette page n’existe pas, ou elle appartient à un espace dont vous n’êtes pas membre.")
    request.space = Space(territory)  # type: ignore[attr-defined]
    require(cast(User, request.user), verb, territory)
    return territory
