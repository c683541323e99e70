import contextlib
import datetime as dt
import time
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.access.roles import Role
from maillage.journal.models import Entry
from maillage.journal.queries import history_of
from maillage.network.models import Contact
from maillage.people.tests.factories import member
from maillage.plan.models import Action, ActionGoal, BulkEdit
from maillage.plan.operations import change_state, edit_action, move_action
from maillage.plan.operations.bulk import BulkChange, edit_many_actions, preview_of
from maillage.plan.operations.bulk_undo import undo_bulk_edit
from maillage.plan.operations.bulk_writing import held
from maillage.plan.rules.bulk import Kind, dates_refusal, state_refusal
from maillage.plan.tests.factories import ActionFactory, ConventionFactory, GoalFactory, OrganizationFactory, big_plan
from maillage.plan.vocabulary import ActionState
from maillage.themes.models import Theme

DAY = dt.date


@pytest.mark.parametrize(
    ("before", "after", "reason", "refused"),
    [
        ("to_come", "ongoing", "", False),
        ("ongoing", "ongoing", "", False),
        ("to_come", "done", "", True),
        ("ongoing", "paused", "", True),
        ("ongoing", "paused", "Manque de bras", False),
        ("done", "ongoing", "", True),
    ],
)
def test_a_state_is_refused_with_the_sentence_of_its_own_rule(before, after, reason, refused):
    assert bool(state_refusal(ActionState(before), ActionState(after), reason)) == refused


@pytest.mark.parametrize(
    ("starts", "ends", "continuous", "refused"),
    [
        (None, None, False, False),
        (DAY(2026, 1, 1), DAY(2026, 1, 1), False, False),
        (DAY(2026, 1, 2), DAY(2026, 1, 1), False, True),
        (None, DAY(2026, 1, 1), True, True),
        (DAY(2026, 1, 1), None, True, False),
    ],
)
def test_dates_are_refused_as_the_database_would(starts, ends, continuous, refused):
    assert bool(dates_refusal(starts, ends, continuous)) == refused


def carry_out(convention, ids, change, by, key=None):
    digest = preview_of(convention, ids, change).digest
    return edit_many_actions(convention, ids, change, digest=digest, key=key or uuid.uuid4(), by=by)


@pytest.fixture
def plan(territory, convention):
    caf = OrganizationFactory(territory=territory, name="Caf")
    goals = [GoalFactory(convention=convention, number=str(n), title=f"But {n}") for n in (1, 2)]
    rows = [
        ActionFactory(convention=convention, title=f"Action {n}", lead_organization=caf, starts_on=DAY(2024, 1, 1))
        for n in range(3)
    ]
    for row in rows:
        ActionGoal.objects.create(action=row, goal=goals[0], is_main=True)
    return rows


def changes_of(territory, convention):
    """One change of each kind, with how to read what it moves."""
    msa = OrganizationFactory(territory=territory, name="Msa")
    elu = Contact.objects.create(territory=territory, name="Élue")
    theme = Theme.objects.order_by("pk").first()
    goal = convention.goals.get(number="2")

    def field(name):
        return lambda action: getattr(action, name)

    return {
        Kind.STATE: (BulkChange(Kind.STATE, "ongoing"), field("state"), "ongoing"),
        Kind.HEALTH: (
            BulkChange(Kind.HEALTH, "watch", "Trop lent"),
            lambda a: (a.health, a.health_note),
            ("watch", "Trop lent"),
        ),
        Kind.LEAD: (BulkChange(Kind.LEAD, msa), field("lead_organization"), msa),
        Kind.REFERENT: (BulkChange(Kind.REFERENT, elu), field("elected_referent"), elu),
        Kind.PRIORITY: (BulkChange(Kind.PRIORITY, "high"), field("priority"), "high"),
        Kind.WEIGHT: (BulkChange(Kind.WEIGHT, 5), field("weight"), 5),
        Kind.STARTS: (BulkChange(Kind.STARTS, DAY(2025, 2, 3)), field("starts_on"), DAY(2025, 2, 3)),
        Kind.ENDS: (BulkChange(Kind.ENDS, DAY(2026, 2, 3)), field("ends_on"), DAY(2026, 2, 3)),
        Kind.MIDWAY: (BulkChange(Kind.MIDWAY, True), field("added_midway"), True),
        Kind.THEME_ADD: (BulkChange(Kind.THEME_ADD, theme), lambda a: list(a.themes.all()), [theme]),
        Kind.GOAL: (
            BulkChange(Kind.GOAL, goal),
            lambda a: [(x.goal, x.is_main) for x in a.goal_links.all()],
            [(goal, True)],
        ),
    }


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.THEME_REMOVE])
def test_a_change_of_each_kind_is_made_told_and_undone(plan, territory, convention, coordinator, kind):
    change, read, wanted = changes_of(territory, convention)[kind]
    before = [read(action) for action in plan]

    edit = carry_out(convention, [action.pk for action in plan], change, coordinator)

    assert [read(Action.objects.get(pk=action.pk)) for action in plan] == [wanted] * 3
    for action in plan:
        entry = history_of(action).get()
        assert entry.sentence.startswith("Modification groupée")
        assert entry.changes[0]["before"] != entry.changes[0]["after"]
    assert "3\u00a0actions" in edit.sentence

    undo_bulk_edit(edit, by=coordinator)

    assert [read(Action.objects.get(pk=action.pk)) for action in plan] == before
    assert all(history_of(action).count() == 2 for action in plan)
    edit.refresh_from_db()
    assert edit.undone_at and edit.left == []


