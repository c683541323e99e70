"""From the demo's content to a plan, through the same operations as everybody."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from maillage.journal.models import Entry
from maillage.network.models import Organization
from maillage.network.naming import Directory
from maillage.people.models import User
from maillage.plan.models import (
    Action,
    ActionIndicator,
    ActionPartner,
    Commitment,
    Convention,
    Funding,
    Goal,
    Milestone,
    Note,
    ProgressMarker,
    Reading,
    Scheme,
    Signatory,
    Step,
    SubAction,
)
from maillage.plan.operations import (
    Answer,
    add_part,
    create_action,
    create_convention,
    create_goal,
    edit_part,
    give_news,
    move_action,
    name_levels,
)
from maillage.plan.operations.bulk import BulkChange, edit_many_actions, preview_of
from maillage.plan.operations.saved_views import add_saved_view
from maillage.plan.rules.bulk import Kind
from maillage.plan.vocabulary import GoalKind
from maillage.territories.models import Territory
from maillage.themes.models import TargetPublic, Theme


class PlanLoader:
    def __init__(self, territory: Territory, content: dict[str, Any], *, by: User) -> None:
        self.territory = territory
        self.content = content
        self.by = by
        self.convention: Convention
        self.directory = Directory(territory, by=by, is_example=True)
        self.goals: dict[str, Goal] = {}
        self.schemes: dict[str, Scheme] = {}

    def load(self) -> None:
        self._load_convention()
        self._load_signatories()
        for step in self.content["step"]:
            # The flyer dates the signature; every other step is invented.
            add_part(Step, self.convention, step | {"is_example": step["kind"] != Step.Kind.SIGNATURE}, by=self.by)
        change = {"kind": GoalKind.CHANGE, "name": "Changement visé", "plural": "Changements visés"}
        objective = {"kind": GoalKind.OBJECTIVE, "name": "Objectif", "plural": "Objectifs"}
        name_levels(self.convention, [change, objective], by=self.by)  # type: ignore[list-item]
        self.load_goals(1)
        self.load_actions()
        self.tell_news()
        self.load_views()

    def load_views(self) -> None:
        """What a team keeps at hand, and one change made to several actions at once."""
        for view in self.content.get("view", []):
            add_saved_view(self.territory, view["page"], view["query"], view["name"], is_shared=True, by=self.by)
        for given in self.content.get("bulk", []):
            ids = list(self.convention.actions.filter(number__in=given["actions"]).values_list("pk", flat=True))
            change = BulkChange(Kind.PRIORITY, given["priority"])
            digest = preview_of(self.convention, ids, change).digest
            edit_many_actions(self.convention, ids, change, digest=digest, key=uuid.uuid4(), by=self.by)

    def _load_convention(self) -> None:
        given = dict(self.content["convention"])
        self.schemes = {
            name: add_part(Scheme, self.territory, {"name": name}, by=self.by) for name in given.pop("schemes")
        }
        given["themes"] = list(Theme.objects.filter(slug__in=given["themes"]))
        given["schemes"] = list(self.schemes.values())
        given["team_fte"] = Decimal(given["team_fte"])
        self.convention = create_convention(self.territory, given, by=self.by)

    def _load_signatories(self) -> None:
        known = {}
        for party in self.content["signatory"]:
            organization = Organization.objects.create(
                territory=self.territory, name=party["name"], short_name=party.get("short", ""), kind=party["kind"]
            )
            data = {
                "organization": organization, "scope": party.get("scope", ""), "signed_on": self.convention.signed_on,
            }  # fmt: skip
            known[party["name"]] = add_part(Signatory, self.convention, data, by=self.by)
        for promise in self.content["commitment"]:
            data = {key: value for key, value in promise.items() if key != "by"} | {"is_example": True}
            add_part(Commitment, known[promise["by"]], data, by=self.by)
        self.directory = Directory(self.territory, by=self.by, is_example=True)

    def load_goals(self, _depth: int) -> None:
        for given in self.content["goal"]:
            data = {key: value for key, value in given.items() if key != "markers"}
            goal = create_goal(self.convention, data, by=self.by)
            self.goals[given["number"]] = goal
            for level, text, seen in given.get("markers", []):
                marker = {"level": level, "text": text, "observed_on": seen or None}
                add_part(ProgressMarker, goal, marker, by=self.by)

    def load_actions(self) -> None:
        for given in self.content["action"]:
            self._load_action(given)
        for given in self.content.get("wait", []):
            step, before = (self._step(*named) for named in given["steps"])
            edit_part(step, {"depends_on": before}, by=self.by)

    def _step(self, number: str, title: str) -> Milestone:
        return Milestone.objects.get(action__convention=self.convention, action__number=number, title=title)

    def _load_action(self, given: dict[str, Any]) -> None:
        lead = self.directory.organization(given.get("lead", ""))
        named = (
            "number", "title", "state", "health", "health_note", "health_on", "starts_on", "ends_on", "priority",
            "need", "description", "levers", "brakes", "added_midway", "weight",
        )  # fmt: skip
        data: dict[str, Any] = {key: given[key] for key in named if key in given}
        data |= {
            "expected_results": given.get("results", ""),
            "lead_organization": lead,
            "lead_person": self.directory.contact(given.get("person", ""), lead),
            "elected_referent": self.directory.contact(given.get("elected", "")),
            "publics": list(TargetPublic.objects.filter(slug__in=given.get("publics", []))),
            "themes": list(Theme.objects.filter(slug__in=given.get("themes", []))),
            "schemes": [self.schemes[name] for name in given.get("schemes", [])],
            "commune_codes": given.get("communes", []),
            "is_example": True,
        }
        goal = self.goals[given["goal"]]
        action = create_action(self.convention, data, main_goal=goal, by=self.by)
        if others := [self.goals[number] for number in given.get("also", [])]:
            move_action(action, goal, others, by=self.by)
        self._load_parts(action, given)

    def _load_parts(self, action: Action, given: dict[str, Any]) -> None:
        def add(model: Any, holder: Any, **data: Any) -> Any:
            return add_part(model, holder, data, by=self.by)

        for name in given.get("partners", []):
            role = ActionPartner.Role.TECHNICAL
            add(ActionPartner, action, organization=self.directory.organization(name), role=role)
        for title, due_on, done_on in given.get("milestones", []):
            add(Milestone, action, title=title, due_on=due_on, done_on=done_on or None)
        for title, state, lead in given.get("sub_actions", []):
            add(SubAction, action, title=title, state=state, lead=lead)
        for funder, year, planned, obtained, spent in given.get("fundings", []):
            amounts = {"planned": Decimal(planned), "obtained": Decimal(obtained), "spent": Decimal(spent)}
            add(Funding, action, funder=self.directory.organization(funder), year=year, **amounts)
        for funder, year, planned in given.get("fte", []):
            organization = self.directory.organization(funder)
            add(Funding, action, funder=organization, year=year, unit=Funding.Unit.FTE, planned=Decimal(planned))
        for kind, name, unit, source, baseline, target, readings in given.get("indicators", []):
            indicator = add(
                ActionIndicator, action, kind=kind, name=name, unit=unit, source=source,
                baseline=Decimal(str(baseline)), target=Decimal(str(target)), target_on=dt.date(2026, 12, 31),
            )  # fmt: skip
            for on, value in readings:
                add(Reading, indicator, on=on, value=Decimal(str(value)))
        for sentence in given.get("news", []):
            add(Note, action, on=dt.date(2026, 11, 19), text=sentence, author=self.by)

    def tell_news(self) -> None:
        """What was said of late. The journal writes the day of today: here it is given the day of the story."""
        first_day = dt.datetime.combine(self.convention.signed_on or self.convention.starts_on, dt.time(9), dt.UTC)
        # The journal refuses to be changed (`Entry.objects`); its own base manager is the demo's alone.
        journal = Entry._base_manager.filter(territory=self.territory)
        journal.update(at=first_day)
        readings = Reading.objects.filter(indicator__action__convention=self.convention)
        for reading in readings.select_related("indicator"):
            read = dt.datetime.combine(reading.on, dt.time(9), dt.UTC)
            told = journal.filter(subject_id=reading.indicator.action_id, sentence=f"Relevé ajouté : {reading}")
            told.update(at=read)
        for given in self.content["action"]:
            done = [done_on for _, _, done_on in given.get("milestones", []) if done_on]
            heard_on = given.get("heard") or max(done, default=None)
            self.convention.actions.filter(number=given["number"]).update(news_on=heard_on)
        for given in self.content["news"]:
            action = Action.objects.get(convention=self.convention, number=given["action"])
            give_news(action, Answer(given["answer"]), given["sentence"], by=self.by)
            Action.objects.filter(pk=action.pk).update(news_on=given["on"], health_on=given["on"])
            said = dt.datetime.combine(given["on"], dt.time(9), dt.UTC)
            journal.filter(at__gt=first_day, subject_id=action.pk, sentence__startswith="Nouvelles").update(at=said)
