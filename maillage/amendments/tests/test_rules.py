"""How two contents differ: renamed is one change, money adds up, and the difference one way mirrors the other."""

import copy
import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.amendments.rules.contract import CLAUSES, FOLLOWED, NOT_KEPT, PARTS
from maillage.amendments.rules.differences import ADDED, CHANGED, REMOVED, difference
from maillage.amendments.rules.freezing import frozen, print_of
from maillage.amendments.rules.matching import Side
from maillage.amendments.rules.signing import check_signing, missing_agreements
from maillage.amendments.rules.totals import totals_of
from maillage.amendments.rules.words import word_difference
from maillage.exchange.content.schema import BY_NAME, TABLES, Kind

DAY = dt.date(2026, 11, 25)


def row(table, **values):
    """A row of the schema, empty but for what the test says."""
    return {column.field: column.empty for column in BY_NAME[table].columns} | values


def side(*actions, on="2026-01-01", fundings=(), **tables):
    """Actions are (number in the database, row); so are the rows of other tables."""
    content = {table.name: [] for table in TABLES}
    content["convention"] = [row("convention", title="CTG", starts_on="2022-01-01", ends_on="2026-12-31")]
    numbers = {"convention": [1]}
    given = {"actions": actions, "fundings": fundings, **tables}
    for table, rows in given.items():
        content[table] = [data for _number, data in rows]
        numbers[table] = [number for number, _data in rows]
    return Side(content, numbers, on)


def action(key, title, **values):
    return row("actions", key=key, title=title, **values)


def funding(key, planned, unit="euro", funder="caf", year=2026):
    return row("fundings", action=key, funder=funder, year=year, unit=unit, planned=planned)


def what(changes):
    return [(change.what, (change.row.get("title") or change.row.get("organization"))) for change in changes]


def test_an_action_renamed_is_one_change():
    found = difference(side((7, action("ancien", "Ancien"))), side((7, action("nouveau", "Nouveau"))))
    assert what(found.actions) == [(CHANGED, "Nouveau")]
    assert [(field.before, field.after) for field in found.actions[0].fields] == [("Ancien", "Nouveau")]


def test_an_action_written_again_under_the_same_title_is_found_again():
    found = difference(side((7, action("a", "Une"))), side((8, action("a", "Une", need="Plus"))))
    assert what(found.actions) == [(CHANGED, "Une")]


def test_what_came_and_what_went_are_told_apart():
    found = difference(side((1, action("a", "Une"))), side((2, action("b", "Autre"))))
    assert what(found.actions) == [(ADDED, "Autre"), (REMOVED, "Une")]


def test_an_action_that_serves_another_goal_is_moved():
    goals = [(1, row("goals", key="g1", title="Un")), (2, row("goals", key="g2", title="Deux"))]
    found = difference(
        side((7, action("a", "Une", main_goal="g1")), goals=goals),
        side((7, action("a", "Une", main_goal="g2")), goals=goals),
    )
    assert found.actions[0].moved
    assert (found.actions[0].fields[0].before, found.actions[0].fields[0].after) == ("Un", "Deux")


def test_a_signatory_that_changes_its_name_is_renamed_and_its_money_stays_its_own():
    def party(name):
        return {"organizations": [(4, row("organizations", key=name, name=name))],
                "signatories": [(9, row("signatories", organization=name))]}  # fmt: skip

    before = side((7, action("a", "Une")), fundings=[(1, funding("a", "10.00", funder="pole"))], **party("pole"))
    after = side((7, action("a", "Une")), fundings=[(1, funding("a", "10.00", funder="ft"))], **party("ft"))
    found = difference(before, after)
    assert what(found.signatories) == [(CHANGED, "ft")]
    assert found.actions == ()
    assert [(line.name, line.change) for line in found.money.funders["euro"]] == [("ft", 0)]


def test_signatories_join_and_leave():
    orgs = [(n, row("organizations", key=k, name=k)) for n, k in ((1, "caf"), (2, "msa"))]
    found = difference(
        side(organizations=orgs, signatories=[(5, row("signatories", organization="caf"))]),
        side(organizations=orgs, signatories=[(6, row("signatories", organization="msa"))]),
    )
    assert what(found.signatories) == [(ADDED, "msa"), (REMOVED, "caf")]


