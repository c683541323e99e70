import datetime as dt

import pytest

from maillage.amendments.operations import freeze_signed_version, open_amendment
from maillage.plan.models import Signatory
from maillage.plan.tests.conftest import convention, coordinator, territory
from maillage.plan.tests.factories import OrganizationFactory

__all__ = ["convention", "coordinator", "territory"]

SIGNED = dt.date(2022, 12, 12)


@pytest.fixture
def parties(convention):
    """Two signatories: the Caf and the MSA."""
    names = [OrganizationFactory(territory=convention.territory, name=name) for name in ("Caf", "MSA")]
    return [Signatory.objects.create(convention=convention, organization=party) for party in names]


@pytest.fixture
def version(convention, coordinator, parties):
    return freeze_signed_version(convention, "Convention initiale", SIGNED, by=coordinator)


@pytest.fixture
def amendment(version, coordinator):
    data = {"title": "une action de plus", "reason": "Un besoin est apparu."}
    return open_amendment(version.convention, data, by=coordinator)
