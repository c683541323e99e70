import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from maillage.network.models import Contact
from maillage.plan.models import Action, ActionGoal
from maillage.plan.queries.filters import PlanFilter, filtering_of
from maillage.plan.rules.filters import PARAMETERS, Asked, Gap
from maillage.plan.tests.factories import ActionFactory, ConventionFactory, GoalFactory, OrganizationFactory
from maillage.territories.models import Perimeter
from maillage.themes.models import Theme

TODAY = dt.date(2026, 11, 25)
PAIRS = st.lists(st.tuples(st.sampled_from(sorted(PARAMETERS)), st.text(max_size=30)), max_size=12)


@given(PAIRS)
def test_a_filter_written_in_an_address_comes_back_the_same(pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)

    asked = Asked.from_query(query)

    assert Asked.from_query(QueryDict(asked.query())) == asked


@given(
    st.lists(st.sampled_from(["to_come", "ongoing", "done"])), st.lists(st.integers(1, 999_999)),
    st.lists(st.sampled_from(list(Gap))), st.integers(2000, 2100), st.text(max_size=200),
)  # fmt: skip
def test_every_valid_condition_survives_the_address(states, goals, gaps, year, words):
    query = QueryDict(mutable=True)
    query.setlist("etat", states)
    query.setlist("objectif", [str(goal) for goal in goals])
    query.setlist("sans", [gap.value for gap in gaps])
    query["annee"], query["mots"] = str(year), words

    asked = Asked.from_query(query)

    assert not asked.ignored or not words.strip().isprintable()
    assert set(asked.values("etat")) == set(states)
    assert set(asked.ids("objectif")) == set(goals)
    assert Asked.from_query(QueryDict(asked.query())) == asked


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("etat=volante", [("etat", "volante")]),
        ("etat=done&etat=volante", [("etat", "volante")]),
        ("objectif=-1", [("objectif", "-1")]),
        ("objectif=0", [("objectif", "0")]),
        ("objectif=1;drop", [("objectif", "1;drop")]),
        ("objectif=99999999999999999999", [("objectif", "99999999999999999999")]),
        ("pilote=²", [("pilote", "²")]),
        ("annee=1999", [("annee", "1999")]),
        ("annee=deux", [("annee", "deux")]),
        ("commune=3216", [("commune", "3216")]),
        ("theme=a%20b", [("theme", "a b")]),
        ("retard=non", [("retard", "non")]),
        ("etat=", []),
        ("mots=%20%20", []),
    ],
)
def test_what_cannot_be_understood_is_left_aside_and_named(query, ignored):
    assert list(Asked.from_query(QueryDict(query)).ignored) == ignored


@pytest.mark.parametrize(
    ("typed", "kept"), [("  Relais   petite\tenfance ", "Relais petite enfance"), ("a\x00b", "ab")]
)
def test_words_are_tidied(typed, kept):
    query = QueryDict(mutable=True)
    query["mots"] = typed
    assert Asked.from_query(query).values("mots") == [kept]


@pytest.fixture
def plan(territory, convention):
    """One action a condition, told apart by its title."""
    top = GoalFactory(convention=convention, number="1")
    low = GoalFactory(convention=convention, number="1.1", depth=2, parent=top, kind="objective")
    caf, msa = (
        OrganizationFactory(territory=territory, name="Caf"),
        OrganizationFactory(territory=territory, name="Msa"),
    )
    heard = {"convention": convention, "lead_organization": caf, "news_on": TODAY}
    done = ActionFactory(
        title="Faite", state="done", ends_on=dt.date(2023, 6, 1), starts_on=dt.date(2022, 3, 1), **heard
    )
    ended = ActionFactory(title="Passée", state="ongoing", ends_on=TODAY - dt.timedelta(1), **heard)
    step = ActionFactory(
        title="Étape passée", state="ongoing", ends_on=dt.date(2026, 12, 31), added_midway=True, **heard
    )
    step.milestones.create(title="Oubliée", due_on=TODAY - dt.timedelta(3))
    step.milestones.create(title="À venir", due_on=TODAY + dt.timedelta(3))
    quiet = ActionFactory(
        convention=convention, title="Muette", starts_on=dt.date(2024, 1, 1), health="watch", health_note="x"
    )
    young = ActionFactory(
        convention=convention, title="Jeune", starts_on=dt.date(2026, 11, 1), description="le RELAIS petite enfance"
    )
    low_action = ActionFactory(title="Sous l’objectif", **heard)
    for action, goal in ((low_action, low), (done, top)):
        ActionGoal.objects.create(action=action, goal=goal, is_main=True)
    ActionGoal.objects.create(action=done, goal=low)
    done.partner_links.create(organization=msa)
    done.partner_links.create(organization=msa, role="financial")
    done.fundings.create(funder=msa, planned=1)
    ended.indicators.create(kind="output", name="Places")
    young.themes.add(Theme.objects.get_or_create(slug="logement", defaults={"name": "Logement"})[0])
    young.commune_codes = ["32160", "32013"]
    young.save()
    done.commune_codes = ["32013"]
    done.save()
    quiet.elected_referent = Contact.objects.create(territory=territory, name="Élu")
    quiet.save()
    Perimeter.objects.filter(territory=territory).update(commune_codes=["32160", "32013"])
    return {"top": top.pk, "low": low.pk, "caf": caf.pk, "msa": msa.pk, "elu": quiet.elected_referent.pk}