def test_the_perimeter_is_that_of_each_day():
    perimeters = [
        (1, row("perimeters", starts_on="2022-01-01", ends_on="2023-04-30", commune_codes=["31188", "32160"])),
        (2, row("perimeters", starts_on="2023-04-30", commune_codes=["32160"])),
    ]
    found = difference(side(on="2023-04-29", perimeters=perimeters), side(on="2023-04-30", perimeters=perimeters))
    assert (found.communes_removed, found.communes_added) == (("31188",), ())


@pytest.mark.parametrize(("table", "fields"), FOLLOWED.items())
def test_the_follow_up_is_counted_apart_and_never_told_as_a_change(table, fields):
    base = side((7, action("a", "Une", state="ongoing", health="good")), fundings=[(1, funding("a", "10.00"))],
                milestones=[(1, row("milestones", key="a:1", action="a", title="Étape"))],
                goals=[(1, row("goals", key="g", title="But"))], markers=[(1, row("markers", goal="g", text="x"))],
                organizations=[(1, row("organizations", key="caf", name="Caf"))],
                signatories=[(1, row("signatories", organization="caf"))],
                commitments=[(1, row("commitments", signatory="caf", text="x"))])  # fmt: skip
    after = Side(copy.deepcopy(base.content), base.numbers, base.on)
    after.content[table][0] |= dict.fromkeys(fields, "autre")
    found = difference(base, after)
    assert found.is_empty and not found.money.has_changed
    assert found.followed == {table: 1}


def test_every_clause_is_a_column_of_the_format():
    for table, clauses in CLAUSES.items():
        columns = {column.field: column for column in BY_NAME[table].columns}
        assert {clause.field for clause in clauses} <= columns.keys()
        assert all(
            columns[clause.field].to == clause.to
            for clause in clauses
            if columns[clause.field].kind in {Kind.REF, Kind.REFS}
        )
    assert all(BY_NAME[part].column(owner) for parts in PARTS.values() for part, owner in parts.items())


def test_a_version_keeps_neither_notes_nor_figures_nor_addresses():
    content = side(
        notes=[(1, row("notes", action="a", text="Entre nous"))],
        contacts=[(1, row("contacts", key="ada", name="Ada", email="ada@example.org", phone="05"))],
    ).content
    kept = frozen(content)
    assert all(kept[table] == [] for table in NOT_KEPT)
    assert (kept["contacts"][0]["email"], kept["contacts"][0]["phone"]) == ("", "")
    assert content["notes"]  # the content itself is left alone


# — properties —

TITLES = st.sampled_from(["Une", "Deux", "Trois", "Une"])
AMOUNTS = st.decimals(0, 10**6, places=2).map(lambda amount: f"{amount:.2f}")


@st.composite
def sides(draw):
    """A small plan: numbers and titles overlap from one to the other, so that everything comes, goes and changes."""
    numbers = draw(st.lists(st.integers(1, 5), unique=True, max_size=4))
    actions = [
        (n, action(f"a{rank}", draw(TITLES), need=draw(st.sampled_from(["", "x y", "x z"])),
                   ends_on=draw(st.sampled_from([None, "2026-01-01", "2026-02-01"])),
                   lead_organization=draw(st.sampled_from([None, "caf", "msa"])),
                   commune_codes=draw(st.lists(st.sampled_from(["32160", "31188"]), unique=True)),
                   state=draw(st.sampled_from(["ongoing", "done"]))))
        for rank, n in enumerate(numbers)
    ]  # fmt: skip
    keys = [data["key"] for _n, data in actions]
    lines = draw(st.lists(st.integers(1, 8), unique=True, max_size=5)) if keys else []
    fundings = sorted(
        (
            (n, funding(draw(st.sampled_from(keys)), draw(st.none() | AMOUNTS), draw(st.sampled_from(["euro", "fte"])),
                        draw(st.sampled_from(["caf", "msa"])), draw(st.sampled_from([2025, 2026]))))
            for n in lines
        ),
        key=lambda line: line[1]["action"],
    )  # fmt: skip
    parties = draw(st.lists(st.sampled_from([(1, "caf"), (2, "msa")]), unique=True))
    return side(
        *actions, fundings=fundings, on="2026-01-01",
        organizations=[(1, row("organizations", key="caf", name=draw(st.sampled_from(["Caf", "CAF 32"])))),
                       (2, row("organizations", key="msa", name="MSA"))],
        signatories=[(n, row("signatories", organization=key)) for n, key in parties],
        perimeters=[(1, row("perimeters", starts_on="2022-01-01",
                            commune_codes=draw(st.lists(st.sampled_from(["32160", "31188"]), unique=True))))],
    )  # fmt: skip


