"""Who is who around a territory."""

from django.db.models import Q, QuerySet

from maillage.network.models import Affiliation, Contact, Organization
from maillage.people.models import User
from maillage.territories.models import Territory


def organizations_of(territory: Territory) -> QuerySet[Organization]:
    return Organization.objects.filter(territory=territory).order_by("name")


def contacts_of(territory: Territory) -> QuerySet[Contact]:
    return Contact.objects.filter(territory=territory).select_related("organization").order_by("name")


def members_of(territory: Territory) -> QuerySet[User]:
    """The people who have access to the space today."""
    return User.objects.filter(memberships__territory=territory, memberships__ended_at=None).order_by("name", "email")


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


def contact_ids_of(user: User, territory_id: int) -> set[int]:
    """The contacts that are this person: tied to her account, else of the same address or name; read once a request."""
    known: dict[int, set[int]] = user.__dict__.setdefault("_contact_ids", {})
    if territory_id not in known:
        same = Q(email__iexact=user.email)
        if user.name:
            same |= Q(name__iexact=user.name)
        found = Contact.objects.filter(Q(user=user) | Q(user=None) & same, territory_id=territory_id)
        known[territory_id] = set(found.values_list("pk", flat=True))
    return known[territory_id]
