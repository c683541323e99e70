"""Finding a working space and asking the permission are one act: nobody can forget the second."""

import datetime as dt
import json
from collections.abc import Callable
from typing import cast

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from maillage.access.may import require
from maillage.people.models import Membership, User
from maillage.territories.models import Territory
from maillage.territories.queries import perimeters_on

#: Words under the name of the space (« CTG 2022-2026 »), given by the capabilities above.
SpaceLine = Callable[[Territory], str]
_lines: list[SpaceLine] = []


def add_space_line(line: SpaceLine) -> None:
    """Registers, at start-up, a line shown under the name of every working space; an empty answer shows nothing."""
    _lines.append(line)


class Space:
    """What the page frame shows of the territory one works in. `communes` is how many it holds today."""

    def __init__(self, territory: Territory, communes: int) -> None:
        self.territory = territory
        self.slug = territory.slug
        self.name = territory.name
        self.is_example = territory.is_example
        self.communes = communes

    @cached_property
    def lines(self) -> list[str]:
        communes = f"{self.communes} commune{'s' if self.communes > 1 else ''}" if self.communes else ""
        return [line for line in (*(line(self.territory) for line in _lines), communes) if line]


def today() -> dt.date:
    """The day in France, whatever the server's clock zone."""
    return timezone.localdate()


def person(request: HttpRequest) -> User:
    """Who is signed in: every page asks for it, save those that say otherwise."""
    return cast(User, request.user)


def territory_for(request: HttpRequest, slug: str, verb: str = "territory.view") -> Territory:
    """The territory of that address, for a person who may do `verb` there; sets `request.space` for the frame.

    One query brings the territory, the role and the perimeter of the day. `Http404` for a stranger (nothing says
    whether the space exists), `PermissionDenied` for a member without the verb.
    """
    user = person(request)
    membership = (
        Membership.objects.open()
        .filter(user=user, territory__slug=slug)
        .select_related("territory")
        .annotate(
            codes=Subquery(perimeters_on(today()).filter(territory=OuterRef("territory")).values("commune_codes"))
        )
        .first()
    )
    if membership is None or not user.is_active:
        raise Http404("Cette page n’existe pas, ou elle appartient à un espace dont vous n’êtes pas membre.")
    user.remember_role(membership.territory_id, membership.role)
    codes = getattr(membership, "codes", None) or []
    request.space = Space(membership.territory, len(json.loads(codes) if isinstance(codes, str) else codes))  # type: ignore[attr-defined]
    require(user, verb, membership.territory)
    return membership.territory