ALL = {"Faite", "Passée", "Étape passée", "Muette", "Jeune", "Sous l’objectif"}
CASES = [
    ("", ALL),
    ("etat=done", {"Faite"}),
    ("etat=done&etat=ongoing", {"Faite", "Passée", "Étape passée"}),
    ("sante=watch", {"Muette"}),
    ("retard=oui", {"Passée", "Étape passée"}),
    ("objectif={top}", {"Faite", "Sous l’objectif"}),
    ("objectif={low}", {"Faite", "Sous l’objectif"}),
    ("objectif={low}&etat=done", {"Faite"}),
    ("pilote={caf}", ALL - {"Muette", "Jeune"}),
    ("partenaire={msa}", {"Faite"}),
    ("financeur={msa}", {"Faite"}),
    ("elu={elu}", {"Muette"}),
    ("theme=logement", {"Jeune"}),
    ("commune=32160", ALL - {"Faite"}),
    ("commune=32013", ALL),
    ("sans=pilote", {"Muette", "Jeune"}),
    ("sans=indicateur", ALL - {"Passée"}),
    ("sans=date", {"Sous l’objectif"}),
    ("sans=nouvelles", {"Muette"}),
    ("sans=pilote&sans=date", {"Muette", "Jeune", "Sous l’objectif"}),
    ("ajoutee=oui", {"Étape passée"}),
    ("annee=2022", {"Faite", "Passée", "Étape passée"}),
    ("annee=2026", {"Passée", "Étape passée", "Muette", "Jeune"}),
    ("mots=relais+enfance", {"Jeune"}),
    ("mots=relais+crèche", set()),
]


@pytest.mark.parametrize(("query", "titles"), CASES)
def test_a_condition_keeps_the_actions_that_it_names_each_once(plan, convention, query, titles, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False)
    kept = filtering_of(QueryDict(query.format(**plan)), convention).apply(Action.objects.filter(convention=convention))

    assert sorted(kept.values_list("title", flat=True)) == sorted(titles)


@pytest.mark.django_db
def test_what_belongs_elsewhere_is_ignored_with_a_sentence(plan, convention):
    foreign = OrganizationFactory(name="Ailleurs")
    goal = GoalFactory(convention=ConventionFactory())

    filtering = filtering_of(QueryDict(f"pilote={foreign.pk}&objectif={goal.pk}&theme=licorne&etat=done"), convention)

    assert filtering.filter == PlanFilter((("etat", "done"),))
    assert len(filtering.problems) == 3
    assert "Structure pilote" in filtering.problems[-1]


@pytest.mark.django_db
def test_a_tag_says_the_condition_and_leads_to_the_address_without_it(plan, convention):
    filtering = filtering_of(QueryDict(f"etat=done&pilote={plan['caf']}&retard=oui&tri=-retard&page=3"), convention)

    assert [(tag.label, tag.words) for tag in filtering.tags] == [
        ("État", "Réalisée"), ("En retard", ""), ("Structure pilote", "Caf"),
    ]  # fmt: skip
    assert filtering.tags[0].remove == f"?retard=oui&pilote={plan['caf']}&tri=-retard"
    assert filtering.clear == "?tri=-retard"


@pytest.mark.django_db
def test_reading_the_address_takes_five_queries(plan, convention, django_assert_num_queries):
    convention.territory  # noqa: B018 (read once)
    with django_assert_num_queries(5):
        filtering = filtering_of(QueryDict("etat=done"), convention)
        assert filtering.tags and filtering.lists and filtering.ticks
