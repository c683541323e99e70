"""A plan for the tests."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from maillage.access.roles import Role
from maillage.network.models import Affiliation, Organization
from maillage.people.models import Membership, User
from maillage.people.tests.factories import TerritoryFactory, UserFactory
from maillage.plan.models import Action, ActionGoal, Convention, Funding, Goal, GoalLevel, Milestone
from maillage.plan.vocabulary import GoalKind
from maillage.territories.models import Territory


class OrganizationFactory(DjangoModelFactory[Organization]):
    class Meta:
        model = Organization

    territory = factory.SubFactory(TerritoryFactory)
    name = factory.Sequence(lambda n: f"Structure {n}")


class ConventionFactory(DjangoModelFactory[Convention]):
    class Meta:
        model = Convention
        skip_postgeneration_save = True

    territory = factory.SubFactory(TerritoryFactory)
    title = "Convention territoriale globale 2022-2026"
    starts_on = dt.date(2022, 1, 1)
    ends_on = dt.date(2026, 12, 31)

    @factory.post_generation
    def levels(obj, create, extracted, **kwargs):  # type: ignore[no-untyped-def]
        GoalLevel.objects.create(convention=obj, depth=1, kind=GoalKind.CHANGE, name="Changement", plural="Changements")
        GoalLevel.objects.create(convention=obj, depth=2, kind=GoalKind.OBJECTIVE, name="Objectif", plural="Objectifs")


class GoalFactory(DjangoModelFactory[Goal]):
    class Meta:
        model = Goal

    convention = factory.SubFactory(ConventionFactory)
    territory = factory.SelfAttribute("convention.territory")
    kind = GoalKind.CHANGE
    number = factory.Sequence(lambda n: str(n + 1))
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Changement {n}")


class ActionFactory(DjangoModelFactory[Action]):
    class Meta:
        model = Action

    convention = factory.SubFactory(ConventionFactory)
    territory = factory.SelfAttribute("convention.territory")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Action {n}")


def partner_member(territory: Territory, organization: Organization, role: Role = Role.FIELD_ACTOR) -> User:
    """A person who speaks for an organisation of the territory."""
    membership = Membership.objects.create(territory=territory, user=UserFactory(), role=role)
    Affiliation.objects.create(membership=membership, organization=organization)
    return membership.user


def big_plan(convention: Convention, size: int) -> None:
    """`size` actions under ten goals, each with a milestone and a funding line; written in bulk."""
    territory = convention.territory
    goals = Goal.objects.bulk_create(
        Goal(territory=territory, convention=convention, kind="change", number=str(n), position=n, title=f"But {n}")
        for n in range(1, 11)
    )
    funder, _ = Organization.objects.get_or_create(territory=territory, name="Financeur commun")
    actions = Action.objects.bulk_create(
        Action(
            territory=territory, convention=convention, number=f"{n % 10 + 1}.{n // 10 + 1}", position=n,
            title=f"Action numéro {n}", lead_organization=funder, starts_on=dt.date(2024, 1, 1),
            ends_on=dt.date(2026, 12, 31), state="ongoing",
        )
        for n in range(size)
    )  # fmt: skip
    ActionGoal.objects.bulk_create(
        ActionGoal(action=action, goal=goals[n % 10], is_main=True) for n, action in enumerate(actions)
    )
    Milestone.objects.bulk_create(
        Milestone(action=action, title="Étape", due_on=dt.date(2026, 10, 1)) for action in actions
    )
    Funding.objects.bulk_create(
        Funding(action=action, funder=funder, year=2026, planned=Decimal(1000)) for action in actions
    )
