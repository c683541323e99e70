"""One action that says everything of itself, led by Marc, who has an address and no account."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.core import mail

from maillage.network.models import Contact
from maillage.news.models import NewsCampaign, NewsRequest
from maillage.news.operations.asking import ask_for_news
from maillage.news.secrecy import token_of
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Action, ActionIndicator, Funding, Milestone
from maillage.plan.tests.conftest import convention, coordinator, territory
from maillage.plan.tests.factories import ActionFactory, OrganizationFactory

__all__ = ["convention", "coordinator", "territory"]


@dataclass
class Scene:
    action: Action
    marc: Contact
    milestone: Milestone
    indicator: ActionIndicator
    line: Funding
    team: User

    def fresh(self, row):
        return type(row).objects.get(pk=row.pk)


@pytest.fixture
def scene(convention, coordinator) -> Scene:
    lead = OrganizationFactory(territory=convention.territory, name="Service santé")
    marc = Contact.objects.create(
        territory=convention.territory, name="Marc Bénac", organization=lead, email="marc@example.org"
    )
    action = ActionFactory(
        convention=convention, title="Loger les internes", number="2.1", state="ongoing", lead_organization=lead,
        lead_person=marc,
    )  # fmt: skip
    milestone = action.milestones.create(title="Troisième logement", due_on=today() + dt.timedelta(days=20))
    indicator = action.indicators.create(name="Internes accueillis", kind="output", target=6)
    indicator.readings.create(on=dt.date(2025, 10, 31), value=4)
    line = action.fundings.create(funder=lead, year=today().year, planned=Decimal(12000), spent=Decimal(9000))
    return Scene(action, marc, milestone, indicator, line, coordinator)


@pytest.fixture
def asked(scene, django_capture_on_commit_callbacks) -> NewsRequest:
    """Marc was asked; the mail left and is forgotten."""
    with django_capture_on_commit_callbacks(execute=True):
        request = ask_for_news(scene.action, scene.marc, by=scene.team)
    mail.outbox.clear()
    return request


@pytest.fixture
def campaign(convention, coordinator) -> NewsCampaign:
    on = today()
    return NewsCampaign.objects.create(
        convention=convention, title="Avant le copil", meeting_title="Comité de pilotage", by=coordinator,
        meeting_on=on + dt.timedelta(days=10), answers_by=on + dt.timedelta(days=7),
    )  # fmt: skip


def path_of(request: NewsRequest) -> str:
    return f"/nouvelles/{token_of(request)}/"
