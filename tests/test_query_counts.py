"""A page costs the same whatever the size of the plan: the number of its queries is constant, and fifteen at most."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from maillage.access.roles import SPEAKING_FOR_AN_ORGANIZATION, Role
from maillage.discussion.operations import add_comment
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action, Goal
from maillage.plan.rules.table import COLUMNS
from maillage.plan.tests.factories import ConventionFactory, OrganizationFactory, big_plan, partner_member

MOST = 15


def queries_of(client, url, counter):
    ContentType.objects.clear_cache()
    client.get(url)  # the first page of a process reads the content types, for good
    with counter(MOST) as counted:
        assert client.get(url).status_code == 200
    return len(counted.captured_queries)


def urls_of(convention):
    slug = convention.territory.slug
    action = Action.objects.filter(convention=convention).first()
    return {
        "dashboard": reverse("dashboard", args=[slug]),
        "overview": reverse("overview", args=[slug]),
        "goal": reverse("goal", args=[slug, Goal.objects.filter(convention=convention)[0].pk]),
        "plan": reverse("plan", args=[slug]),
        "table": reverse("plan_table", args=[slug]),
        "table, everything shown": reverse("plan_table", args=[slug])
        + "?groupe=theme&tri=-retard&sans=indicateur&"
        + "&".join(f"col={key}" for key in COLUMNS),
        "action": reverse("action", args=[slug, action.pk]),
        "to_do": reverse("to_do", args=[slug]),
        "budget": reverse("budget", args=[slug]),
        "plan_board": reverse("plan_board", args=[slug]),
        "plan_timeline": reverse("plan_timeline", args=[slug]),
        "plan_communes": reverse("plan_communes", args=[slug]),
        "plan_themes": reverse("plan_themes", args=[slug]),
        "plan_partners": reverse("plan_partners", args=[slug]),
        "commitments": reverse("commitments", args=[slug]),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_the_main_pages_cost_the_same_with_10_and_with_2000_actions(role, client, django_assert_max_num_queries):
    counts = {}
    for size in (10, 2000):
        territory = TerritoryFactory()
        convention = ConventionFactory(territory=territory)
        big_plan(convention, size)
        lead = Action.objects.filter(convention=convention).first().lead_organization
        speaks = role in SPEAKING_FOR_AN_ORGANIZATION
        user = partner_member(territory, lead, role) if speaks else member(territory, role)
        client.force_login(user)

        counts[size] = {
            name: queries_of(client, url, django_assert_max_num_queries) for name, url in urls_of(convention).items()
        }
    assert counts[10] == counts[2000]


@pytest.mark.django_db
def test_an_action_full_of_everything_costs_what_an_empty_one_does(client, django_assert_max_num_queries):
    territory = TerritoryFactory()
    convention = ConventionFactory(territory=territory)
    big_plan(convention, 1)
    full = Action.objects.get(convention=convention)
    organizations = [OrganizationFactory(territory=territory) for _ in range(30)]
    for organization in organizations:
        full.partner_links.create(organization=organization)
        full.fundings.create(funder=organization, year=2026, planned=1)
        full.milestones.create(title="Étape")
        indicator = full.indicators.create(name="Indicateur", kind="output")
        indicator.readings.create(on="2026-01-01", value=1)
        full.notes.create(on="2026-01-01", text="Note")
    people = [member(territory) for _ in range(5)]
    for person in people:
        add_comment(full, "Un mot pour tout le monde", people=people, by=person)
    client.force_login(people[0])
    url = reverse("action", args=[territory.slug, full.pk])
    client.get(url)
    with django_assert_max_num_queries(MOST):
        assert client.get(url).status_code == 200
