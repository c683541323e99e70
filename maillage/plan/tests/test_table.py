import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from maillage.access.roles import Role
from maillage.people.tests.factories import member
from maillage.plan.models import Action, ActionGoal
from maillage.plan.queries.actions import money_of
from maillage.plan.queries.filters import filtering_of
from maillage.plan.queries.table import SHOWN, table_of
from maillage.plan.rules.table import COLUMNS, FIRST, GROUPS, Layout, grouped, in_order, natural, total_of
from maillage.plan.tests.factories import ActionFactory, GoalFactory, OrganizationFactory, big_plan
from maillage.themes.models import Theme

ANYTHING = st.one_of(st.sampled_from([*COLUMNS, *GROUPS, *(f"-{key}" for key in COLUMNS)]), st.text(max_size=12))


@given(st.lists(st.tuples(st.sampled_from(["col", "tri", "groupe", "autre"]), ANYTHING), max_size=12))
def test_a_layout_written_in_an_address_comes_back_the_same(pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)

    layout = Layout.from_query(query)
    again = QueryDict(mutable=True)
    for name, value in layout.pairs:
        again.appendlist(name, value)

    assert Layout.from_query(again) == layout
    assert "action" in layout.columns


@pytest.mark.parametrize(
    ("query", "columns", "sort", "group", "ignored"),
    [
        ("", FIRST, "", "", 0),
        ("col=fin", ("action", "fin"), "", "", 0),
        ("col=licorne", FIRST, "", "", 1),
        ("tri=-retard&groupe=theme", FIRST, "-retard", "theme", 0),
        ("tri=themes", FIRST, "", "", 1),
        ("tri=--fin&groupe=lune", FIRST, "", "", 2),
    ],
)
def test_what_a_layout_cannot_be_is_left_aside(query, columns, sort, group, ignored):
    layout = Layout.from_query(QueryDict(query))
    assert (layout.columns, layout.sort, layout.group, len(layout.ignored)) == (columns, sort, group, ignored)


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("", "fin", "fin"),
        ("fin", "fin", "-fin"),
        ("-fin", "fin", "fin"),
        ("", "prevu", "-prevu"),
        ("-prevu", "prevu", "prevu"),
    ],
)
def test_a_click_on_a_head_sorts_and_a_second_one_turns_round(before, key, after):
    assert Layout(sort=before).sorted_by(key).sort == after


@pytest.mark.parametrize(
    ("sort", "values", "ordered"),
    [
        ("numero", ["1.10", "", "1.9", "2"], ["1.9", "1.10", "2", ""]),
        ("-numero", ["1.10", "", "1.9", "2"], ["2", "1.10", "1.9", ""]),
        ("pilote", ["Zoé", "école", "Été", None], ["école", "Été", "Zoé", None]),
        ("sante", ["good", "blocked", "watch"], ["blocked", "watch", "good"]),
        ("etat", ["done", "to_come", "ongoing"], ["to_come", "ongoing", "done"]),
        ("-prevu", [Decimal(1), None, Decimal(5)], [Decimal(5), Decimal(1), None]),
        ("fin", [dt.date(2026, 1, 1), None, dt.date(2025, 1, 1)], [dt.date(2025, 1, 1), dt.date(2026, 1, 1), None]),
    ],
)
def test_rows_without_a_value_come_last_whichever_way(sort, values, ordered):
    key = sort.removeprefix("-")
    rows = in_order([{"id": n, key: value} for n, value in enumerate(values)], Layout(sort=sort))
    assert [row[key] for row in rows] == ordered


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_two_numbers_can_be_compared(one, other):
    assert (natural(one) < natural(other)) in {True, False}


ROWS = st.lists(
    st.tuples(st.lists(st.sampled_from("abc"), unique=True), st.integers(0, 9999), st.sampled_from([None, 1, 2])),
    max_size=20,
)


@given(ROWS)
def test_an_action_of_several_groups_counts_once_in_the_total(drawn):
    rows = [
        {"id": n, "groups": keys, "prevu": Decimal(euros), "etp": fte} for n, (keys, euros, fte) in enumerate(drawn)
    ]
    groups = grouped(rows, {"b": "B"})
    standing = [row for group in groups for row in group.rows]

    assert total_of(standing) == total_of(rows)
    assert {row["id"] for row in standing} == {row["id"] for row in rows}
    assert sum(group.total.count for group in groups) == sum(max(len(keys), 1) for keys, _, _ in drawn)


def read(convention, query=""):
    asked = QueryDict(query)
    return table_of(convention, filtering_of(asked, convention), Layout.from_query(asked), page=None)


@pytest.fixture
def plan(territory, convention):
    """Actions with several goals, themes, communes, funders: everything that could be counted twice."""
    goals = [GoalFactory(convention=convention, number=str(n)) for n in (1, 2)]
    low = GoalFactory(convention=convention, number="1.1", depth=2, parent=goals[0], kind="objective")
    themes = [Theme.objects.get_or_create(slug=slug, defaults={"name": slug})[0] for slug in ("jeunesse", "logement")]
    funders = [OrganizationFactory(territory=territory) for _ in range(2)]
    for n in range(7):
        action = ActionFactory(
            convention=convention,
            title=f"Action {n}",
            starts_on=dt.date(2022 + n % 3, 1, 1) if n else None,
            lead_organization=funders[n % 2] if n % 3 else None,
            commune_codes=["32160", "32016"][: n % 3],
        )
        if n:
            for rank, goal in enumerate([low, goals[1]] if n % 2 else [goals[1], goals[0]]):
                ActionGoal.objects.create(action=action, goal=goal, is_main=not rank)
            action.themes.set(themes[: n % 3])
        for funder in funders:
            action.fundings.create(funder=funder, year=2025, planned=100 * n + 1, obtained=n)
            action.partner_links.create(organization=funder)
        action.fundings.create(funder=funders[0], unit="fte", planned=Decimal("0.5"))
    return convention


