"""People and spaces for the tests. A factory says only what matters."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from maillage.access.roles import Role
from maillage.people.models import Membership, User
from maillage.territories.models import Perimeter, Territory

GASCOGNE = [
    "32016",
    "32038",
    "32090",
    "32105",
    "32121",
    "32134",
    "32160",
    "32210",
    "32234",
    "32268",
    "32334",
    "32339",
    "32425",
]


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    name = factory.Sequence(lambda n: f"Personne {n}")


class TerritoryFactory(DjangoModelFactory[Territory]):
    class Meta:
        model = Territory
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"territoire-{n}")
    name = factory.Sequence(lambda n: f"Territoire {n}")
    kind = Territory.Kind.EPCI

    @factory.post_generation
    def perimeter(obj: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        Perimeter.objects.create(
            territory=obj, starts_on=dt.date(2023, 4, 30), edition=2026, commune_codes=extracted or GASCOGNE
        )


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    territory = factory.SubFactory(TerritoryFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR


def member(territory: Territory, role: Role = Role.COORDINATOR) -> User:
    """A person with that role in that space."""
    return MembershipFactory(territory=territory, role=role).user
