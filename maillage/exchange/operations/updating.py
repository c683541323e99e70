"""A newer file is applied to the plan: only what was chosen, in one transaction, one journal entry an action."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from maillage.access.may import require
from maillage.exchange.comparing import Compared, Difference, compare
from maillage.exchange.operations.joining import convention_to_fill, mark_loaded
from maillage.exchange.operations.loading import Loader
from maillage.exchange.workbook import PlanDraft
from maillage.exchange.workbook.matching import How
from maillage.journal.operations import Change, record
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import (
    Action,
    ActionGoal,
    ActionPartner,
    Funding,
    Goal,
    Milestone,
    Note,
    PlanImport,
    SubAction,
)
from maillage.plan.operations.editing import apply, create, locked

NAMES = ("lead_organization", "lead_person", "elected_referent")
KINDS: dict[str, type[models.Model]] = {
    model.__name__: model for model in (Funding, ActionPartner, Milestone, SubAction, Note)
}


@dataclass(slots=True)
class Chosen:
    """What a person ticked: (rank, key) of differences, ranks of close titles that are right, ranks of new actions."""

    changes: set[tuple[int, str]] = field(default_factory=set)
    confirmed: set[int] = field(default_factory=set)
    added: set[int] = field(default_factory=set)


@transaction.atomic
def load_update(plan_import: PlanImport, chosen: Chosen, *, by: User) -> PlanImport:
    """Changes the actions as chosen and adds those chosen. Raises `ValidationError` when the file has errors."""
    require(by, "plan.import", plan_import)
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state != PlanImport.State.READ or plan_import.mode != PlanImport.Mode.UPDATE:
        raise ValidationError("Cet import est déjà chargé, ou il a été annulé.")
    convention = convention_to_fill(plan_import.territory)
    draft = PlanDraft.from_json(plan_import.draft)
    if draft.errors:
        raise ValidationError("Ce fichier a encore des erreurs. Corrigez-le, puis importez-le de nouveau.")
    comparison = compare(draft, convention)
    todo = []
    for item in comparison.compared:
        kept = [difference for difference in item.differences if (item.rank, difference.key) in chosen.changes]
        if kept and (item.how != How.CLOSE or item.rank in chosen.confirmed):
            todo.append((item, kept))
    new = [action for rank, action in comparison.new if rank in chosen.added]
    if not todo and not new:
        raise ValidationError("Rien n’est coché : choisissez au moins un changement ou une action nouvelle.")
    paths = [tuple(action.goal_path) for action in new]
    paths += [tuple(kept.value) for _item, differences in todo for kept in differences if kept.key == "goal"]
    goals = [goal for goal in draft.goals if any(path[: len(goal.path)] == tuple(goal.path) for path in paths)]
    loader = Loader(convention, plan_import, by)
    for _done in loader.load(PlanDraft(draft.sheet, goals, new, goal_id=draft.goal_id)):
        pass
    plan_import.before = [_change(item, kept, loader, plan_import.file_name, by) for item, kept in todo]
    plan_import.counts |= {"changed": len(todo), "added": len(new)}
    plan_import.save(update_fields=["before", "counts"])
    loader.say_created()
    mark_loaded(plan_import)
    sentence = (
        f"Plan mis à jour depuis « {plan_import.file_name} » : {len(todo)} actions modifiées, {len(new)} ajoutées"
    )
    record(plan_import, "plan.import", sentence, by=by)
    return plan_import


def give_back(plan_import: PlanImport, *, by: User) -> int:
    """Gives back what an update changed, inside the transaction of the undo; how many things edited since stay."""
    left = 0
    for kept in plan_import.before:
        action = Action.objects.select_for_update().filter(pk=kept["action"]).first()
        if action is None:
            left += 1
            continue
        restored = {
            name: value for name, value in kept["before"].items() if _plain(action, name) == kept["after"][name]
        }
        left += len(kept["before"]) - len(restored)
        changes: list[Change] = []
        try:
            with transaction.atomic():
                changes += apply(action, {name: _typed(Action, name, value) for name, value in restored.items()})
        except ValidationError:
            left += len(restored)
        for part in kept["parts"]:
            change = _give_part_back(part)
            changes += [change] if change else []
            left += 0 if change else 1
        if kept["goal"] and (change := _give_goal_back(action, kept["goal"])):
            changes.append(change)
        if changes:
            record(action, "action.edit", f"Mise à jour annulée : « {plan_import.file_name} »", by=by, changes=changes)
    return left


def _change(item: Compared, kept: list[Difference], loader: Loader, file_name: str, by: User) -> dict[str, Any]:
    """Changes one action; answers what is needed to give it back."""
    action = locked(item.action)
    fields: dict[str, Any] = {}
    parts: list[dict[str, Any]] = []
    changes: list[Change] = []
    goal: list[int | None] = []
    for difference in kept:
        head = difference.key.split("-")[0]
        if difference.key == "goal":
            goal = _set_main_goal(action, loader.goals[tuple(difference.value)])
        elif head in _PARTS and "-" in difference.key:
            parts.append(_PARTS[head](action, item, difference.value, loader))
        else:
            fields[difference.key] = difference.value
            continue
        changes.append(Change(label=difference.label, before=difference.before, after=difference.after))
    data = {name: _value(name, value, loader, fields) for name, value in fields.items()}
    before = {name: _plain(action, name) for name in data}
    changes = [*apply(action, data), *changes]
    record(action, "action.edit", f"Fiche mise à jour depuis « {file_name} »", by=by, changes=changes)
    after = {name: _plain(action, name) for name in data}
    return {"action": action.pk, "before": before, "after": after, "parts": parts, "goal": goal}


def _value(name: str, said: Any, loader: Loader, fields: dict[str, Any]) -> Any:
    """What a field takes, from what the file says."""
    if name == "lead_organization":
        return loader.directory.organization(said or "")
    if name in NAMES:
        return loader.directory.contact(said or "")
    return _typed(Action, name, said)


def _typed(model: type[models.Model], name: str, said: Any) -> Any:
    """A JSON value as its field holds it; a relation is named by its number."""
    kind = model._meta.get_field(name)
    if isinstance(kind, models.ForeignKey):
        return kind.related_model._default_manager.filter(pk=said).first() if said else None
    if said in ("", None):
        return "" if isinstance(kind, models.CharField | models.TextField) else None
    return kind.to_python(said)  # type: ignore[union-attr]


def _plain(row: models.Model, name: str) -> Any:
    """The value of a field as JSON holds it."""
    kind = row._meta.get_field(name)
    value = getattr(row, kind.attname) if isinstance(kind, models.ForeignKey) else getattr(row, name)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if hasattr(value, "isoformat") else value


# Parts: a row added, or one field of a row changed


def _added(row: models.Model) -> dict[str, Any]:
    create(row, {})
    row.refresh_from_db()
    return {"kind": type(row).__name__, "pk": row.pk, "is_new": True, "now": _picture(row)}


def _changed(row: Any, name: str, value: Any) -> dict[str, Any]:
    row = locked(row)
    before = _plain(row, name)
    apply(row, {name: value})
    return {
        "kind": type(row).__name__,
        "pk": row.pk,
        "is_new": False,
        "name": name,
        "before": before,
        "after": _plain(row, name),
    }


def _picture(row: models.Model) -> dict[str, Any]:
    return {kind.name: _plain(row, kind.name) for kind in row._meta.fields}


def _funding(action: Action, item: Compared, said: Any, loader: Loader) -> dict[str, Any]:
    pk, funder, amount = said
    if pk:
        return _changed(Funding(pk=pk), "planned", Decimal(amount))
    return _added(Funding(action=action, funder=loader.directory.organization(funder), planned=Decimal(amount)))


def _partner(action: Action, item: Compared, said: Any, loader: Loader) -> dict[str, Any]:
    role, name = said
    return _added(ActionPartner(action=action, organization=loader.directory.organization(name), role=role))


def _milestone(action: Action, item: Compared, said: Any, loader: Loader) -> dict[str, Any]:
    return _added(Milestone(action=action, title=said[:300], position=action.milestones.count() + 1))


def _sub(action: Action, item: Compared, said: Any, loader: Loader) -> dict[str, Any]:
    pk, rank = said
    wanted = item.draft.sub_actions[rank]
    if pk:
        return _changed(SubAction(pk=pk), "state", wanted.state)
    row = SubAction(
        action=action, title=wanted.title, description=wanted.description, state=wanted.state, lead=wanted.lead,
        starts_on=_typed(SubAction, "starts_on", wanted.starts_on),
        ends_on=_typed(SubAction, "ends_on", wanted.ends_on),
        position=action.sub_actions.count() + 1,
    )  # fmt: skip
    return _added(row)


def _note(action: Action, item: Compared, said: Any, loader: Loader) -> dict[str, Any]:
    pk, rank = said
    label, text = item.draft.notes[rank]
    if pk:
        return _changed(Note(pk=pk), "text", text)
    return _added(Note(action=action, on=today(), author=loader.by, label=label, text=text))


_PARTS = {"funding": _funding, "partner": _partner, "milestones": _milestone, "sub": _sub, "note": _note}


def _give_part_back(part: dict[str, Any]) -> Change | None:
    """Takes an added row away, or gives a changed one its value back; None when somebody has touched it since."""
    row = KINDS[part["kind"]]._default_manager.filter(pk=part["pk"]).first()
    label = str(KINDS[part["kind"]]._meta.verbose_name).capitalize()
    if row is None:
        return None
    if part["is_new"]:
        if _picture(row) != part["now"]:
            return None
        words = str(row)
        row.delete()
        return Change(label=label, before=words, after="—")
    if _plain(row, part["name"]) != part["after"]:
        return None
    (change,) = apply(row, {part["name"]: _typed(type(row), part["name"], part["before"])})
    return change


def _set_main_goal(action: Action, goal: Goal) -> list[int | None]:
    before = action.goal_links.filter(is_main=True).values_list("goal_id", flat=True).first()
    action.goal_links.filter(is_main=True).delete()
    ActionGoal.objects.update_or_create(action=action, goal=goal, defaults={"is_main": True})
    return [before, goal.pk]


def _give_goal_back(action: Action, pair: Iterable[int | None]) -> Change | None:
    before, after = pair
    link = action.goal_links.filter(is_main=True, goal=after).select_related("goal").first()
    goal = Goal.objects.filter(pk=before).first() if before else None
    if link is None or (before and goal is None):
        return None
    words = str(link.goal)
    link.delete()
    if goal:
        ActionGoal.objects.update_or_create(action=action, goal=goal, defaults={"is_main": True})
    return Change(label="Objectif principal", before=words, after=str(goal or "—"))
