"""Which communes a territory holds, on a day."""

import datetime as dt

from django.db.models import Q

from maillage.territories.models import Perimeter, Territory


def perimeter_of(territory: Territory, on: dt.date) -> Perimeter | None:
    """The perimeter in force on a day; None before the first one."""
    return (
        Perimeter.objects.filter(territory=territory, starts_on__lte=on)
        .filter(Q(ends_on=None) | Q(ends_on__gt=on))
        .first()
    )


def perimeters_of(territory: Territory) -> list[Perimeter]:
    """All the dated perimeters, oldest first."""
    return list(Perimeter.objects.filter(territory=territory).order_by("starts_on"))
