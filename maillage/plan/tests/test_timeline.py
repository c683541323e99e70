"""The timeline: what waits for what, where days stand, what is drawn and what is printed."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from maillage.journal.models import Entry
from maillage.plan.models import ActionGoal, Milestone
from maillage.plan.operations import add_part, edit_part
from maillage.plan.queries.actions import action_rows
from maillage.plan.queries.timeline import HEAD, ROW, in_order, timeline_of
from maillage.plan.rules.dependencies import broken_link, check_waiting
from maillage.plan.rules.windows import Thread, Window, thread, window_of
from maillage.plan.tests.factories import ActionFactory, ConventionFactory, GoalFactory
from maillage.plan.typst.timeline import FIRST_SHEET, SHEET, sheets_of

TODAY = dt.date(2026, 11, 25)
FIRST, LAST = dt.date(2022, 1, 1), dt.date(2026, 12, 31)


def day(month, number, year=2026):
    return dt.date(year, month, number)


@pytest.mark.parametrize(
    ("due", "done", "before_due", "before_done", "fault"),
    [
        (None, None, None, None, ""),
        (day(12, 10), None, day(12, 3), None, ""),
        (day(12, 3), None, day(12, 3), None, ""),
        (day(12, 3), None, day(12, 10), None, "prévue avant l’étape qu’elle attend"),
        (day(12, 3), None, day(12, 10), day(11, 1), ""),
        (day(11, 1), None, None, None, "l’étape qu’elle attend n’est pas faite"),
        (day(12, 3), day(11, 2), day(12, 1), None, "faite avant l’étape qu’elle attend"),
        (day(12, 3), day(11, 2), day(12, 1), day(11, 3), "faite avant l’étape qu’elle attend"),
        (day(12, 3), day(11, 3), day(12, 1), day(11, 3), ""),
        (None, None, day(12, 1), None, ""),
    ],
)
def test_a_link_that_cannot_hold_says_why(due, done, before_due, before_done, fault):
    assert broken_link(due, done, before_due, before_done, TODAY) == fault


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=40))
def test_no_sequence_of_accepted_links_closes_a_circle(asked):
    befores = {}
    for milestone, before in asked:
        try:
            check_waiting(milestone, before, {**befores, milestone: before}, same_plan=True)
        except ValidationError:
            continue
        befores[milestone] = before
    for start in befores:
        passed, walked = set(), start
        while walked in befores:
            assert walked not in passed
            passed.add(walked)
            walked = befores[walked]


@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST))
def test_a_later_day_stands_further_right_and_within_the_drawing(one, other):
    window = Window(FIRST, LAST)
    assert 0 <= window.place(one) <= 100
    assert (window.place(one) <= window.place(other)) or one > other


def test_the_whole_convention_shows_its_years_and_one_year_its_quarters():
    assert [mark.words for mark in window_of(FIRST, LAST, None).marks() if mark.words] == [
        "2022", "2023", "2024", "2025", "2026",
    ]  # fmt: skip
    assert [mark.words for mark in window_of(FIRST, LAST, 2025).marks() if mark.words] == [
        "janv.", "avr.", "juil.", "oct.",
    ]  # fmt: skip
    assert window_of(FIRST, LAST, 2031) == Window(FIRST, LAST)


@pytest.mark.parametrize(
    ("state", "starts", "ends", "late", "drawn"),
    [
        ("ongoing", None, None, 0, None),
        ("done", day(1, 1), day(6, 30), 0, Thread(0.0, 49.45, 49.45, "done")),
        ("ongoing", day(1, 1), day(12, 31), 0, Thread(0.0, 90.11, 100.0, "open")),
        ("ongoing", day(1, 1), day(6, 30), 148, Thread(0.0, 90.11, 90.11, "late")),
        ("abandoned", day(1, 1), day(12, 31), 0, Thread(0.0, 90.11, 90.11, "stopped")),
        ("to_come", day(12, 1), day(12, 31), 0, Thread(91.76, 91.76, 100.0, "open")),
        ("done", day(1, 1, 2024), day(6, 30, 2025), 0, None),
    ],
)
def test_a_thread_is_plain_until_today_and_dotted_after(state, starts, ends, late, drawn):
    window = Window(day(1, 1), day(12, 31))
    assert thread(state, starts, ends, late, LAST, window, TODAY) == drawn


@pytest.mark.django_db
def test_a_milestone_waits_for_another_and_the_journal_says_so(convention, coordinator):
    one, other = ActionFactory(convention=convention), ActionFactory(convention=convention)
    first = add_part(Milestone, one, {"title": "Signer le bail"}, by=coordinator)
    second = add_part(Milestone, other, {"title": "Ouvrir", "depends_on": first}, by=coordinator)
    edit_part(second, {"depends_on": None}, by=coordinator)
    change = Entry.objects.first().changes[0]
    assert (change["label"], change["before"]) == ("Vient après", "Signer le bail")
    edit_part(second, {"depends_on": first}, by=coordinator)
    with pytest.raises(ValidationError, match="l’une l’autre"):
        edit_part(first, {"depends_on": second}, by=coordinator)
    with pytest.raises(ValidationError, match="l’une l’autre"):
        edit_part(first, {"depends_on": first}, by=coordinator)
    first.refresh_from_db()
    assert first.depends_on is None


@pytest.mark.django_db
def test_a_milestone_never_waits_for_another_plan(convention, coordinator):
    stranger = Milestone.objects.create(action=ActionFactory(convention=ConventionFactory()), title="Ailleurs")
    with pytest.raises(ValidationError, match="même convention"):
        add_part(
            Milestone, ActionFactory(convention=convention), {"title": "Ici", "depends_on": stranger}, by=coordinator
        )
    assert not Entry.objects.exists()


@pytest.fixture
def linked(convention):
    """Two goals; the second one's action waits for the first one's, which comes too late."""
    goals = [GoalFactory(convention=convention, number=str(n), position=n) for n in (1, 2)]
    actions = [ActionFactory(convention=convention, title=f"Action {n}") for n in (1, 2)]
    for goal, action in zip(goals, actions, strict=True):
        ActionGoal.objects.create(action=action, goal=goal, is_main=True)
    first = Milestone.objects.create(action=actions[0], title="Signer", due_on=day(12, 20))
    return first, Milestone.objects.create(action=actions[1], title="Ouvrir", due_on=day(12, 10), depends_on=first)


@pytest.mark.django_db
def test_a_broken_link_is_drawn_and_said(convention, linked, coordinator, client):
    rows = in_order(convention, action_rows(convention))
    timeline = timeline_of(convention, rows, Window(FIRST, LAST))
    connector = timeline.groups[1].lines[0].connectors[0]
    assert (connector.rise, connector.is_broken) == (-(ROW + HEAD), True)
    client.force_login(coordinator)
    page = client.get(reverse("plan_timeline", args=[convention.territory.slug])).content.decode()
    assert "Prévue avant l’étape qu’elle attend" in page and 'class="lien rompu"' in page
    # One year that holds neither day draws neither, and still says it.
    page = client.get(reverse("plan_timeline", args=[convention.territory.slug]), {"zoom": "2023"}).content.decode()
    assert "Prévue avant l’étape qu’elle attend" in page and "lien rompu" not in page


@pytest.mark.django_db
def test_the_form_of_a_milestone_offers_those_of_its_convention_and_not_itself(convention, linked, coordinator, client):
    Milestone.objects.create(action=ActionFactory(convention=ConventionFactory()), title="Ailleurs")
    client.force_login(coordinator)
    url = reverse("part_edit", args=[convention.territory.slug, "etapes", linked[0].pk])
    page = client.get(url).content.decode()
    assert "Ouvrir (10" in page and "Ailleurs" not in page and f'<option value="{linked[0].pk}"' not in page
    refused = client.post(url, {"title": "Signer", "depends_on": linked[1].pk}).content.decode()
    assert "l’une l’autre" in refused


@pytest.mark.django_db
def test_the_sheets_are_a3_and_hold_every_row_under_its_goal(convention, linked, coordinator, client):
    client.force_login(coordinator)
    answer = client.get(reverse("timeline_print", args=[convention.territory.slug]))
    sheet = PdfReader(io.BytesIO(answer.content)).pages[0]
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (1191, 842)
    text = sheet.extract_text()
    assert "Action 1" in text and "Prévue avant" in text


@pytest.mark.django_db
def test_a_long_plan_is_cut_in_sheets_that_hold_and_no_head_stands_alone(convention):
    for n in range(1, 5):
        goal = GoalFactory(convention=convention, number=str(n), position=n)
        for _ in range(23):
            ActionGoal.objects.create(action=ActionFactory(convention=convention), goal=goal, is_main=True)
    timeline = timeline_of(convention, in_order(convention, action_rows(convention)), Window(FIRST, LAST))
    sheets = sheets_of(timeline)
    heights = [sum({"head": 8.0, "row": 7.4}[row["kind"]] for row in sheet) for sheet in sheets]
    assert all(height <= (FIRST_SHEET if rank == 0 else SHEET) for rank, height in enumerate(heights))
    assert all(sheet[0]["kind"] == "head" and sheet[-1]["kind"] == "row" for sheet in sheets)
    assert sum(row["kind"] == "row" for sheet in sheets for row in sheet) == 92
    assert any(row["title"].endswith("(suite)") for sheet in sheets for row in sheet if row["kind"] == "head")
