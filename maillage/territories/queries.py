"""Which communes a territory holds, on a day."""

import datetime as dt

from django.db.models import Q, QuerySet

from maillage.territories.models import Perimeter, Territory


def perimeters_on(on: dt.date) -> QuerySet[Perimeter]:
    """The perimeters in force on a day: at most one a territory."""
    return Perimeter.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


def perimeter_of(territory: Territory, on: dt.date) -> Perimeter | None:
    """The perimeter in force on a day; None before the first one."""
    return perimeters_on(on).filter(territory=territory).first()


def perimeters_of(territory: Territory) -> list[Perimeter]:
    """All the dated perimeters, oldest first."""
    return list(Perimeter.objects.filter(territory=territory).order_by("starts_on"))
