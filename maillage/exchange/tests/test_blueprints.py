"""Models to start a plan from: shipped whole, in general words, loaded and undone like a file."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from maillage.access.roles import Role
from maillage.exchange.blueprints import blueprints, draft_of
from maillage.exchange.operations.blueprints import read_blueprints
from maillage.exchange.operations.imports import load_import, undo_import
from maillage.people.tests.factories import member
from maillage.plan.models import Action, ActionIndicator
from maillage.plan.operations import create_action
from maillage.themes.models import Theme


def test_seven_models_are_shipped_and_each_is_whole(db):
    assert [model.slug for model in blueprints()] == [
        "petite-enfance", "enfance-jeunesse", "parentalite", "animation-de-la-vie-sociale",
        "acces-aux-droits-et-numerique", "logement", "handicap",
    ]  # fmt: skip
    slugs = set(Theme.objects.values_list("slug", flat=True))
    for model in blueprints():
        actions = [action for _title, actions in model.goals for action in actions]
        assert 2 <= len(actions) <= 4 and set(model.themes) <= slugs
        for action in actions:
            assert action.milestones and action.indicators and all(action.texts.values())
            assert {kind for kind, _name, _unit in action.indicators} <= set(ActionIndicator.Kind.values)
            assert not re.search(
                r"€|@|\b20\d\d\b", " ".join([action.title, *action.texts.values(), *action.milestones])
            )
    titles = [action.title for model in blueprints() for _title, actions in model.goals for action in actions]
    assert len(titles) == len(set(titles))


def test_a_model_is_looked_at_loaded_and_undone(convention, coordinator):
    found = read_blueprints(convention, ["logement-1-1", "logement-2-1"], by=coordinator)
    assert found.file_name == "Modèles (Logement)" and not Action.objects.exists()
    load_import(found, by=coordinator)
    first = Action.objects.get(title="Prévenir ensemble les impayés de loyer")
    assert (first.milestones.count(), first.indicators.count(), first.themes.get().slug) == (
        3,
        1,
        "logement-et-cadre-de-vie",
    )
    assert first.notes.get().label == "À adapter"
    assert str(first.goal_links.get().goal.parent) == "Logement"
    assert (first.lead_organization, first.fundings.count()) == (None, 0)
    undo_import(found, by=coordinator)
    assert not Action.objects.exists() and not convention.goals.exists()


def test_an_action_that_the_plan_holds_is_left_out_and_nothing_is_refused(convention, coordinator):
    create_action(convention, {"title": "Prévenir ensemble les impayés de loyer"}, main_goal=None, by=coordinator)
    found = read_blueprints(convention, ["logement-1-1", "logement-2-1"], by=coordinator)
    assert found.counts["actions"] == 1 and "déjà au plan" in found.draft["problems"][0]["message"]
    with pytest.raises(ValidationError, match="Cochez au moins une action"):
        read_blueprints(convention, ["logement-1-1", "rien"], by=coordinator)


def test_nothing_chosen_makes_an_empty_draft():
    assert draft_of(set()).actions == []


def test_the_page_shows_the_actions_of_the_chosen_themes(convention, coordinator, client):
    client.force_login(coordinator)
    url = reverse("blueprint_new", args=["ici"])
    assert "Prévenir ensemble" not in client.get(url).content.decode()
    assert "Prévenir ensemble" in client.get(url, {"theme": "logement"}).content.decode()
    assert "Cochez au moins une action" in client.post(url).content.decode()
    assert client.post(url, {"action": "logement-1-1"}).status_code == 302


def test_another_role_brings_no_model(convention, territory):
    with pytest.raises(PermissionDenied):
        read_blueprints(convention, ["logement-1-1"], by=member(territory, Role.ELECTED))
