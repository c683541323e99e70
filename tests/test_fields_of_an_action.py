"""A field added to an action is given its place everywhere, or left out on purpose: each place forgotten is named here.

The columns of a convention as a folder have their own check beside the schema (`LEFT_OUT`); the documentation of the
format and of Word templates have theirs.
"""

import datetime as dt
import re
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest

from maillage.amendments.rules.contract import CLAUSES
from maillage.exchange.content.schema import BY_NAME
from maillage.exchange.out.example import KEY, example_content, example_page
from maillage.exchange.out.national import NationalRows
from maillage.exchange.out.pages import Pages
from maillage.exchange.out.whole import Whole
from maillage.exchange.workbook.columns import LABELS
from maillage.exchange.workbook.draft import ActionDraft
from maillage.exchange.workbook.rows import TEXTS
from maillage.plan.forms.actions import SECTIONS
from maillage.plan.models import Action
from maillage.plan.operations.copying import COPIED
from maillage.plan.queries.table import NEEDS, SOURCES
from maillage.plan.rules.table import COLUMNS

MAILLAGE = Path(__file__).resolve().parent.parent / "maillage"
FIELDS = {field.name for field in [*Action._meta.fields, *Action._meta.many_to_many]} - {
    "id",
    "territory",
    "convention",
}
SCHEMA = {column.field for column in BY_NAME["actions"].columns}
#: What the plan keeps for itself, and nobody writes.
OWN = {"position", "imported_in", "is_example", "updated_at"}
STANDING = {"state", "health", "health_note", "health_on", "news_on"}
PEOPLE = {"lead_organization", "lead_person", "elected_referent", "partners"}
LONG = {
    "need", "description", "objectives", "expected_results", "human_means", "financial_means", "brakes", "levers", "calendar",
}  # fmt: skip
#: What only a template of the territory asks for.
ON_DEMAND = {"annees", "chemin", "nouvelles_du", "poids"}


class Noted(dict):
    """A row that remembers which of its fields were asked for."""

    def __init__(self, row):
        super().__init__(row)
        self.read = set()

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)


@pytest.fixture
def whole():
    content = example_content()
    content["actions"] = [Noted(row) for row in content["actions"]]
    return Whole(content, {}, {KEY: "Exemple"})


def forgotten(known, *, left_out, among=FIELDS):
    """The fields that have no place; one that is left out and has a place must leave the list."""
    assert left_out - among == set()
    assert left_out & known == set()
    return among - known - left_out


def test_a_form_asks_for_it():
    """State, health and news have gestures of their own, goals and partners their pages."""
    asked = {name for _title, form in SECTIONS.values() for name in (*form._meta.fields, *form.stands_for.values())}
    assert forgotten(asked, left_out=OWN - {"imported_in"} | STANDING | {"imported_in", "goals", "partners"}) == set()


def test_the_page_shows_it():
    """The title, the number and the communes come under other names; the weight and the news show in the table."""
    templates = MAILLAGE / "plan" / "templates" / "plan"
    text = "".join((templates / name).read_text() for name in ("action.html", "action_funding.html"))
    shown = set(re.findall(r"\b(?:action|page)\.(?:get_)?(\w+?)(?:_display)?\b", text))
    others = {"title", "number", "commune_codes", "goals"}
    known = shown & FIELDS | others
    assert forgotten(known, left_out=OWN - {"is_example"} | {"weight", "news_on"}) == set()


def test_a_column_of_the_table_says_it():
    asked = " ".join(repr(source) for source in SOURCES.values())
    known = {name for name in FIELDS if re.search(rf"\b{name}(?:\b|__)", asked)} | {"goals", "themes", "partners"}
    marks = {"is_example", "added_midway", "is_continuous"}
    left_out = OWN | LONG | marks | {"health_note", "health_on", "publics", "schemes", "participation"}
    assert forgotten(known, left_out=left_out) == set()
    assert set(COLUMNS) <= set(SOURCES) | set(NEEDS)


def test_a_workbook_that_comes_in_may_fill_it():
    """A text is read, loaded and compared by its place in TEXTS alone."""
    assert set(TEXTS) <= set(LABELS)
    known = {*TEXTS, *(field.name for field in fields(ActionDraft))} & FIELDS | {"goals"}
    left_out = OWN | {"weight", "publics", "schemes", "health_on", "added_midway", "news_on"}
    assert forgotten(known, left_out=left_out) == set()


def test_the_national_template_says_it(whole):
    NationalRows(whole).write()
    left_out = {"is_example", "added_midway", "health_on", "news_on", "weight", "other_goals", "position"}
    assert forgotten(whole.content["actions"][0].read, left_out=left_out, among=SCHEMA) == set()


def test_the_pages_on_paper_hold_it(whole):
    pages = Pages(whole, territory="Ici", on=dt.date(2026, 11, 25))
    pages.one(whole.content["actions"][0])
    assert forgotten(whole.content["actions"][0].read, left_out={"position"}, among=SCHEMA) == set()


def test_our_pdf_prints_it():
    text = "".join((MAILLAGE / "exchange" / "typst" / name).read_text() for name in ("fiche.typ", "action.typ"))
    named = set(re.findall(r"\b(?:a|data)\.(\w+)", text))
    data = set(example_page("action"))
    assert forgotten(named & data, left_out=ON_DEMAND, among=data) == set()


def test_our_word_template_prints_it():
    """Word has no drawing nor tone: what a colour says in the PDF is only said in words."""
    with zipfile.ZipFile(MAILLAGE / "exchange" / "word" / "action.docx") as parts:
        text = " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    named = set(re.findall(r"\w+", " ".join(re.findall(r"\{[{%].*?[}%]\}", text))))
    data = set(example_page("action"))
    drawn = {name for name in data if name.endswith("_ton")} | {"rang", "financements_par_annee", "sante_constatee_le"}
    assert forgotten(named & data, left_out=ON_DEMAND | drawn, among=data) == set()


def test_an_amendment_knows_whether_it_binds():
    """What is left out follows the delivery: it changes without anybody signing anything."""
    bound = {clause.field for clause in CLAUSES["actions"]}
    left_out = STANDING | {"key", "position", "is_example", "added_midway", "priority", "weight", "brakes", "levers"}
    assert forgotten(bound, left_out=left_out | {"lead_person", "elected_referent"}, among=SCHEMA) == set()


def test_copying_takes_it_or_leaves_it():
    """Nobody's name, no amount, no date of the place that it comes from."""
    known = {*COPIED, "themes", "publics", "schemes", "commune_codes", "goals"}
    left_out = OWN | STANDING | PEOPLE | {
        "number", "priority", "added_midway", "weight", "human_means", "financial_means", "budget_total", "starts_on",
        "ends_on", "calendar",
    }  # fmt: skip
    assert forgotten(known, left_out=left_out) == set()