def test_a_theme_is_taken_away_and_given_back(plan, convention, coordinator):
    theme = Theme.objects.order_by("pk").first()
    plan[0].themes.add(theme)

    edit = carry_out(convention, [action.pk for action in plan], BulkChange(Kind.THEME_REMOVE, theme), coordinator)
    assert not plan[0].themes.exists()
    assert len(edit.before) == 1

    undo_bulk_edit(edit, by=coordinator)
    assert list(plan[0].themes.all()) == [theme]
    assert not plan[1].themes.exists()


def test_what_is_refused_or_already_so_stays_and_is_said(plan, convention, coordinator):
    Action.objects.filter(pk=plan[0].pk).update(state="done")
    Action.objects.filter(pk=plan[1].pk).update(state="paused")
    change = BulkChange(Kind.STATE, "paused", "Travaux")

    preview = preview_of(convention, [action.pk for action in plan], change)

    assert [o.action_id for o in preview.refused] == [plan[0].pk]
    assert "ne peut pas devenir" in preview.refused[0].refusal
    assert [o.action_id for o in preview.untouched] == [plan[1].pk]
    assert [(o.action_id, o.before, o.after) for o in preview.changed] == [(plan[2].pk, "À venir", "En pause")]
    edit = carry_out(convention, [action.pk for action in plan], change, coordinator)
    assert Action.objects.get(pk=plan[0].pk).state == "done"
    assert Entry.objects.count() == 1
    assert history_of(plan[2]).get().reason == "Travaux"
    assert [row["action"] for row in edit.before] == [plan[2].pk]


def test_nothing_changes_when_an_action_vanished_or_the_preview_no_longer_holds(plan, convention, coordinator):
    ids, change = [action.pk for action in plan], BulkChange(Kind.WEIGHT, 4)
    digest = preview_of(convention, ids, change).digest
    edit_action(plan[1], {"weight": 2}, by=coordinator)
    with pytest.raises(ValidationError, match="a changé depuis cet aperçu"):
        edit_many_actions(convention, ids, change, digest=digest, key=uuid.uuid4(), by=coordinator)
    digest = preview_of(convention, ids, change).digest
    plan[2].delete()
    with pytest.raises(ValidationError, match="Supprimées entre-temps"):
        edit_many_actions(convention, ids, change, digest=digest, key=uuid.uuid4(), by=coordinator)
    assert not Action.objects.filter(weight=4).exists()
    assert not BulkEdit.objects.exists()


def test_a_yes_said_twice_counts_once(plan, convention, coordinator):
    ids, change, key = [action.pk for action in plan], BulkChange(Kind.WEIGHT, 4), uuid.uuid4()
    digest = preview_of(convention, ids, change).digest
    first = edit_many_actions(convention, ids, change, digest=digest, key=key, by=coordinator)
    assert edit_many_actions(convention, ids, change, digest=digest, key=key, by=coordinator) == first
    assert Entry.objects.count() == 3


