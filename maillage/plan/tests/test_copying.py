"""An action is copied to another goal or another territory, without the people and the money."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from maillage.access.roles import Role
from maillage.journal.queries import history_of
from maillage.network.models import Contact
from maillage.people.models import Membership
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action
from maillage.plan.operations import copy_action
from maillage.plan.tests.factories import ActionFactory, ConventionFactory, GoalFactory, OrganizationFactory


@pytest.fixture
def full(territory, convention):
    lead = OrganizationFactory(territory=territory)
    action = ActionFactory(
        convention=convention, title="Ouvrir", need="Peu de places", lead_organization=lead, commune_codes=["32160"],
        lead_person=Contact.objects.create(territory=territory, name="Ada UN"), financial_means="Caf", human_means="Ada",
        budget_total=5, starts_on=dt.date(2026, 1, 1), state="done",
    )  # fmt: skip
    action.fundings.create(funder=lead, planned=5)
    action.partner_links.create(organization=lead)
    action.milestones.create(title="Cadrer", owner="Ada", due_on=dt.date(2026, 2, 1))
    action.sub_actions.create(title="Volet", lead="Ada")
    action.indicators.create(name="Places", kind="output", target=10).readings.create(on=dt.date(2026, 1, 1), value=1)
    action.notes.create(on=dt.date(2026, 1, 1), text="Note")
    return action


def elsewhere(coordinator):
    there = ConventionFactory(territory=TerritoryFactory(slug="ailleurs"))
    Membership.objects.create(territory=there.territory, user=coordinator, role=Role.COORDINATOR)
    return there


def test_a_copy_says_what_to_do_and_nobody_s_name_nor_any_amount(full, coordinator):
    there = elsewhere(coordinator)
    copy = copy_action(full, there, main_goal=GoalFactory(convention=there, number="4"), by=coordinator)
    assert (copy.title, copy.need, copy.territory, copy.number) == ("Ouvrir", "Peu de places", there.territory, "4.1")
    assert (copy.lead_organization, copy.lead_person, copy.budget_total, copy.starts_on) == (None, None, None, None)
    assert (copy.financial_means, copy.human_means, copy.commune_codes, copy.state) == ("", "", [], "to_come")
    assert [(row.title, row.owner, row.due_on) for row in copy.milestones.all()] == [("Cadrer", "", None)]
    assert [(row.title, row.lead) for row in copy.sub_actions.all()] == [("Volet", "")]
    assert [(row.name, row.target, row.readings.count()) for row in copy.indicators.all()] == [("Places", None, 0)]
    assert copy.fundings.count() + copy.partner_links.count() + copy.notes.count() == 0
    assert [entry.sentence for entry in history_of(copy)] == [f"Action copiée depuis « {full} », de {full.territory}"]


def test_in_the_same_plan_a_copy_is_named_as_one(full, convention, coordinator):
    copy = copy_action(full, convention, main_goal=None, by=coordinator)
    assert (copy.title, copy.commune_codes) == ("Ouvrir (copie)", ["32160"])


def test_one_copies_only_where_one_coordinates_and_under_a_goal_of_that_plan(full, convention, coordinator):
    with pytest.raises(PermissionDenied):
        copy_action(full, ConventionFactory(), main_goal=None, by=coordinator)
    with pytest.raises(PermissionDenied):
        copy_action(full, convention, main_goal=None, by=member(convention.territory, Role.READER))
    with pytest.raises(ValidationError, match="autre plan"):
        copy_action(full, convention, main_goal=GoalFactory(convention=ConventionFactory()), by=coordinator)
    assert Action.objects.count() == 1


def test_the_page_offers_the_goals_of_my_territories_only_and_leads_to_the_copy(
    full, coordinator, client, django_assert_max_num_queries
):
    there = elsewhere(coordinator)
    goal = GoalFactory(convention=there, title="Chez vous aussi")
    GoalFactory(convention=ConventionFactory(), title="Pas à vous")
    client.force_login(coordinator)
    url = reverse("action_copy", args=["ici", full.pk])
    with django_assert_max_num_queries(15):
        page = client.get(url).content.decode()
    assert "Chez vous aussi" in page and "Pas à vous" not in page
    answer = client.post(url, {"to": f"{there.pk}-{goal.pk}"})
    copy = Action.objects.get(territory=there.territory)
    assert answer["Location"] == reverse("action", args=["ailleurs", copy.pk])
    assert client.post(url, {"to": "0-0"}).status_code == 200
