"""Writing a draft into the plan, in batches, inside the transaction of the import that calls it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Max

from maillage.exchange.workbook import ActionDraft, PlanDraft
from maillage.network.models import Contact, Organization
from maillage.network.naming import Directory
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import (
    Action,
    ActionGoal,
    ActionIndicator,
    ActionPartner,
    Convention,
    Funding,
    Goal,
    GoalLevel,
    Milestone,
    Note,
    PlanImport,
    SubAction,
)
from maillage.plan.vocabulary import GoalKind
from maillage.themes.models import Theme
from maillage.ui.french import folded

BATCH = 250
#: Rows just found or written need no asking again whether they exist: one query each would be most of the time.
RELATIONS = {field.name for field in Action._meta.fields if field.is_relation}
Progress = Callable[[int], None]
#: What a plan calls its levels when the territory has named fewer than the file has.
LEVEL_NAMES = [
    (GoalKind.AXIS, "Axe", "Axes"),
    (GoalKind.OBJECTIVE, "Sous-axe", "Sous-axes"),
    (GoalKind.OBJECTIVE, "Sous-sous-axe", "Sous-sous-axes"),
    (GoalKind.OBJECTIVE, "Niveau 4", "Niveau 4"),
    (GoalKind.OBJECTIVE, "Niveau 5", "Niveau 5"),
]


class Loader:
    """Writes one draft under one convention; `plan_import` is the name under which it can be taken back."""

    def __init__(self, convention: Convention, plan_import: PlanImport, by: User) -> None:
        self.convention = convention
        self.plan_import = plan_import
        self.by = by
        self.directory = Directory(convention.territory, by=by)
        self.goals: dict[tuple[str, ...], Goal] = {}
        #: The goal of the actions that name none.
        self.under: Goal | None = None

    def load(self, draft: PlanDraft) -> Iterator[int]:
        """Writes batch after batch, and says each time how many actions are done."""
        self._name_levels(max((len(goal.path) for goal in draft.goals), default=0))
        self._load_goals(draft)
        self.under = self.convention.goals.filter(pk=draft.goal_id).first() if draft.goal_id else None
        last = self.convention.actions.aggregate(last=Max("position"))["last"] or 0
        done = 0
        for start in range(0, len(draft.actions), BATCH):
            batch = draft.actions[start : start + BATCH]
            rows = [self._action(action, last + start + rank) for rank, action in enumerate(batch, start=1)]
            for row in rows:
                row.clean_fields(exclude=RELATIONS)
            Action.objects.bulk_create(rows)
            self._load_parts(batch, rows)
            done += len(batch)
            yield done
        self.say_created()

    def say_created(self) -> None:
        """Keeps which partners and contacts came with the file, so that they can go with it."""
        for kind, key in ((Organization, "organizations_created"), (Contact, "contacts_created")):
            created = [row.pk for row in self.directory.created if isinstance(row, kind)]
            self.plan_import.counts = {**self.plan_import.counts, key: created}
        self.plan_import.save(update_fields=["counts"])

    def _name_levels(self, depth: int) -> None:
        """A plan deeper than the named levels gets the names of the template for what is missing."""
        named = self.convention.levels.count()
        for rank in range(named, depth):
            kind, name, plural = LEVEL_NAMES[rank]
            GoalLevel.objects.create(convention=self.convention, depth=rank + 1, kind=kind, name=name, plural=plural)

    def _load_goals(self, draft: PlanDraft) -> None:
        """Goals already in the plan are found by their titles; new ones come after the others."""
        levels = {level.depth: level for level in self.convention.levels.all()}
        known = {
            (goal.parent_id, folded(goal.number), folded(goal.title)): goal for goal in self.convention.goals.all()
        }
        last = self.convention.goals.aggregate(last=Max("position"))["last"] or 0
        for rank, found in enumerate(draft.goals, start=1):
            parent = self.goals.get(tuple(found.path[:-1]))
            key = (parent.pk if parent else None, folded(found.number), folded(found.title))
            goal = known.get(key)
            if goal is None:
                goal = Goal.objects.create(
                    territory_id=self.convention.territory_id,
                    convention=self.convention,
                    parent=parent,
                    depth=len(found.path),
                    kind=levels[len(found.path)].kind,
                    number=found.number[:20],
                    title=found.title or found.path[-1],
                    position=last + rank,
                    imported_in=self.plan_import,
                )
            self.goals[tuple(found.path)] = goal

    def _action(self, draft: ActionDraft, position: int) -> Action:
        lead = self.directory.organization(draft.lead_organization)
        return Action(
            territory_id=self.convention.territory_id,
            convention=self.convention,
            position=position,
            number=draft.number,
            title=draft.title,
            state=draft.state,
            health=draft.health,
            health_note=draft.health_note[:300],
            health_on=today() if draft.health_note else None,
            priority=draft.priority,
            participation=draft.participation,
            starts_on=_day(draft.starts_on),
            ends_on=_day(draft.ends_on),
            is_continuous=draft.is_continuous,
            lead_organization=lead,
            lead_person=self.directory.contact(draft.lead_person, lead),
            elected_referent=self.directory.contact(draft.elected_referent),
            budget_total=_amount(draft.budget_total),
            commune_codes=draft.commune_codes,
            imported_in=self.plan_import,
            **draft.texts,
        )

    def _load_parts(self, drafts: list[ActionDraft], actions: list[Action]) -> None:
        pairs = list(zip(drafts, actions, strict=True))
        self._bulk(
            ActionGoal,
            (
                ActionGoal(action=action, goal=goal, is_main=True)
                for draft, action in pairs
                if (goal := self._goal_of(draft))
            ),
        )
        self._bulk(ActionPartner, (link for draft, action in pairs for link in self._partners(draft, action)))
        self._bulk(Funding, (line for draft, action in pairs for line in self._fundings(draft, action)))
        self._bulk(Milestone, (
            Milestone(action=action, position=rank, title=title[:300])
            for draft, action in pairs for rank, title in enumerate(draft.milestones, start=1)
        ))  # fmt: skip
        self._bulk(SubAction, (
            SubAction(
                action=action, position=rank, title=sub.title, description=sub.description, state=sub.state,
                starts_on=_day(sub.starts_on), ends_on=_day(sub.ends_on), lead=sub.lead,
            )
            for draft, action in pairs for rank, sub in enumerate(draft.sub_actions, start=1)
        ))  # fmt: skip
        self._bulk(ActionIndicator, (
            ActionIndicator(action=action, position=rank, kind=kind, name=name, unit=unit)
            for draft, action in pairs for rank, (kind, name, unit) in enumerate(draft.indicators, start=1)
        ))  # fmt: skip
        self._load_themes(pairs)
        self._bulk(Note, (
            Note(action=action, on=today(), author=self.by, label=label, text=text)
            for draft, action in pairs for label, text in draft.notes
        ))  # fmt: skip

    def _load_themes(self, pairs: list[tuple[ActionDraft, Action]]) -> None:
        if any(draft.themes for draft, _action in pairs):
            known = {theme.slug: theme.pk for theme in Theme.objects.all()}
            link = Action.themes.through
            self._bulk(link, (
                link(action=action, theme_id=known[slug])
                for draft, action in pairs for slug in draft.themes if slug in known
            ))  # fmt: skip

    def _goal_of(self, draft: ActionDraft) -> Goal | None:
        return self.goals[tuple(draft.goal_path)] if draft.goal_path else self.under

    def _partners(self, draft: ActionDraft, action: Action) -> list[ActionPartner]:
        named = [(name, ActionPartner.Role.OPERATIONAL) for name in draft.operational_partners]
        named += [(name, ActionPartner.Role.ASSOCIATED) for name in draft.partners]
        found = {(self.directory.organization(name), role) for name, role in named}
        return [
            ActionPartner(action=action, organization=organization, role=role)
            for organization, role in sorted(found, key=lambda pair: (str(pair[0]), pair[1]))
            if organization
        ]

    def _fundings(self, draft: ActionDraft, action: Action) -> list[Funding]:
        return [
            Funding(action=action, funder=funder, planned=Decimal(line.amount))
            for line in draft.fundings
            if (funder := self.directory.organization(line.funder))
        ]

    @staticmethod
    def _bulk(model: Any, rows: Iterable[Any]) -> None:
        model.objects.bulk_create(list(rows), batch_size=BATCH)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None
