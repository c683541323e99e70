"""A convention goes out as a folder and comes back the same, byte for byte."""

import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from maillage.exchange.content import yaml_files
from maillage.exchange.content.collecting import collect
from maillage.exchange.content.docs import format_page
from maillage.exchange.content.gathering import files_of_archive, files_of_folder
from maillage.exchange.content.judging import read_content
from maillage.exchange.content.loading import ContentLoader
from maillage.exchange.content.schema import BY_NAME, LEFT_OUT, TABLES, Kind
from maillage.exchange.content.values import cell, read, sheltered, unsheltered
from maillage.exchange.content.writing import write_archive, write_files, write_folder
from maillage.exchange.operations.imports import load_import, read_import
from maillage.exchange.tests.content.full_plan import HARD, full_plan
from maillage.exchange.tests.workbook.building import SHARED, needs_shared
from maillage.people.tests.factories import TerritoryFactory
from maillage.plan.models import Action, Convention, Milestone, Note
from maillage.plan.tests.factories import ActionFactory, ConventionFactory, big_plan
from tests.cast import load_world

ROOT = Path(__file__).resolve().parents[4]
TEXTS = st.one_of(st.sampled_from(HARD), st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40))


def carried_elsewhere(content):
    """The content read back from its files, loaded into an empty territory and collected there."""
    found, problems = read_content(write_files(content))
    assert problems == []
    assert found == content
    return collect(ContentLoader(TerritoryFactory()).load(found, perimeters=True)).content


def assert_comes_back(convention):
    content = collect(convention).content
    assert write_files(carried_elsewhere(content)) == write_files(content)
    return content


@pytest.mark.django_db
def test_the_demo_comes_back_the_same():
    world = load_world()
    content = assert_comes_back(Convention.objects.get(territory=world.here))
    assert len(content["actions"]) == 13
    assert [len(row["commune_codes"]) for row in content["perimeters"]] == [14, 13]


@needs_shared
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nouveau-plan-valide.xlsx", "plan_with_sous_actions_valid.xlsx"])
def test_a_plan_loaded_from_a_workbook_comes_back_the_same(name, convention, coordinator):
    with (SHARED / name).open("rb") as file:
        load_import(read_import(convention, file, name, by=coordinator), by=coordinator)
    assert len(assert_comes_back(convention)["actions"]) >= 1


@pytest.mark.django_db
def test_a_plan_that_fills_every_field_comes_back_the_same(territory):
    content = assert_comes_back(full_plan(territory))
    # Every table has rows, and every column says something somewhere.
    silent = [
        (table.name, column.name) for table in TABLES for column in table.columns
        if not any(row[column.field] not in (None, "", [], False) for row in content[table.name])
    ]  # fmt: skip
    assert silent == []
    assert len({row["key"] for row in content["actions"]}) == 4


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_written_comes_back_the_same(data):
    """import(export(x)) = x, whatever the texts, the amounts and the days."""
    convention = ConventionFactory()
    for rank in range(data.draw(st.integers(0, 3))):
        action = ActionFactory(
            convention=convention, title=data.draw(TEXTS) or "Sans titre", number=data.draw(TEXTS)[:20], need=data.draw(TEXTS),
            budget_total=data.draw(st.none() | st.decimals(0, 10**9, places=2)), position=data.draw(st.integers(0, 2)),
        )  # fmt: skip
        for _ in range(rank):
            Note.objects.create(
                action=action, on=dt.date(2024, 1, 1 + rank), label=data.draw(TEXTS), text=data.draw(TEXTS) or "x"
            )
            last = Milestone.objects.create(
                action=action, title=data.draw(TEXTS) or "x", due_on=data.draw(st.none() | st.dates())
            )
            Milestone.objects.create(action=action, title="Suite", depends_on=last)
    assert_comes_back(convention)


@given(TEXTS)
def test_what_a_spreadsheet_would_run_is_sheltered_and_comes_back(text):
    assert unsheltered(sheltered(text)) == text
    assert not sheltered(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), TEXTS), max_size=3))
@example([{"a": "\x85", "b": "x\u2029\ny", "c": " \x85"}])
def test_yaml_comes_back_the_same(rows):
    said = yaml_files.read(yaml_files.write(rows)).value or []
    assert [{name: item.value for name, item in row.value.items()} for row in said] == rows


@given(st.decimals(-(10**10), 10**10, places=3))
def test_an_amount_comes_back_to_its_last_decimal(amount):
    table = BY_NAME["readings"]
    column = table.column("value")
    assert Decimal(read(table, column, cell(table, column, str(amount)))) == amount


@pytest.mark.django_db
def test_the_folder_and_its_archive_say_the_same(territory, tmp_path):
    content = collect(full_plan(territory)).content
    write_folder(content, tmp_path)
    files = write_files(content)
    assert files_of_folder(tmp_path) == files
    archive = write_archive(content)
    assert archive == write_archive(content)
    assert files_of_archive(io.BytesIO(archive)) == files
    # Somebody unpacked it, changed nothing, and zipped the folder that holds it.
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as zipped:
        for name, data in files.items():
            zipped.writestr(f"ma convention/{name}", data)
        zipped.writestr("__MACOSX/ma convention/._x", b"")
    found, problems = read_content(files_of_archive(again))
    assert (found, problems) == (content, [])


@pytest.mark.django_db
def test_a_convention_is_collected_in_one_query_whatever_its_size(django_assert_num_queries):
    for size in (3, 300):
        convention = ConventionFactory()
        big_plan(convention, size)
        collect(convention)  # the first time, the database is asked whether it speaks JSON
        with django_assert_num_queries(1):
            assert len(collect(convention).content["actions"]) == size
    assert Action.objects.count() == 303


def test_every_field_of_the_plan_is_in_a_column_or_left_out_on_purpose():
    forgotten = []
    for table in TABLES:
        said = {column.field for column in table.columns} | LEFT_OUT.get(table.model, set())
        held = {"id", "territory", "convention", "position", "goals", "partners", "action"}
        ordered = {"position"} if table.name != "contacts" else set()
        names = {field.name for field in [*table.model._meta.fields, *table.model._meta.many_to_many]}
        forgotten += [(table.name, name) for name in names - said - held - ordered]
    assert forgotten == []


def test_every_column_is_headed_by_a_plain_name_once():
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        assert all(name.isascii() and name.islower() for name in names)
        assert all(column.to in BY_NAME for column in table.columns if column.kind in {Kind.REF, Kind.REFS})


def test_the_page_of_the_format_says_what_the_schema_says():
    assert (ROOT / "docs" / "formats" / "convention.md").read_text() == format_page()
