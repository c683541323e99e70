"""The complete workbook: what leaves comes into an empty space and leaves again with the same cells."""

import contextlib
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from maillage.exchange.content.collecting import collect
from maillage.exchange.content.schema import TABLES
from maillage.exchange.operations.folders import load_folder, read_complete_workbook, undo_folder
from maillage.exchange.out.example import example_content
from maillage.exchange.out.whole import whole_of, words
from maillage.exchange.own.reading import read_complete
from maillage.exchange.own.writing import write_complete
from maillage.exchange.tests.out.comparing import cells, elsewhere, imported
from maillage.exchange.tests.out.generated import Maker
from maillage.exchange.tests.workbook.building import SHARED, action, needs_shared, workbook
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action, Convention
from tests.cast import load_world

pytestmark = pytest.mark.django_db


def complete(convention, by):
    whole = whole_of(convention, reader=by)
    return write_complete(whole.content, whole.words)


def carried(workbook):
    """The same convention in an empty space, and its coordinator."""
    territory = TerritoryFactory()
    by = member(territory)
    found = read_complete_workbook(territory, io.BytesIO(workbook), "plan.xlsx", by=by)
    assert not found.problems, found.problems
    return load_folder(found, by=by), by


@needs_shared
@pytest.mark.parametrize("name", ["nouveau-plan-valide.xlsx", "plan_with_sous_actions_valid.xlsx"])
def test_a_real_plan_comes_back_cell_by_cell(name):
    first = complete(*imported(io.BytesIO((SHARED / name).read_bytes())))
    assert cells(complete(*carried(first))) == cells(first)


def test_the_demo_comes_back_cell_by_cell_and_can_be_taken_back():
    world = load_world()
    first = complete(Convention.objects.get(territory=world.here), world.people["coordinator"])
    convention, by = carried(first)
    assert cells(complete(convention, by)) == cells(first)
    assert Action.objects.filter(convention=convention).count() == 13
    undo_folder(convention.territory.plan_imports.get(), by=by)
    assert not Convention.objects.filter(pk=convention.pk).exists()


def test_a_plan_that_fills_every_field_comes_back_cell_by_cell():
    known = words()
    content = example_content()
    for name in ("convention", "actions"):
        for row in content[name]:
            row |= {"themes": ["sante"], **({"publics": ["familles"]} if name == "actions" else {})}
    made = write_complete(content, known)
    read, problems = read_complete(io.BytesIO(made), known)
    assert (read, problems) == (content, [])
    empty = {
        (table.name, column.field) for table in TABLES for column in table.columns
        if all(row[column.field] in (None, "", []) for row in content[table.name])
    }  # fmt: skip
    assert empty == set()
    first = complete(*carried(made))
    assert cells(complete(*carried(first))) == cells(first)


class Undone(Exception):
    """Leaves the transaction of one generated plan."""


@settings(
    max_examples=15, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(data=st.data())
def test_any_plan_comes_back_cell_by_cell(data):
    with contextlib.suppress(Undone), transaction.atomic():
        convention, by = elsewhere()
        Maker(data.draw, convention).make()
        first = complete(convention, by)
        again, other = carried(first)
        assert cells(complete(again, other)) == cells(first)
        raise Undone


def test_a_text_longer_than_a_cell_goes_on_in_the_next(convention, coordinator):
    long = "Été =1+1\n" * 8_000
    Action.objects.create(territory=convention.territory, convention=convention, title="Longue", description=long)
    again, _by = carried(complete(convention, coordinator))
    assert again.actions.get().description == long


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda book: book.remove(book["Actions"]), "Cette feuille manque dans le classeur."),
        (lambda book: book["Actions"].__setitem__("D1", "Autre"), "La colonne « Intitulé » manque."),
        (lambda book: book["Niveaux"].__setitem__("A2", "premier"), "« premier » n’est pas un nombre entier."),
        (lambda book: book["Niveaux"].__setitem__("C2", "=1+1"), "Cette cellule contient une formule."),
        (lambda book: book["À lire"].__setitem__("B2", 99), "plus récent que celui de Maillage"),
        (lambda book: book["Actions"].__setitem__("E2", "nulle-part"), "ne désigne rien"),
    ],
)  # fmt: skip
def test_a_workbook_that_was_broken_is_refused_by_sheet_row_and_column(change, sentence, convention, coordinator):
    Action.objects.create(territory=convention.territory, convention=convention, title="Une action")
    book = openpyxl.load_workbook(io.BytesIO(complete(convention, coordinator)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    _content, problems = read_complete(io.BytesIO(out.getvalue()), words())
    assert any(sentence in problem.message for problem in problems), problems
    assert collect(convention).content["actions"][0]["title"] == "Une action"


def test_the_page_that_takes_a_folder_takes_the_complete_workbook_too(convention, coordinator, client):
    Action.objects.create(territory=convention.territory, convention=convention, title="Une action")
    made = complete(convention, coordinator)
    territory = TerritoryFactory()
    client.force_login(member(territory))
    url = reverse("folder_new", args=[territory.slug])
    answer = client.post(url, {"file": SimpleUploadedFile("plan.xlsx", made)})
    found = territory.plan_imports.get()
    assert answer.url == reverse("folder", args=[territory.slug, found.pk])
    assert "Charger" in client.get(answer.url).text
    client.post(reverse("folder_load", args=[territory.slug, found.pk]))
    assert Action.objects.filter(territory=territory).get().title == "Une action"


def test_a_workbook_that_is_not_ours_is_refused_with_a_sentence(territory, coordinator, client):
    client.force_login(coordinator)
    url = reverse("folder_new", args=[territory.slug])
    answer = client.post(url, {"file": SimpleUploadedFile("plan.xlsx", workbook(action()).getvalue())}, follow=True)
    assert "n’est pas un plan complet de Maillage" in answer.text
    answer = client.post(url, {"file": SimpleUploadedFile("plan.xlsx", b"PK pas un classeur")})
    assert answer.status_code == 200
    assert "abîmé" in answer.text
