"""What amendments lend to others: what waits for an agreement, and the signature that follows."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from maillage.access.may import role_of
from maillage.access.roles import Role
from maillage.amendments.models import Amendment
from maillage.amendments.rules.signing import missing_agreements
from maillage.network.queries import organization_ids_of
from maillage.people.models import User
from maillage.reminders.registry import Duty, register
from maillage.territories.models import Territory


def duties(user: User, territory: Territory, _on: dt.date) -> Iterator[Duty]:
    """The agreement that a signatory owes to the amendment in preparation; for the team, the signature itself."""
    role = role_of(user, territory)
    if role not in {Role.COORDINATOR, Role.SIGNATORY}:
        return
    found = Amendment.objects.filter(convention__territory=territory, state=Amendment.State.DRAFT)
    for amendment in found.prefetch_related("agreements", "convention__signatories"):
        current = {row.organization_id for row in amendment.convention.signatories.all()}
        missing = missing_agreements(current, (row.organization_id for row in amendment.agreements.all()))
        url = reverse("amendment", args=[territory.slug, amendment.pk]) + "#accords"
        why = f"{amendment}{' (exemple)' if amendment.is_example else ''}"
        if role == Role.SIGNATORY and missing & organization_ids_of(user, territory.pk):
            yield Duty(f"agreement-{amendment.pk}", "Noter l’accord de votre structure", why, url, "Ouvrir", "flag")
        elif role == Role.COORDINATOR and not missing:
            yield Duty(f"signing-{amendment.pk}", "Signer l’avenant : tous sont d’accord", why, url, "Ouvrir", "flag")


register(duties)