def test_the_undoing_leaves_alone_what_somebody_edited_since_and_names_it(plan, territory, convention, coordinator):
    edit = carry_out(convention, [action.pk for action in plan], BulkChange(Kind.STATE, "ongoing"), coordinator)
    change_state(plan[0], ActionState.DONE, by=coordinator)
    edit_action(plan[1], {"title": "Renommée"}, by=coordinator)
    plan[2].delete()

    undone = undo_bulk_edit(edit, by=coordinator)

    assert Action.objects.get(pk=plan[0].pk).state == "done"
    fresh = Action.objects.get(pk=plan[1].pk)
    assert (fresh.state, fresh.title, fresh.news_on) == ("to_come", "Renommée", None)
    assert [row["why"] for row in undone.left] == ["modifiée depuis", "supprimée depuis"]
    with pytest.raises(ValidationError, match="déjà annulée"):
        undo_bulk_edit(edit, by=coordinator)


def test_the_undoing_never_breaks_a_date_nor_points_to_what_is_gone(plan, territory, convention, coordinator):
    edit = carry_out(convention, [plan[0].pk], BulkChange(Kind.STARTS, DAY(2023, 1, 1)), coordinator)
    edit_action(plan[0], {"ends_on": DAY(2023, 6, 1)}, by=coordinator)
    assert undo_bulk_edit(edit, by=coordinator).left[0]["why"] == "ses dates ont changé depuis"

    msa = OrganizationFactory(territory=territory, name="Msa")
    edit = carry_out(convention, [plan[1].pk, plan[2].pk], BulkChange(Kind.LEAD, msa), coordinator)
    Action.objects.filter(pk=plan[0].pk).update(lead_organization=None)
    territory.organizations.get(name="Caf").delete()
    assert [row["why"] for row in undo_bulk_edit(edit, by=coordinator).left] == [
        "ce qu’elle portait avant n’existe plus"
    ] * 2


def test_moving_the_main_goal_keeps_the_others_and_undoing_knows_when_they_moved(plan, convention, coordinator):
    one, two = convention.goals.order_by("number")
    move_action(plan[0], one, [two], by=coordinator)
    edit = carry_out(convention, [action.pk for action in plan], BulkChange(Kind.GOAL, two), coordinator)
    assert [(link.goal, link.is_main) for link in plan[0].goal_links.all()] == [(two, True)]
    move_action(plan[1], two, [one], by=coordinator)

    undone = undo_bulk_edit(edit, by=coordinator)

    assert {(link.goal, link.is_main) for link in plan[0].goal_links.all()} == {(one, True), (two, False)}
    assert [row["label"] for row in undone.left] == [str(plan[1])]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_the_team_changes_many_actions(plan, territory, convention, coordinator, role):
    edit = carry_out(convention, [plan[0].pk], BulkChange(Kind.WEIGHT, 2), coordinator)
    with pytest.raises(PermissionDenied):
        carry_out(convention, [plan[1].pk], BulkChange(Kind.WEIGHT, 3), member(territory, role))
    with pytest.raises(PermissionDenied):
        undo_bulk_edit(edit, by=member(territory, role))


def test_an_action_of_elsewhere_is_never_touched(plan, convention, coordinator):
    foreign = ActionFactory(convention=ConventionFactory())
    change = BulkChange(Kind.WEIGHT, 9)
    assert len(preview_of(convention, [plan[0].pk, foreign.pk], change).outcomes) == 1
    with pytest.raises(ValidationError):
        carry_out(convention, [plan[0].pk, foreign.pk], change, coordinator)


@pytest.mark.django_db
@pytest.mark.parametrize("size", [5, 500])
def test_five_hundred_actions_change_and_come_back_in_a_score_of_queries(
    convention, coordinator, django_assert_max_num_queries, size
):
    big_plan(convention, size)
    ids, change = list(convention.actions.values_list("pk", flat=True)), BulkChange(Kind.HEALTH, "watch", "À revoir")
    digest = preview_of(convention, ids, change).digest
    began = time.perf_counter()
    with django_assert_max_num_queries(20):
        edit = edit_many_actions(convention, ids, change, digest=digest, key=uuid.uuid4(), by=coordinator)
    with django_assert_max_num_queries(20):
        undo_bulk_edit(edit, by=coordinator)
    assert time.perf_counter() - began < 4  # two seconds each are promised; a tenth of it is measured
    assert Entry.objects.count() == 2 * size
    assert Action.objects.filter(health="good").count() == size


