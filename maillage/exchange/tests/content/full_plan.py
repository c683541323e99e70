"""A convention that fills every field, written straight to the database; and one drawn by chance."""

import datetime as dt
from decimal import Decimal
from itertools import count

from maillage.exchange.content.schema import TABLES, Kind
from maillage.network.models import Contact, Organization
from maillage.plan.models import (
    Action,
    ActionGoal,
    ActionIndicator,
    ActionPartner,
    Commitment,
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
from maillage.plan.tests.factories import ConventionFactory
from maillage.territories.models import Perimeter
from maillage.themes.models import TargetPublic, Theme

#: Texts that a spreadsheet, YAML or a careless reader would change.
HARD = [
    "=1+1", "-12", "+33 5", "@lias", "'", "'=1", "''-2", " espace devant", "fin ", "deux\nlignes", "\n", "a\n\n b\n", "1.10",
    "no", "null", "2026-01-01", "« oui » ; non", 'un "guillemet"', "a;b,c", "\ttabulation", "🙂 œ", "# dièse", "- tiret",
    "clé: valeur", "\u00a0insécable", "0x10", "~", "{a}", "*renvoi", "&ancre", "!balise", "%", "|", ">", "x\u2028y", "\r",
]  # fmt: skip
words = count(1)
DAY = dt.date(2024, 2, 29)


def filled(model, choice=0, **given):
    """A row of the model with every field of the schema filled."""
    table = next(table for table in TABLES if table.model is model)
    values = {}
    for column in table.columns:
        if column.field in given or column.kind in {Kind.KEY, Kind.REF, Kind.REFS, Kind.SLUGS}:
            continue
        field = table.model_field(column)
        rank = next(words)
        values[column.field] = {
            Kind.TEXT: lambda field=field, rank=rank: f"{HARD[rank % len(HARD)]} {rank}"[: field.max_length],
            Kind.DAY: lambda rank=rank: DAY + dt.timedelta(days=rank % 7),
            Kind.AMOUNT: lambda rank=rank: Decimal(rank) / 4,
            Kind.WHOLE: lambda rank=rank: rank % 9 + 1,
            Kind.FLAG: lambda: True,
            Kind.CHOICE: lambda field=field: field.choices[choice % len(field.choices)][0],
            Kind.CODES: lambda: ["32160", "2A004"],
        }[column.kind]()  # fmt: skip
    return model(**values | given)


def saved(model, choice=0, **given):
    row = filled(model, choice, **given)
    row.save()
    return row


def full_plan(territory, actions=4):
    """Every table has rows, every field a value, every list word is used; names and numbers repeat."""
    convention = ConventionFactory(
        territory=territory, signed_on=DAY, central_stake=HARD[9], presentation=HARD[11], governance=HARD[26],
        team_fte=Decimal("2.25"), is_example=True,
    )  # fmt: skip
    Perimeter.objects.filter(territory=territory).delete()
    Perimeter.objects.create(territory=territory, starts_on="2021-01-01", ends_on="2023-04-30", edition=2023,
                             commune_codes=["32160", "31188"], reason="=Motif")  # fmt: skip
    Perimeter.objects.create(territory=territory, starts_on="2023-04-30", edition=2024, commune_codes=["32160"])
    organizations = [
        saved(Organization, n, territory=territory, name=f"{HARD[n]} {n}", siret="12345678901234",
              email="a@example.org", website="https://example.org/", phone="+33 5")
        for n in range(14)
    ]  # fmt: skip
    contacts = [
        saved(Contact, territory=territory, name="Même Nom", organization=organizations[n], email="b@example.org")
        for n in range(3)
    ]
    schemes = [saved(Scheme, territory=territory, name=f"Cadre {n}", short_name="CADRE") for n in range(2)]
    convention.themes.set(Theme.objects.all()[:3])
    convention.schemes.set(schemes)
    for n, organization in enumerate(organizations):
        signatory = saved(Signatory, convention=convention, organization=organization, position=14 - n)
        saved(Commitment, signatory=signatory)
        saved(Commitment, signatory=signatory, due_on=None, kept_on=None)
    for n in range(9):
        saved(Step, n, convention=convention, position=n)
    goals = [saved(Goal, n, territory=territory, convention=convention, number="1", title="Un axe") for n in range(4)]
    goals += [
        saved(Goal, n, territory=territory, convention=convention, parent=goals[n % 4], depth=2, number="1.1",
              title="Un objectif", position=9 - n)
        for n in range(8)
    ]  # fmt: skip
    for n in range(3):
        saved(ProgressMarker, n, goal=goals[n])
    for n in range(actions):
        _full_action(convention, n, organizations, contacts, goals, schemes)
    return convention


def _full_action(convention, n, organizations, contacts, goals, schemes):
    action = saved(
        Action, n, territory=convention.territory, convention=convention, number="1.10" if n == 1 else "",
        title="Une même action", position=0, starts_on=DAY, ends_on=DAY if n == 2 else None, is_continuous=n != 2, health="watch", lead_organization=organizations[n % 14],
        lead_person=contacts[0], elected_referent=contacts[1], state=["to_come", "ongoing", "paused", "done"][n % 4],
    )  # fmt: skip
    action.publics.set(TargetPublic.objects.all()[:2])
    action.themes.set(Theme.objects.all()[:2])
    action.schemes.set(schemes)
    ActionGoal.objects.create(action=action, goal=goals[4 + n % 8], is_main=True)
    ActionGoal.objects.create(action=action, goal=goals[0])
    for role in range(4):
        saved(ActionPartner, role, action=action, organization=organizations[role])
    saved(SubAction, n, action=action, starts_on=DAY, ends_on=DAY)
    first = saved(Milestone, action=action)
    saved(Milestone, action=action, depends_on=first, done_on=None)
    saved(Funding, 0, action=action, funder=organizations[0], year=None)
    saved(Funding, 1, action=action, funder=organizations[1], year=2025, spent=None)
    indicator = saved(ActionIndicator, n, action=action, baseline=Decimal("-1.125"))
    saved(Reading, indicator=indicator)
    for audience in range(3):
        saved(Note, audience, action=action)