def unordered(changes):
    return sorted(repr(change_key(change)) for change in changes)


def change_key(change):
    return (change.table, change.what, change.before, change.after, change.fields, unordered(change.parts))


@given(sides())
def test_a_content_does_not_differ_from_itself(one):
    found = difference(one, Side(copy.deepcopy(one.content), one.numbers, one.on))
    assert found.is_empty
    assert not found.money.has_changed
    assert found.followed == {}


@settings(max_examples=200)
@given(sides(), sides())
def test_the_difference_one_way_mirrors_the_other(one, other):
    there, back = difference(one, other), difference(other, one)
    assert (there.communes_added, there.communes_removed) == (back.communes_removed, back.communes_added)
    for name in ("signatories", "goals", "actions"):
        assert unordered(getattr(there, name)) == unordered(change.mirrored() for change in getattr(back, name))
    for unit in ("euro", "fte"):
        assert there.money.totals[unit] == back.money.totals[unit].mirrored()


@settings(max_examples=200)
@given(sides(), sides())
def test_the_money_that_changes_is_the_difference_of_the_totals(one, other):
    found = difference(one, other)
    for unit in ("euro", "fte"):
        gap = totals_of(other)[unit] - totals_of(one)[unit]
        assert found.money.totals[unit].change == gap
        assert sum(line.change for line in found.money.funders[unit]) == gap
        assert sum(told_money(change, unit) for change in found.actions) == gap


def told_money(change, unit):
    """What the lines told inside an action add up to: nothing is told twice, nothing is forgotten."""
    return sum(
        amount(part.after, unit) - amount(part.before, unit) for part in change.parts if part.table == "fundings"
    )


def amount(data, unit):
    return Decimal(data["planned"] or 0) if data and data["unit"] == unit else Decimal(0)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_word_is_lost_between_two_texts(before, after):
    segments = word_difference(before, after)
    assert "".join(segment.text for segment in segments if segment.kind != "added") == before
    assert "".join(segment.text for segment in segments if segment.kind != "removed") == after


def test_a_word_replaced_is_told_as_one_word():
    assert [(s.kind, s.text) for s in word_difference("Quatre internes par an", "Six internes par an")] == [
        ("removed", "Quatre"), ("added", "Six"), ("same", " internes par an"),
    ]  # fmt: skip


def test_the_print_of_a_content_does_not_depend_on_the_order_of_its_fields():
    one = side((7, action("a", "Une"))).content
    other = {table: [dict(reversed(data.items())) for data in rows] for table, rows in reversed(one.items())}
    assert print_of(one) == print_of(other)
    other["actions"][0]["title"] = "Une autre"
    assert print_of(one) != print_of(other)


@pytest.mark.parametrize(
    ("signed_on", "missing", "why", "refusal"),
    [
        (DAY, set(), "", None),
        (DAY, {3}, "Non concerné", None),
        (DAY, {3}, "  ", "sans eux"),
        (DAY + dt.timedelta(days=1), set(), "", "à venir"),
        (dt.date(2022, 1, 1), set(), "", "avant la version"),
    ],
)
def test_signing_asks_every_agreement_or_a_reason(signed_on, missing, why, refusal):
    if refusal:
        with pytest.raises(ValidationError, match=refusal):
            check_signing(signed_on, dt.date(2022, 12, 12), missing, why, on=DAY)
    else:
        check_signing(signed_on, dt.date(2022, 12, 12), missing, why, on=DAY)


def test_who_left_owes_no_agreement():
    assert missing_agreements([1, 2, 3], [2, 9]) == {1, 3}