@pytest.mark.django_db
def test_from_the_table_to_the_yes_and_back(convention, client, coordinator):
    big_plan(convention, 130)
    Action.objects.filter(number__startswith="1.").update(state="paused")
    client.force_login(coordinator)
    url = reverse("plan_bulk", args=["ici"])
    chosen = client.post(url, {"portee": "toutes", "filtre": "etat=ongoing&tri=-retard", "kind": "poids"})
    assert "Voir l’aperçu" in chosen.text
    ids = ",".join(map(str, chosen.context["ids"]))
    assert ids.count(",") == 116
    sent = {
        "actions": ids,
        "filtre": "etat=ongoing&tri=-retard&licorne=1",
        "kind": "poids",
        "value": "7",
        "key": str(uuid.uuid4()),
    }
    seen = client.post(url, sent | {"apercu": "oui"})
    assert len(seen.context["preview"].changed) == 117
    assert not Action.objects.filter(weight=7).exists()

    yes = client.post(url, sent | {"confirmer": "oui", "digest": seen.context["preview"].digest})

    assert yes.url == reverse("plan_table", args=["ici"]) + "?etat=ongoing&tri=-retard"
    assert Action.objects.filter(weight=7).count() == 117
    undo = reverse("plan_bulk_undo", args=["ici", BulkEdit.objects.get().pk])
    assert f'action="{undo}"' in client.get(yes.url).text
    answer = client.post(undo, follow=True)
    assert "C’est annulé" in answer.text
    assert not Action.objects.filter(weight=7).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choisissez ce qui change."),
        ({"kind": "poids"}, "Cochez au moins une action."),
        ({"kind": "licorne", "actions": "1"}, "Choisissez ce qui change."),
        ({"kind": "poids", "actions": "un,deux"}, "Cochez au moins une action."),
    ],
)
def test_a_choice_without_action_or_change_is_answered_with_a_sentence(convention, client, coordinator, sent, said):
    client.force_login(coordinator)
    assert said in client.post(reverse("plan_bulk", args=["ici"]), sent, follow=True).text


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", "11", "deux"])
def test_a_wrong_value_keeps_the_choice_and_says_why(convention, client, coordinator, value):
    big_plan(convention, 2)
    client.force_login(coordinator)
    ids = ",".join(str(pk) for pk in convention.actions.values_list("pk", flat=True))
    answer = client.post(
        reverse("plan_bulk", args=["ici"]), {"actions": ids, "kind": "poids", "value": value, "apercu": "oui"}
    )
    assert answer.context["form"].errors
    assert answer.context["ids"] == [int(pk) for pk in ids.split(",")]


CHANGES = st.lists(
    st.tuples(st.sampled_from(sorted(Kind)), st.sets(st.integers(0, 3), min_size=1), st.booleans()), max_size=6
)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_any_sequence_of_changes_undone_backwards_gives_the_plan_back(territory, convention, coordinator, drawn):
    """Whatever was refused, already so, or changed twice: the actions, their goals and their themes come back."""
    with transaction.atomic():
        goals = [GoalFactory(convention=convention, number=str(n)) for n in (1, 2)]
        actions = [
            ActionFactory(convention=convention, state=state) for state in ("to_come", "ongoing", "paused", "done")
        ]
        for n, action in enumerate(actions):
            ActionGoal.objects.create(action=action, goal=goals[n % 2], is_main=True)
        organizations = [OrganizationFactory(territory=territory), None]
        theme = Theme.objects.order_by("pk").first()
        values = {
            Kind.STATE: ("paused", "ongoing"), Kind.HEALTH: ("watch", "good"), Kind.LEAD: organizations, Kind.REFERENT: (None, None),
            Kind.PRIORITY: ("high", ""), Kind.WEIGHT: (3, 1), Kind.STARTS: (DAY(2025, 1, 1), None), Kind.ENDS: (DAY(2024, 1, 1), None),
            Kind.THEME_ADD: (theme, theme), Kind.THEME_REMOVE: (theme, theme), Kind.MIDWAY: (True, False), Kind.GOAL: goals,
        }  # fmt: skip
        names = ["state", "news_on", "health", "health_note", "health_on", "lead_organization_id", "elected_referent_id", "priority",
                 "weight", "starts_on", "ends_on", "added_midway", "goals", f"theme:{theme.pk}"]  # fmt: skip

        def now():
            return held(list(Action.objects.filter(pk__in=[a.pk for a in actions]).order_by("pk")), names)

        before, edits = now(), []
        for kind, ranks, which in drawn:
            change = BulkChange(Kind(kind), values[Kind(kind)][which], "Parce que")
            with contextlib.suppress(ValidationError):  # nothing to change
                edits.append(carry_out(convention, [actions[n].pk for n in ranks], change, coordinator))
        for edit in reversed(edits):
            assert undo_bulk_edit(edit, by=coordinator).left == []
        assert now() == before
        transaction.set_rollback(True)
