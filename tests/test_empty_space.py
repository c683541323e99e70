"""The first hour: every page of a space where nothing is written yet, then of one with a bare convention."""

import pytest
from django.urls import reverse

from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.tests.factories import ActionFactory, ConventionFactory, GoalFactory

PAGES = ["dashboard", "plan", "to_do", "convention", "organizations", "members", "journal", "territory", "search",
         "budget", "plan_board", "plan_table", "plan_timeline", "plan_communes", "plan_themes",
         "plan_partners", "commitments"]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_an_empty_space_says_where_to_start(name, client):
    territory = TerritoryFactory()
    client.force_login(member(territory))
    assert client.get(reverse(name, args=[territory.slug])).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_bare_convention_is_enough_for_every_page(name, client):
    convention = ConventionFactory()
    client.force_login(member(convention.territory))
    assert client.get(reverse(name, args=[convention.territory.slug])).status_code == 200


@pytest.mark.django_db
def test_a_bare_action_and_a_bare_goal_have_a_page(client):
    goal = GoalFactory()
    action = ActionFactory(convention=goal.convention)
    client.force_login(member(goal.territory))
    slug = goal.territory.slug
    assert client.get(reverse("action", args=[slug, action.pk])).status_code == 200
    assert client.get(reverse("goal", args=[slug, goal.pk])).status_code == 200
    assert "Actions sans objectif" in client.get(reverse("plan", args=[slug])).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["-1", "0", "999", "abc", "1e9"])
def test_a_page_number_that_makes_no_sense_shows_a_page(page, client):
    territory = TerritoryFactory()
    client.force_login(member(territory))
    assert client.get(reverse("journal", args=[territory.slug]), {"page": page}).status_code == 200
