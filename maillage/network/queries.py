"""Who is who around a territory."""

from django.db.models import QuerySet

from maillage.network.models import Affiliation, Contact, Organization
from maillage.people.models import User
from maillage.territories.models import Territory


def organizations_of(territory: Territory) -> QuerySet[Organization]:
    return Organization.objects.filter(territory=territory).order_by("name")


def contacts_of(territory: Territory) -> QuerySet[Contact]:
    return Contact.objects.filter(territory=territory).select_related("organization").order_by("name")


def organization_ids_of(user: User, territory_id: int) -> set[int]:
    """The organisations (one, or none) for which this person speaks in this territory; read once a request."""
    known: dict[int, set[int]] = user.__dict__.setdefault("_organization_ids", {})
    if territory_id not in known:
        known[territory_id] = set(
            Affiliation.objects.filter(
                membership__user=user, membership__territory_id=territory_id, membership__ended_at=None
            ).values_list("organization_id", flat=True)
        )
    return known[territory_id]
