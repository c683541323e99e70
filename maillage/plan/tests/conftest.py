import pytest

from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Convention
from maillage.plan.tests.factories import ConventionFactory


@pytest.fixture
def territory(db):
    return TerritoryFactory(slug="ici")


@pytest.fixture
def convention(territory) -> Convention:
    return ConventionFactory(territory=territory)


@pytest.fixture
def coordinator(territory):
    return member(territory)
