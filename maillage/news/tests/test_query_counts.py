"""The pages of the team cost the same whatever is asked and whatever came."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.network.models import Contact
from maillage.news.models import NewsCampaign, NewsProposal, NewsRequest
from maillage.news.operations.asking import new_request
from maillage.people.spaces import today
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action
from maillage.plan.tests.factories import ConventionFactory, big_plan

MOST = 15


def campaign_of(size):
    """A started campaign on `size` actions, half of them answered, and one in preparation."""
    convention = ConventionFactory(territory=TerritoryFactory())
    big_plan(convention, size)
    team = member(convention.territory)
    actions = list(Action.objects.filter(convention=convention))
    lead = actions[0].lead_organization
    contacts = [
        Contact.objects.create(
            territory=convention.territory, organization=lead, name=f"P{n}", email=f"p{n}@example.org"
        )
        for n in range(3)
    ]
    dates = {"answers_by": today() + dt.timedelta(days=5), "by": team, "convention": convention}
    NewsCampaign.objects.create(title="En préparation", **dates)
    started = NewsCampaign.objects.create(title="En cours", started_at="2026-01-01T00:00:00Z", **dates)
    requests = NewsRequest.objects.bulk_create(
        new_request(action, contacts[n % 3], campaign=started, by=team) for n, action in enumerate(actions)
    )
    NewsProposal.objects.bulk_create(
        NewsProposal(request=request, answer="advances", sentence="Bien") for request in requests[::2]
    )
    return convention, team, started


@pytest.mark.django_db
def test_the_pages_of_news_cost_the_same_for_10_and_for_400_actions(client):
    counts = {}
    for size in (10, 400):
        convention, team, started = campaign_of(size)
        client.force_login(team)
        slug = convention.territory.slug
        draft = NewsCampaign.objects.get(convention=convention, started_at=None)
        urls = {
            "news": reverse("news", args=[slug]),
            "campaign": reverse("campaign", args=[slug, started.pk]),
            "draft": reverse("campaign", args=[slug, draft.pk]) + "?silence=1",
            "dashboard": reverse("dashboard", args=[slug]),
            "action": reverse("action", args=[slug, started.requests.first().action_id]),
            "to_do": reverse("to_do", args=[slug]),
        }
        for name, url in urls.items():
            ContentType.objects.clear_cache()
            client.get(url)
            with CaptureQueriesContext(connection) as counted:
                assert client.get(url).status_code == 200
            counts.setdefault(name, []).append(len(counted))
    assert all(len(set(pair)) == 1 and pair[0] <= MOST for pair in counts.values()), counts
