"""The board: what stands in each column, who may move it, and what a refusal keeps."""

import re

import pytest
from django.urls import reverse

from maillage.access.may import may
from maillage.access.roles import Role
from maillage.journal.models import Entry
from maillage.people.tests.factories import UserFactory, member
from maillage.plan.models import ActionPartner
from maillage.plan.operations import change_state
from maillage.plan.permissions import followed_ids
from maillage.plan.queries.actions import action_rows
from maillage.plan.queries.board import SHOWN, board_of
from maillage.plan.rules.states import TRANSITIONS
from maillage.plan.tests.factories import ActionFactory, OrganizationFactory, partner_member
from maillage.plan.vocabulary import ActionState

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("affiliated", [True, False])
def test_the_list_of_what_one_may_follow_says_what_may_says_of_each(role, affiliated, territory, convention):
    ours = OrganizationFactory(territory=territory)
    user = partner_member(territory, ours, role) if affiliated else member(territory, role)
    ActionFactory(convention=convention, lead_organization=ours)
    ActionFactory(convention=convention)
    for partner_role in ActionPartner.Role.values:
        ActionFactory(convention=convention).partner_links.create(organization=ours, role=partner_role)
    found = followed_ids(user, convention)
    for action in convention.actions.all():
        assert (found is None or action.pk in found) == may(user, "action.follow", action)


def test_a_stranger_may_move_nothing(convention):
    assert followed_ids(UserFactory(), convention) == set()


def test_each_action_stands_once_in_the_column_of_its_state_with_the_moves_that_it_allows(convention, coordinator):
    for state in ActionState:
        ActionFactory(convention=convention, state=state)
    columns = board_of(convention, action_rows(convention), by=coordinator)
    assert [(column.state, column.size) for column in columns] == [(state, 1) for state in ActionState]
    for column in columns:
        assert set(column.cards[0].moves) == TRANSITIONS[column.state]


def test_a_long_column_shows_fifty_cards_and_says_how_many_more(convention, coordinator, client):
    for _ in range(SHOWN + 3):
        ActionFactory(convention=convention)
    client.force_login(coordinator)
    page = client.get(reverse("plan_board", args=[convention.territory.slug])).content.decode()
    assert page.count('class="carte-action') == SHOWN
    assert "Voir les 3 autres" in page


def test_a_card_moves_without_script_and_comes_back_to_the_same_filtered_board(convention, coordinator, client):
    action = ActionFactory(convention=convention, title="Livret")
    client.force_login(coordinator)
    slug = convention.territory.slug
    url = reverse("action_move", args=[slug, action.pk])
    answer = client.post(url, {"state": "ongoing", "suite": "theme=sante&q=é\nLocation: x"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("plan_board", args=[slug]) + "?theme=sante&q=%C3%A9%0A")
    action.refresh_from_db()
    assert action.state == ActionState.ONGOING
    assert Entry.objects.get().sentence == "État passé de « À venir » à « En cours »"


def test_a_move_that_owes_a_reason_opens_its_form_and_keeps_what_was_chosen(convention, coordinator, client):
    action = ActionFactory(convention=convention, state="ongoing")
    client.force_login(coordinator)
    url = reverse("action_move", args=[convention.territory.slug, action.pk])
    page = client.post(url, {"state": "abandoned"})
    text = page.content.decode()
    assert page.status_code == 200 and "Dites en une phrase pourquoi" in text
    assert re.search(r'value="abandoned"[^>]* checked', text)
    client.post(url, {"state": "abandoned", "reason": "Plus de salle"})
    action.refresh_from_db()
    assert (action.state, Entry.objects.get().reason) == ("abandoned", "Plus de salle")


@pytest.mark.parametrize(
    ("state", "asked", "status", "words", "owed"),
    [
        ("ongoing", "done", 200, "maintenant dans « Réalisée »", False),
        ("ongoing", "paused", 409, "Dites en une phrase", True),
        ("to_come", "done", 409, "ne peut pas devenir", False),
        ("to_come", "nulle-part", 409, "n’existe pas", False),
    ],
)
def test_a_script_is_told_the_new_card_or_the_sentence(
    state, asked, status, words, owed, convention, client, coordinator
):
    action = ActionFactory(convention=convention, state=state)
    client.force_login(coordinator)
    url = reverse("action_move", args=[convention.territory.slug, action.pk])
    answer = client.post(url, {"state": asked}, headers=SCRIPT)
    told = answer.json()
    assert (answer.status_code, told.get("owed")) == (status, owed)
    assert words in told["said"].replace("\u00a0", " ")
    action.refresh_from_db()
    assert action.state == (asked if status == 200 else state)
    assert ("carte-action" in told.get("card", "")) == (status == 200)
    assert Entry.objects.exists() == (status == 200)


def test_a_card_that_somebody_moved_meanwhile_is_not_moved_again_silently(convention, client, coordinator, territory):
    other = member(territory)
    action = ActionFactory(convention=convention, state="ongoing")
    change_state(action, ActionState.PAUSED, reason="Attente de la salle", by=other)
    client.force_login(coordinator)
    url = reverse("action_move", args=[territory.slug, action.pk]) + "?avant=ongoing"
    answer = client.post(url, {"state": "abandoned", "reason": "Fin"}, headers=SCRIPT)
    told = answer.json()
    assert answer.status_code == 409
    assert told["said"].startswith(f"Entre-temps, {other} a passé") and "« En pause »" in told["said"]
    assert (told["state"], "carte-action" in told["card"]) == ("paused", True)
    page = client.post(url, {"state": "abandoned", "reason": "Fin"}).content.decode()
    assert "Fin" in page and str(other) in page
    action.refresh_from_db()
    assert action.state == "paused"


def test_a_filtered_board_holds_what_the_filter_keeps(convention, coordinator, client):
    ActionFactory(convention=convention, title="Un livret", state="done")
    ActionFactory(convention=convention, title="Une fête", state="done")
    client.force_login(coordinator)
    url = reverse("plan_board", args=[convention.territory.slug])
    assert client.get(url, {"mots": "livret"}).content.decode().count('class="carte-action') == 1
    assert "Aucune action ne répond" in client.get(url, {"mots": "zzz"}).content.decode()


def test_a_partner_moves_its_own_cards_only(territory, convention, client):
    ours = OrganizationFactory(territory=territory)
    mine = ActionFactory(convention=convention, lead_organization=ours)
    other = ActionFactory(convention=convention)
    client.force_login(partner_member(territory, ours))
    page = client.get(reverse("plan_board", args=[territory.slug])).content.decode()
    assert page.count('class="poignee"') == 1
    assert client.post(reverse("action_move", args=[territory.slug, mine.pk]), {"state": "ongoing"}).status_code == 302
    assert client.post(reverse("action_move", args=[territory.slug, other.pk]), {"state": "ongoing"}).status_code == 403
