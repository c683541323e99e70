"""One change for many actions: seen first, carried out whole, undone in one click."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from maillage.access.may import require
from maillage.journal.changes import as_words
from maillage.journal.operations import Change, record_many
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Action, ActionGoal, BulkEdit, Convention
from maillage.plan.operations.bulk_writing import Values, as_json, give, held
from maillage.plan.rules.bulk import NAMES, Kind, Outcome, dates_refusal, digest_of, state_refusal
from maillage.plan.vocabulary import ActionState
from maillage.themes.models import Theme
from maillage.ui.french import plural

#: Kind → the columns that it writes; the first ones say what it is, those of `BESIDE` only go along.
COLUMNS: dict[Kind, tuple[str, ...]] = {
    Kind.STATE: ("state", "news_on"),
    Kind.HEALTH: ("health", "health_note", "health_on", "news_on"),
    Kind.LEAD: ("lead_organization_id",),
    Kind.REFERENT: ("elected_referent_id",),
    Kind.PRIORITY: ("priority",),
    Kind.WEIGHT: ("weight",),
    Kind.STARTS: ("starts_on",),
    Kind.ENDS: ("ends_on",),
    Kind.MIDWAY: ("added_midway",),
}
BESIDE = {"news_on", "health_on"}
FOLLOWED = {Kind.STATE, Kind.HEALTH}


@dataclass(frozen=True, slots=True)
class BulkChange:
    """`value` is what its kind holds: a state, a partner or None, a theme, a goal, a day… `reason` is the sentence
    that a state owes, or the note of a health."""

    kind: Kind
    value: Any
    reason: str = ""

    @property
    def columns(self) -> Values:
        """What is written in the row itself, as Python values."""
        if self.kind == Kind.STATE:
            return {"state": self.value, "news_on": today()}
        if self.kind == Kind.HEALTH:
            note = self.reason.strip() if self.value != "good" else ""
            return {"health": self.value, "health_note": note, "health_on": today(), "news_on": today()}
        if self.kind in {Kind.LEAD, Kind.REFERENT}:
            return {COLUMNS[self.kind][0]: self.value.pk if self.value else None}
        return {COLUMNS[self.kind][0]: self.value} if self.kind in COLUMNS else {}

    @property
    def names(self) -> list[str]:
        """Under which names `bulk_writing` holds what changes."""
        if self.kind in {Kind.THEME_ADD, Kind.THEME_REMOVE}:
            return [f"theme:{self.value.pk}"]
        return ["goals"] if self.kind == Kind.GOAL else list(self.columns)


@dataclass(frozen=True, slots=True)
class Preview:
    outcomes: list[Outcome]

    @property
    def changed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.is_change]

    @property
    def refused(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.refusal]

    @property
    def untouched(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if not outcome.refusal and not outcome.is_change]

    @property
    def digest(self) -> str:
        return digest_of(self.outcomes)


def preview_of(convention: Convention, ids: Iterable[int], change: BulkChange) -> Preview:
    """What the change would do to each action, in the order of the plan. Two queries at most."""
    return _preview(_rows(convention, ids), change)


@transaction.atomic
def edit_many_actions(
    convention: Convention, ids: Sequence[int], change: BulkChange, *, digest: str, key: uuid.UUID, by: User
) -> BulkEdit:
    """Carries out what the preview of that digest showed; the same key twice counts once.

    Raises `ValidationError` and changes nothing when an action vanished or when the preview no longer holds.
    """
    require(by, "action.edit", convention)
    actions = list(_rows(convention, ids).select_for_update(of=("self",)))
    if done := BulkEdit.objects.filter(territory_id=convention.territory_id, key=key).first():
        return done
    if missing := len(set(ids)) - len(actions):
        raise ValidationError(f"Supprimées entre-temps : {plural(missing, 'action')}. Rien n’a été changé.")
    preview = _preview(actions, change)
    if preview.digest != digest:
        raise ValidationError("Le plan a changé depuis cet aperçu. Rien n’a été changé : relisez-le, il est à jour.")
    if not preview.changed:
        raise ValidationError("Aucune des actions choisies ne change.")
    moved = {outcome.action_id: outcome for outcome in preview.changed}
    touched = list(_rows(convention, moved))
    before = held(touched, change.names)
    after = {pk: _after(change, values) for pk, values in before.items()}
    give(after)
    label = NAMES[change.kind][1]
    record_many(
        ((action, [_told(label, moved[action.pk])]) for action in touched),
        "action.follow" if change.kind in FOLLOWED else "action.edit",
        f"Modification groupée : {label.lower()}", by=by, reason=change.reason,
    )  # fmt: skip
    rows = [{"action": pk, "label": moved[pk].label, "before": before[pk], "after": after[pk]} for pk in before]
    sentence = f"{label} : « {next(iter(moved.values())).after} »" if not change.names[0].startswith("theme:") else (
        f"Thème {'ajouté' if change.kind == Kind.THEME_ADD else 'retiré'} : « {change.value} »"
    )  # fmt: skip
    return BulkEdit.objects.create(
        territory_id=convention.territory_id, key=key, before=rows, by=by,
        sentence=f"{sentence[:240]}, {plural(len(rows), 'action')}",
    )  # fmt: skip


def _rows(convention: Convention, ids: Iterable[int]) -> Any:
    rows = Action.objects.filter(convention=convention, territory_id=convention.territory_id, pk__in=list(ids))
    return rows.select_related("lead_organization", "elected_referent").order_by("position", "id")


def _told(label: str, outcome: Outcome) -> Change:
    return Change(label=label, before=outcome.before, after=outcome.after)


def _preview(actions: Iterable[Action], change: BulkChange) -> Preview:
    found = list(actions)
    if change.kind == Kind.GOAL:
        mains = ActionGoal.objects.filter(action__in=[a.pk for a in found], is_main=True).select_related("goal")
        goals = {link.action_id: str(link.goal) for link in mains}
        return Preview([Outcome(a.pk, str(a), goals.get(a.pk, "—"), str(change.value)) for a in found])
    if change.kind in {Kind.THEME_ADD, Kind.THEME_REMOVE}:
        return Preview(_themes_outcomes(found, change))
    return Preview([_outcome(action, change) for action in found])


def _themes_outcomes(actions: Sequence[Action], change: BulkChange) -> list[Outcome]:
    rows = Theme.objects.filter(pk__in=Action.themes.through.objects.filter(
        action__in=[action.pk for action in actions]).values("theme"))  # fmt: skip
    names = {theme.pk: theme.name for theme in rows} | {change.value.pk: change.value.name}
    links: dict[int, list[int]] = {}
    through = Action.themes.through.objects.filter(action__in=[action.pk for action in actions])
    for action_id, theme_id in through.values_list("action_id", "theme_id"):
        links.setdefault(action_id, []).append(theme_id)

    def words(ids: Iterable[int]) -> str:
        return ", ".join(sorted(names[pk] for pk in ids)) or "—"

    found = []
    for action in actions:
        before = set(links.get(action.pk, []))
        after = before | {change.value.pk} if change.kind == Kind.THEME_ADD else before - {change.value.pk}
        found.append(Outcome(action.pk, str(action), words(before), words(after)))
    return found


def _outcome(action: Action, change: BulkChange) -> Outcome:
    """The row takes the values in memory only, to be said in words; what is written is read again."""
    before, state = _words(action, change.kind), ActionState(action.state)
    for name, value in change.columns.items():
        setattr(action, name, value)
    if change.kind in {Kind.LEAD, Kind.REFERENT}:
        setattr(action, COLUMNS[change.kind][0].removesuffix("_id"), change.value)
    refusal = ""
    if change.kind == Kind.STATE:
        refusal = state_refusal(state, ActionState(change.value), change.reason)
    elif change.kind in {Kind.STARTS, Kind.ENDS}:
        refusal = dates_refusal(action.starts_on, action.ends_on, action.is_continuous)
    return Outcome(action.pk, str(action), before, _words(action, change.kind), refusal)


def _words(action: Action, kind: Kind) -> str:
    words = as_words(action, COLUMNS[kind][0].removesuffix("_id"))
    return f"{words} ({action.health_note})" if kind == Kind.HEALTH and action.health_note else words


def _after(change: BulkChange, before: Values) -> Values:
    if change.kind == Kind.GOAL:
        others = [[goal, False] for goal, is_main in before["goals"] if not is_main and goal != change.value.pk]
        return {"goals": sorted([[change.value.pk, True], *others])}
    if change.kind in {Kind.THEME_ADD, Kind.THEME_REMOVE}:
        return {change.names[0]: change.kind == Kind.THEME_ADD}
    return {name: as_json(value) for name, value in change.columns.items()}
