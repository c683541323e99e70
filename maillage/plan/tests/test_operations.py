"""Each verb: what it writes, what it refuses, what the journal says of it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from maillage.access.roles import Role
from maillage.documents.models import Document
from maillage.documents.operations import attach_document
from maillage.journal.models import Entry
from maillage.people.tests.factories import member
from maillage.plan.models import Action, ActionPartner, Commitment, Funding, Goal, Milestone, Note, Signatory
from maillage.plan.operations import (
    Answer,
    add_part,
    change_health,
    change_state,
    create_action,
    create_convention,
    create_goal,
    delete_action,
    delete_goal,
    edit_action,
    edit_goal,
    edit_part,
    give_news,
    move_action,
    name_levels,
    remove_part,
)
from maillage.plan.tests.factories import ActionFactory, GoalFactory, OrganizationFactory, partner_member
from maillage.plan.vocabulary import ActionState, Health

pytestmark = pytest.mark.django_db


def test_a_new_convention_has_two_named_levels_and_one_journal_entry(territory, coordinator):
    data = {"title": "CTG", "starts_on": dt.date(2027, 1, 1), "ends_on": dt.date(2031, 12, 31)}
    convention = create_convention(territory, data, by=coordinator)
    assert [level.depth for level in convention.levels.all()] == [1, 2]
    assert Entry.objects.get().sentence == "Convention créée"


def test_a_convention_that_ends_before_it_starts_is_refused_with_a_sentence(territory, coordinator):
    data = {"title": "CTG", "starts_on": dt.date(2027, 1, 1), "ends_on": dt.date(2026, 1, 1)}
    with pytest.raises(ValidationError, match="prend fin avant"):
        create_convention(territory, data, by=coordinator)
    assert not Entry.objects.exists()


def test_an_action_is_numbered_after_the_others_of_its_goal(convention, coordinator):
    goal = create_goal(convention, {"title": "Se rencontrer"}, by=coordinator)
    first = create_action(convention, {"title": "Fête"}, main_goal=goal, by=coordinator)
    second = create_action(convention, {"title": "Livret"}, main_goal=goal, by=coordinator)
    assert (goal.number, first.number, second.number) == ("1", "1.1", "1.2")
    assert second.position > first.position


@pytest.mark.parametrize("role", [Role.ELECTED, Role.READER, Role.SIGNATORY, Role.FIELD_ACTOR])
def test_only_the_team_writes_the_plan(role, territory, convention):
    somebody = member(territory, role)
    action = ActionFactory(convention=convention)
    with pytest.raises(PermissionDenied, match="Votre rôle"):
        edit_action(action, {"title": "Autre"}, by=somebody)
    with pytest.raises(PermissionDenied):
        delete_action(action, by=somebody)
    with pytest.raises(PermissionDenied):
        create_goal(convention, {"title": "But"}, by=somebody)
    assert not Entry.objects.exists()


def test_editing_says_what_moved_and_an_edit_that_moves_nothing_says_nothing(convention, coordinator):
    action = ActionFactory(convention=convention, title="Avant")
    edit_action(action, {"title": "Après", "starts_on": dt.date(2026, 1, 1)}, by=coordinator)
    entry = Entry.objects.get()
    assert {"label": "Intitulé", "before": "Avant", "after": "Après"} in entry.changes
    edit_action(action, {"title": "Après"}, by=coordinator)
    assert Entry.objects.count() == 1


def test_an_action_that_ends_before_it_starts_is_refused_and_unchanged(convention, coordinator):
    action = ActionFactory(convention=convention)
    with pytest.raises(ValidationError, match="se termine avant"):
        edit_action(action, {"starts_on": dt.date(2026, 2, 1), "ends_on": dt.date(2026, 1, 1)}, by=coordinator)
    action.refresh_from_db()
    assert action.starts_on is None


def test_editing_what_somebody_has_just_deleted_says_so(convention, coordinator):
    action = ActionFactory(convention=convention)
    stale = Action.objects.get(pk=action.pk)
    delete_action(action, by=coordinator)
    with pytest.raises(ValidationError, match="supprimé"):
        edit_action(stale, {"title": "Trop tard"}, by=coordinator)


def test_deleting_an_action_keeps_what_it_said_in_the_journal(convention, coordinator):
    action = ActionFactory(convention=convention, title="Fête", description="Une fête par an")
    delete_action(action, by=coordinator)
    assert not Action.objects.exists()
    entry = Entry.objects.get()
    assert entry.sentence == "Action supprimée : Fête"
    assert {"label": "description", "before": "Une fête par an", "after": ""} in entry.changes


def test_deleting_an_action_takes_its_documents_along(convention, coordinator, django_capture_on_commit_callbacks):
    action = ActionFactory(convention=convention)
    pdf = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    document = attach_document(action, SimpleUploadedFile("note.pdf", pdf, "application/pdf"), by=coordinator)
    storage, name = document.file.storage, document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        delete_action(action, by=coordinator)
    assert not Document.objects.exists()
    assert not storage.exists(name)


def test_a_state_changes_with_its_reason(convention, coordinator):
    action = ActionFactory(convention=convention, state=ActionState.ONGOING)
    with pytest.raises(ValidationError, match="pourquoi"):
        change_state(action, ActionState.ABANDONED, by=coordinator)
    change_state(action, ActionState.ABANDONED, reason="Plus de financeur", by=coordinator)
    entry = Entry.objects.get()
    assert (entry.sentence, entry.reason) == ("État passé de « En cours » à « Abandonnée »", "Plus de financeur")


def test_poor_health_owes_a_sentence(convention, coordinator):
    action = ActionFactory(convention=convention)
    with pytest.raises(ValidationError, match="pourquoi"):
        change_health(action, Health.BLOCKED, " ", by=coordinator)
    change_health(action, Health.BLOCKED, "Poste non financé", by=coordinator)
    action.refresh_from_db()
    assert (action.health, action.health_note) == ("blocked", "Poste non financé")
    change_health(action, Health.GOOD, "", by=coordinator)
    action.refresh_from_db()
    assert action.health_note == ""


def test_a_field_actor_gives_news_of_what_her_organisation_carries_and_of_nothing_else(territory, convention):
    ours = OrganizationFactory(territory=territory)
    somebody = partner_member(territory, ours)
    led = ActionFactory(convention=convention, lead_organization=ours)
    joined = ActionFactory(convention=convention)
    ActionPartner.objects.create(action=joined, organization=ours, role="operational")
    financed = ActionFactory(convention=convention)
    ActionPartner.objects.create(action=financed, organization=ours, role="financial")
    give_news(led, Answer.ADVANCES, "Tout va bien", by=somebody)
    give_news(joined, Answer.BLOCKED, "Plus de salle", by=somebody)
    with pytest.raises(PermissionDenied):
        give_news(financed, Answer.DONE, "", by=somebody)
    led.refresh_from_db(), joined.refresh_from_db()
    assert (led.state, led.health) == ("ongoing", "good")
    assert (joined.health, joined.health_note) == ("blocked", "Plus de salle")
    assert Entry.objects.count() == 2


def test_news_of_a_closed_action_are_refused(convention, coordinator):
    action = ActionFactory(convention=convention, state=ActionState.DONE)
    with pytest.raises(ValidationError, match="close"):
        give_news(action, Answer.ADVANCES, "", by=coordinator)


def test_an_action_has_one_main_goal_and_serves_others(convention, coordinator):
    main, other = GoalFactory(convention=convention), GoalFactory(convention=convention)
    action = create_action(convention, {"title": "Transport"}, main_goal=main, by=coordinator)
    move_action(action, other, [main, other], by=coordinator)
    links = {link.goal_id: link.is_main for link in action.goal_links.all()}
    assert links == {other.pk: True, main.pk: False}


def test_a_goal_of_another_plan_is_refused(convention, coordinator):
    action = ActionFactory(convention=convention)
    with pytest.raises(ValidationError, match="autre plan"):
        move_action(action, GoalFactory(), [], by=coordinator)


def test_a_goal_that_still_holds_something_cannot_go(convention, coordinator):
    goal = create_goal(convention, {"title": "Se rencontrer"}, by=coordinator)
    create_action(convention, {"title": "Fête"}, main_goal=goal, by=coordinator)
    with pytest.raises(ValidationError, match="déplacez"):
        delete_goal(goal, by=coordinator)
    assert Goal.objects.count() == 1


def test_moving_a_goal_takes_its_branch_along_and_never_under_itself(convention, coordinator):
    name_levels(
        convention,
        [{"kind": "axis", "name": "Axe", "plural": "Axes"}, {"kind": "objective", "name": "Objectif", "plural": "Objectifs"},
         {"kind": "objective", "name": "Sous-objectif", "plural": "Sous-objectifs"}],
        by=coordinator,
    )  # fmt: skip
    top = create_goal(convention, {"title": "Haut"}, by=coordinator)
    branch = create_goal(convention, {"title": "Branche"}, by=coordinator)
    leaf = create_goal(convention, {"title": "Feuille", "parent": branch}, by=coordinator)
    edit_goal(branch, {"parent": top}, by=coordinator)
    leaf.refresh_from_db()
    assert (leaf.depth, leaf.kind) == (3, "objective")
    with pytest.raises(ValidationError, match="sous lui-même"):
        edit_goal(branch, {"parent": leaf}, by=coordinator)


def test_a_level_that_holds_goals_cannot_be_taken_away(convention, coordinator):
    top = create_goal(convention, {"title": "Haut"}, by=coordinator)
    create_goal(convention, {"title": "Bas", "parent": top}, by=coordinator)
    with pytest.raises(ValidationError, match="au moins 2"):
        name_levels(convention, [{"kind": "axis", "name": "Axe", "plural": "Axes"}], by=coordinator)


def test_the_journal_of_an_action_speaks_of_its_parts(convention, coordinator):
    action = ActionFactory(convention=convention)
    milestone = add_part(
        Milestone, action, {"title": "Signer le bail", "due_on": dt.date(2026, 12, 15)}, by=coordinator
    )
    edit_part(milestone, {"done_on": dt.date(2026, 12, 1)}, by=coordinator)
    remove_part(milestone, by=coordinator)
    sentences = list(Entry.objects.order_by("id").values_list("sentence", "subject_id"))
    assert sentences == [
        ("Étape ajoutée : Signer le bail", action.pk),
        ("Étape modifiée : Signer le bail", action.pk),
        ("Étape supprimée : Signer le bail", action.pk),
    ]


def test_parts_keep_the_order_in_which_they_came(convention, coordinator):
    action = ActionFactory(convention=convention)
    for title in ("Un", "Deux", "Trois"):
        add_part(Milestone, action, {"title": title}, by=coordinator)
    assert [milestone.title for milestone in action.milestones.all()] == ["Un", "Deux", "Trois"]


def test_a_funding_line_without_amount_leaves_nothing_behind(territory, convention, coordinator):
    action = ActionFactory(convention=convention)
    funder = OrganizationFactory(territory=territory)
    with pytest.raises(ValidationError, match="au moins un montant"):
        add_part(Funding, action, {"funder": funder, "year": 2026}, by=coordinator)
    add_part(Funding, action, {"funder": funder, "year": 2026, "planned": Decimal(500)}, by=coordinator)
    assert Funding.objects.count() == 1


def test_a_signatory_keeps_its_own_commitments_and_not_those_of_others(territory, convention, coordinator):
    caf, msa = OrganizationFactory(territory=territory), OrganizationFactory(territory=territory)
    ours = add_part(Signatory, convention, {"organization": caf}, by=coordinator)
    theirs = add_part(Signatory, convention, {"organization": msa}, by=coordinator)
    adviser = partner_member(territory, caf, Role.SIGNATORY)
    promise = add_part(Commitment, ours, {"text": "Verser le bonus"}, by=adviser)
    edit_part(promise, {"kept_on": dt.date(2026, 1, 1)}, by=adviser)
    with pytest.raises(PermissionDenied):
        add_part(Commitment, theirs, {"text": "Autre"}, by=adviser)


def test_a_stranger_may_nothing(convention):
    stranger = member(GoalFactory().territory)
    action = ActionFactory(convention=convention)
    with pytest.raises(PermissionDenied):
        add_part(Note, action, {"on": dt.date(2026, 1, 1), "text": "Bonjour"}, by=stranger)
