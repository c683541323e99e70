"""Creating, editing and following an action."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from maillage.access.may import require
from maillage.discussion.operations import forget_discussion
from maillage.documents.operations import forget_documents
from maillage.journal.changes import changes_since, snapshot
from maillage.journal.operations import Change, record
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Action, ActionGoal, Convention, Goal
from maillage.plan.operations.editing import apply, create, in_words, locked
from maillage.plan.operations.meanwhile import Stored, settled
from maillage.plan.rules.goals import next_number
from maillage.plan.rules.states import check_transition
from maillage.plan.vocabulary import ActionState, Health
from maillage.ui.meanwhile import Seen


@transaction.atomic
def create_action(convention: Convention, data: Mapping[str, Any], *, main_goal: Goal | None, by: User) -> Action:
    """Adds an action at the end of the plan, numbered after the others of its main goal when no number is given."""
    require(by, "action.edit", convention)
    action = place_action(locked(convention), data, main_goal=main_goal)
    record(action, "action.edit", "Action créée", by=by)
    return action


def place_action(convention: Convention, data: Mapping[str, Any], *, main_goal: Goal | None) -> Action:
    """The new action, last of a plan that is locked; who calls has asked the permission and writes the journal."""
    last = convention.actions.aggregate(last=Max("position"))["last"] or 0
    action = Action(territory_id=convention.territory_id, convention=convention)
    numbers = convention.actions.filter(goal_links__goal=main_goal, goal_links__is_main=True) if main_goal else None
    number = data.get("number") or (
        next_number(main_goal.number, list(numbers.values_list("number", flat=True)))
        if main_goal and numbers is not None
        else ""
    )
    create(action, {**data, "number": number, "position": last + 1})
    if main_goal:
        _set_goals(action, main_goal, [])
    return action


@transaction.atomic
def edit_action(action: Action, data: Mapping[str, Any], *, by: User, seen: Seen | None = None) -> Action:
    """Edits named fields of an action; its state and its health have verbs of their own.

    With `seen`, what somebody else changed meanwhile stays; raises `ChangedMeanwhile` where both changed.
    """
    require(by, "action.edit", action)
    action = locked(action)
    changes = apply(action, settled(action, data, seen))
    if changes:
        record(action, "action.edit", "Fiche modifiée", by=by, changes=changes)
    return action


@transaction.atomic
def move_action(
    action: Action, main_goal: Goal, others: Iterable[Goal], *, by: User, seen: Seen | None = None
) -> Action:
    """Says which goal the action serves first, and which others it also serves."""
    require(by, "action.edit", action)
    action = locked(action)
    before = _goals_in_words(action)
    known = _known_goals(action)
    given = settled(action, {"main_goal": main_goal, "others": list(others)}, seen, stored=known)
    _set_goals(action, given.get("main_goal") or known["main_goal"].value, given.get("others", known["others"].value))
    after = _goals_in_words(action)
    if before != after:
        change = Change(label="Objectifs", before=before, after=after)
        record(action, "action.edit", "Objectifs de l’action modifiés", by=by, changes=[change])
    return action


@transaction.atomic
def change_state(action: Action, state: ActionState, *, by: User, reason: str = "", seen: Seen | None = None) -> Action:
    """Moves an action to another state, with its reason where one is owed. The move is judged on today's state."""
    require(by, "action.follow", action)
    action = locked(action)
    before = ActionState(action.state)
    if state == before or not settled(action, {"state": state}, seen):
        if reason.strip():
            record(action, "action.follow", f"État toujours « {before.label} »", by=by, reason=reason)
        return action
    check_transition(before, state, reason)
    words = snapshot(action, ["state"])
    action.state, action.news_on = state, today()
    action.save(update_fields=["state", "news_on", "updated_at"])
    sentence = f"État passé de « {before.label} » à « {state.label} »"
    record(action, "action.follow", sentence, by=by, changes=changes_since(action, words), reason=reason)
    return action


@transaction.atomic
def change_health(
    action: Action, health: Health, note: str, *, by: User, on: dt.date | None = None, seen: Seen | None = None
) -> Action:
    """Says how an action fares, in a sentence when it is not well."""
    require(by, "action.follow", action)
    action = locked(action)
    given = settled(action, {"health": health, "health_note": note.strip()}, seen)
    health, note = Health(given.get("health", action.health)), given.get("health_note", action.health_note)
    if health != Health.GOOD and not note.strip():
        raise ValidationError({"health_note": "Dites en une phrase pourquoi l’action est à surveiller ou bloquée."})
    before = Health(action.health)
    apply(action, {"health": health, "health_note": note.strip(), "health_on": on or today(), "news_on": today()})
    sentence = (
        f"Santé passée de « {before.label} » à « {health.label} »"
        if before != health
        else f"Santé toujours « {health.label} »"
    )
    record(action, "action.follow", sentence, by=by, reason=note.strip())
    return action


@transaction.atomic
def delete_action(action: Action, *, by: User) -> None:
    """Removes an action for good; the journal keeps its main fields. The page asks before."""
    require(by, "action.edit", action)
    action = locked(action)
    kept = in_words(action, ["title", "state", "description", "lead_organization", "starts_on", "ends_on"])
    record(action, "action.edit", f"Action supprimée : {action}", by=by, changes=kept)
    forget_documents([action])
    forget_discussion([action])
    action.delete()


def _set_goals(action: Action, main_goal: Goal, others: Iterable[Goal]) -> None:
    for goal in {main_goal, *others}:
        if goal.convention_id != action.convention_id:
            raise ValidationError({"main_goal": "Cet objectif appartient à un autre plan."})
    action.goal_links.all().delete()
    links = [ActionGoal(action=action, goal=main_goal, is_main=True)]
    links += [ActionGoal(action=action, goal=goal) for goal in dict.fromkeys(others) if goal != main_goal]
    ActionGoal.objects.bulk_create(links)


def _known_goals(action: Action) -> dict[str, Stored]:
    links = list(action.goal_links.select_related("goal").order_by("-is_main", "goal__number"))
    main = next((link.goal for link in links if link.is_main), None)
    others = [link.goal for link in links if not link.is_main]
    return {
        "main_goal": Stored(main, str(main or "—"), "Objectif principal"),
        "others": Stored(others, " ; ".join(map(str, others)) or "—", "Autres objectifs servis"),
    }


def _goals_in_words(action: Action) -> str:
    links = action.goal_links.select_related("goal").order_by("-is_main", "goal__number")
    return " ; ".join(str(link.goal) for link in links)
