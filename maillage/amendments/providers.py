"""What amendments lend to others: what waits for an agreement, and the signature that follows."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from maillage.access.may import role_of
from maillage.access.roles import Role
from maillage.amendments.models import Amendment, AmendmentAgreement
from maillage.network.queries import organization_ids_of
from maillage.people.models import User
from maillage.plan.models import Signatory
from maillage.reminders.registry import Duty, register
from maillage.territories.models import Territory


def duties(user: User, territory: Territory, _on: dt.date) -> Iterator[Duty]:
    """The agreement that a signatory owes to the amendment in preparation; for the team, the signature itself."""
    role = role_of(user, territory)
    if role not in {Role.COORDINATOR, Role.SIGNATORY}:
        return
    agreed = AmendmentAgreement.objects.filter(amendment__convention=OuterRef("convention"), amendment__state="draft")
    owing = Signatory.objects.filter(convention=OuterRef("convention")).exclude(
        Exists(agreed.filter(organization=OuterRef("organization")))
    )
    if role == Role.SIGNATORY:
        owing = owing.filter(organization__in=organization_ids_of(user, territory.pk))
    found = Amendment.objects.filter(convention__territory=territory, state=Amendment.State.DRAFT)
    for amendment in found.annotate(owed=Exists(owing)):
        url = reverse("amendment", args=[territory.slug, amendment.pk]) + "#accords"
        why = f"{amendment}{' (exemple)' if amendment.is_example else ''}"
        if role == Role.SIGNATORY and amendment.owed:
            yield Duty(f"agreement-{amendment.pk}", "Noter l’accord de votre structure", why, url, "Ouvrir", "flag")
        elif role == Role.COORDINATOR and not amendment.owed:
            yield Duty(f"signing-{amendment.pk}", "Signer l’avenant : tous sont d’accord", why, url, "Ouvrir", "flag")


register(duties)