@pytest.mark.parametrize("group", ["", *GROUPS])
def test_the_totals_of_groups_hold_the_money_of_the_plan_once(plan, group):
    table, money = read(plan, f"groupe={group}"), money_of(plan)

    assert table.total.count == 7
    assert (table.total.prevu, table.total.obtenu) == (money["euro"]["planned"], money["euro"]["obtained"])
    assert table.total.etp == money["fte"]["planned"] == Decimal("3.5")
    assert {row["id"] for row in table.rows} == set(Action.objects.values_list("id", flat=True))
    if group not in {"theme", "commune"}:
        assert sum(g.total.prevu for g in table.groups) == table.total.prevu
        assert sum(g.total.count for g in table.groups) == 7


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("groupe=sommet", ["1 Chang", "2 Chang", ""]),
        ("groupe=objectif", ["1.1 Chang", "2 Chang", ""]),
        ("groupe=annee", ["2022", "2023", "2024", ""]),
        ("groupe=theme", ["logement", "Jeunesse", ""]),
        ("groupe=commune", ["Tout le territoire", "Auradé", "L'Isle-Jourdain"]),
    ],
)
def test_groups_come_in_the_order_of_the_plan_and_what_has_none_comes_last(plan, query, labels):
    found = [group.label for group in read(plan, query).groups]
    assert len(found) == len(labels)
    assert [label[: len(wanted)] for label, wanted in zip(found, labels, strict=True)] == labels
    assert [label == "" for label in found] == [label == "" for label in labels]


@pytest.mark.parametrize("key", list(COLUMNS))
def test_every_column_shows_and_sorts_and_goes_out(plan, key, client, coordinator):
    client.force_login(coordinator)
    sort = f"&tri={key}" if COLUMNS[key].is_sortable else ""
    for name in ("plan_table", "plan_table_workbook", "plan_table_lines"):
        assert client.get(reverse(name, args=["ici"]) + f"?col={key}{sort}").status_code == 200


@pytest.mark.django_db
def test_the_table_comes_by_a_hundred_rows_and_says_what_is_left(convention, client, coordinator):
    big_plan(convention, 230)
    client.force_login(coordinator)
    url = reverse("plan_table", args=["ici"])
    seen = []
    for page in ("", "?page=2", "?page=3"):
        answer = client.get(url + page)
        seen += [row["id"] for row in answer.context["table"].rows]
        assert ("Lignes suivantes" in answer.text) == (page != "?page=3")
    assert len(seen) == len(set(seen)) == 230
    assert [row["id"] for row in client.get(url + "?page=9999").context["table"].rows] == seen[200:]
    assert client.get(url + "?page=-4").context["table"].first == 1


@pytest.mark.django_db
def test_a_group_cut_by_a_page_says_that_it_goes_on(convention, client, coordinator):
    big_plan(convention, 150)
    client.force_login(coordinator)
    answer = client.get(reverse("plan_table", args=["ici"]) + "?groupe=etat&page=2")
    assert "En cours (suite)" in answer.text
    assert len(answer.context["table"].rows) == 150 - SHOWN


@pytest.mark.django_db
def test_a_strange_address_is_answered_with_a_sentence(convention, client, coordinator):
    big_plan(convention, 3)
    client.force_login(coordinator)
    answer = client.get(
        reverse("plan_table", args=["ici"]) + "?etat=x&pilote=999999&col=y&tri=z&groupe=w&page=abc&objectif=%00"
    )
    assert answer.status_code == 200
    for sentence in (
        "n’est pas connu ici, ce filtre est ignoré",
        "La colonne « y »",
        "L’ordre « z »",
        "Le regroupement « w »",
    ):
        assert sentence in answer.text.replace("\u00a0", " ")


@pytest.mark.django_db
def test_files_hold_exactly_what_shows(plan, client):
    client.force_login(member(plan.territory, Role.READER))
    Action.objects.filter(title="Action 3").update(title="=1+1", is_example=True)
    query = "?etat=to_come&tri=-prevu&col=pilote&col=prevu&groupe=annee"

    shown = client.get(reverse("plan_table", args=["ici"]) + query).context["table"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("plan_table_workbook", args=["ici"]) + query).content))
    lines = client.get(reverse("plan_table_lines", args=["ici"]) + query).content.decode("utf-8-sig")

    cells = list(book["Actions"].iter_rows(values_only=True))
    assert cells[0] == ("Regroupement : année de début", "Action", "Structure pilote", "Prévu (€)")
    titles = [f"{row['action']} (exemple)" if row["is_example"] else row["action"] for row in shown.rows]
    assert [row[1] for row in cells[1:]] == titles
    assert "=1+1 (exemple)" in titles
    read_back = list(csv.reader(io.StringIO(lines), delimiter=";"))
    assert [row[1].removeprefix("'") for row in read_back[1:]] == titles
    assert [row[0] for row in list(book["Totaux"].iter_rows(values_only=True))[1:]] == [
        "2022",
        "2023",
        "2024",
        "Non précisé",
        "Toutes, chacune une fois",
    ]
