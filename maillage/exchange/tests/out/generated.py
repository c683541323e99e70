"""Plans made up by Hypothesis: every field filled or not, with the texts that files stumble upon."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from maillage.network.models import Contact, Organization
from maillage.people.tests.factories import GASCOGNE
from maillage.plan.models import (
    Action,
    ActionGoal,
    ActionIndicator,
    ActionPartner,
    Commitment,
    Funding,
    Goal,
    GoalLevel,
    Milestone,
    Note,
    ProgressMarker,
    Reading,
    Scheme,
    Signatory,
    Step,
    SubAction,
)
from maillage.plan.vocabulary import ActionState, Health
from maillage.themes.models import TargetPublic, Theme

SEEDS = [
    "=1+1", "+33 5", "-5 %", "@moi", "'déjà protégé", "l’été « fini »", 'dit "oui"', "a,b;c", "un\u00a0mot", "12\u202f000 €",
    "œuvre", "日本語", "🎉 fête", "ligne 1\nligne 2", "ligne 1\r\nligne 2", "\ttabulé", "_x000D_", "4.2 : Apprendre", "1. Un axe",
    "Statut", "Sans axe", "(2)", "TRUE", "2026", "12/05/2026", "<b>gras</b>", "{{ titre }}", "#let x = 1", "e\u0301te\u0301",
]  # fmt: skip
LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufeff")


def texts(size=60):
    free = st.text(st.one_of(LETTERS, st.sampled_from("\n=+-@'\"; ,.:\u00a0")), max_size=size)
    return st.one_of(st.just(""), st.sampled_from(SEEDS), free).map(lambda text: text[:size])


def names(size=60):
    """A text that says something: a letter at least."""
    return texts(size).map(lambda text: text if any(c.isalnum() for c in text[: size - 6]) else f"Nom {text}"[:size])


DAYS = st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31))
AMOUNTS = st.none() | st.decimals(0, 9_999_999, places=2)


def days_in_order(draw):
    first, last = draw(DAYS), draw(DAYS)
    return (last, first) if first and last and first > last else (first, last)


class Maker:
    """Writes what is drawn under a convention."""

    def __init__(self, draw, convention):
        self.draw, self.convention, self.territory = draw, convention, convention.territory

    def one_of(self, rows):
        return self.draw(st.sampled_from(rows))

    def several(self, rows, most=2):
        return self.draw(st.lists(st.sampled_from(rows), unique=True, max_size=most))

    def choice(self, choices):
        return self.draw(st.sampled_from(choices.values))

    def names_of(self, model, most, **more):
        found = self.draw(st.lists(names(), min_size=1, max_size=most, unique_by=lambda text: text.lower()))
        return [model.objects.create(territory=self.territory, name=name, **more) for name in found]

    def make(self):
        draw, convention = self.draw, self.convention
        self.organizations = self.names_of(Organization, 3)
        self.contacts = self.names_of(Contact, 2, organization=None)
        self.schemes = self.names_of(Scheme, 2)
        for field in ("central_stake", "presentation", "governance"):
            setattr(convention, field, draw(texts(200)))
        convention.save()
        convention.themes.set(self.several(list(Theme.objects.all())))
        convention.schemes.set(self.several(self.schemes))
        GoalLevel.objects.create(convention=convention, depth=3, kind="objective", name="Cible", plural="Cibles")
        self.goals()
        self.convention_parts()
        for position in range(draw(st.integers(1, 3))):
            self.action(position)

    def goals(self):
        self.made = []
        for position in range(self.draw(st.integers(1, 4))):
            parent = self.draw(st.sampled_from([None, *(goal for goal in self.made if goal.depth < 3)]))
            goal = Goal.objects.create(
                territory=self.territory, convention=self.convention, parent=parent, kind="objective",
                depth=parent.depth + 1 if parent else 1, position=position, title=self.draw(names()),
                number=self.draw(st.sampled_from(["", "1", "4.2", "A"])), short_title=self.draw(texts(80)),
                description=self.draw(texts()), actor=self.draw(texts()), behaviour=self.draw(texts()),
            )  # fmt: skip
            self.made.append(goal)
            ProgressMarker.objects.create(
                goal=goal, level=self.choice(ProgressMarker.Level), text=self.draw(names()),
                observed_on=self.draw(DAYS), evidence=self.draw(texts()),
            )  # fmt: skip

    def convention_parts(self):
        for position, organization in enumerate(self.several(self.organizations)):
            party = Signatory.objects.create(
                convention=self.convention, organization=organization, position=position,
                deliberation_number=self.draw(texts()), signed_on=self.draw(DAYS), scope=self.draw(texts()),
            )  # fmt: skip
            Commitment.objects.create(signatory=party, text=self.draw(names()), due_on=self.draw(DAYS))
        Step.objects.create(convention=self.convention, kind=self.choice(Step.Kind), title=self.draw(texts()))

    def action(self, position):
        draw = self.draw
        first, last = days_in_order(draw)
        continuous = draw(st.booleans())
        health = self.choice(Health)
        action = Action.objects.create(
            territory=self.territory, convention=self.convention, position=position, title=draw(names(300)),
            number=draw(st.sampled_from(["", "1.1", "2.3"])), state=self.choice(ActionState), health=health,
            health_note="" if health == "good" else draw(names()), health_on=draw(DAYS),
            priority=draw(st.sampled_from(["", *Action.Priority.values])), starts_on=first,
            participation=draw(st.sampled_from(["", *Action.Participation.values])),
            ends_on=None if continuous else last, is_continuous=continuous, added_midway=draw(st.booleans()),
            lead_organization=draw(st.sampled_from([None, *self.organizations])), budget_total=draw(AMOUNTS),
            lead_person=draw(st.sampled_from([None, *self.contacts])), news_on=draw(DAYS), weight=draw(st.integers(1, 10)),
            elected_referent=draw(st.sampled_from([None, *self.contacts])),
            commune_codes=self.several(GASCOGNE[:3]),
            **{name: draw(texts(200)) for name in (
                "need", "description", "objectives", "expected_results", "human_means", "financial_means", "brakes",
                "levers", "calendar",
            )},
        )  # fmt: skip
        action.themes.set(self.several(list(Theme.objects.all())))
        action.publics.set(self.several(list(TargetPublic.objects.all())))
        action.schemes.set(self.several(self.schemes))
        for rank, goal in enumerate(self.several(self.made)):
            ActionGoal.objects.create(action=action, goal=goal, is_main=rank == 0)
        self.parts(action)

    def parts(self, action):
        draw = self.draw
        for organization in self.several(self.organizations):
            ActionPartner.objects.create(action=action, organization=organization, role=self.choice(ActionPartner.Role))
        before = None
        for position in range(draw(st.integers(0, 2))):
            before = Milestone.objects.create(
                action=action, position=position, title=draw(names()), owner=draw(texts()), due_on=draw(DAYS),
                done_on=draw(DAYS), depends_on=before,
            )  # fmt: skip
        for position in range(draw(st.integers(0, 2))):
            first, last = days_in_order(draw)
            SubAction.objects.create(
                action=action, position=position, title=draw(names()), description=draw(texts()),
                state=self.choice(ActionState), starts_on=first, ends_on=last, lead=draw(texts()),
            )  # fmt: skip
        for _line in range(draw(st.integers(0, 5))):
            planned = draw(st.decimals(0, 999_999, places=2))
            obtained = draw(st.none() | st.decimals(0, planned, places=2)) if planned else None
            Funding.objects.create(
                action=action, funder=self.one_of(self.organizations), planned=planned, obtained=obtained,
                unit=self.choice(Funding.Unit), year=draw(st.none() | st.integers(2000, 2100)),
            )  # fmt: skip
        if draw(st.booleans()):
            indicator = ActionIndicator.objects.create(
                action=action, kind=self.choice(ActionIndicator.Kind), name=draw(names()), unit=draw(texts()),
                baseline=draw(AMOUNTS), target=draw(AMOUNTS), target_on=draw(DAYS), source=draw(texts()),
            )  # fmt: skip
            Reading.objects.create(
                indicator=indicator, on=dt.date(2026, 1, 1), value=Decimal("1.125"), comment=draw(texts())
            )
        for _note in range(draw(st.integers(0, 3))):
            Note.objects.create(
                action=action, on=draw(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))), text=draw(names()),
                label=draw(texts()), audience=self.choice(Note.Audience),
            )  # fmt: skip
