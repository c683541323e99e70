"""Word documents: from our templates or the territory's, refused with a sentence when a tag is wrong."""

import io

import docx
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from maillage.access.roles import Role
from maillage.exchange.models import WordTemplate
from maillage.exchange.operations.word_templates import choose_template, drop_template
from maillage.exchange.out.example import example_page
from maillage.exchange.out.filling import fill_word
from maillage.exchange.out.making import make_plan
from maillage.journal.models import Entry
from maillage.people.tests.factories import member
from maillage.plan.models import Convention
from maillage.printing.answers import WORD
from tests.cast import load_world

pytestmark = pytest.mark.django_db


def file(*paragraphs, name="Notre modèle.docx"):
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return SimpleUploadedFile(name, out.getvalue(), WORD)


def words_of(content):
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", WordTemplate.Kind.values)
def test_our_template_says_what_is_filled_and_leaves_no_tag(kind, territory):
    said = words_of(fill_word(territory, kind, example_page(kind)))
    assert "{{" not in said
    assert "{%" not in said
    for words in (
        "Besoin (exemple)",
        "Marqueur (exemple)" if kind == "plan" else "Freins (exemple)",
        "Etape (exemple)",
    ):
        assert words in said


def test_the_plan_of_the_demo_has_real_headings_and_every_action():
    world = load_world()
    convention = Convention.objects.get(territory=world.here)
    made = make_plan(convention, "word", reader=world.people["reader"])
    document = docx.Document(io.BytesIO(made.content))
    headings = [p.text for p in document.paragraphs if p.style.name in {"Heading 1", "Heading 2", "Heading 3"}]
    for action in convention.actions.all():
        assert str(action).split(" ", 1)[0] in {words.split(" ", 1)[0] for words in headings}


def test_the_template_of_the_territory_is_filled_instead_of_ours(territory, coordinator):
    template = choose_template(territory, "action", file("Chez nous : {{ titre }}"), by=coordinator)
    assert words_of(fill_word(territory, "action", {"titre": "A & <B>"})) == "Chez nous : A & <B>"
    assert Entry.objects.filter(sentence__contains="Notre modèle.docx").exists()
    again = choose_template(territory, "action", file("Mieux : {{ titre }}", name="b.docx"), by=coordinator)
    assert (again.pk, WordTemplate.objects.count()) == (template.pk, 1)
    drop_template(territory, "action", by=coordinator)
    assert not WordTemplate.objects.exists()
    with pytest.raises(ValidationError, match="déjà le modèle de Maillage"):
        drop_template(territory, "action", by=coordinator)


@pytest.mark.parametrize(
    ("paragraph", "sentence"),
    [
        ("{{ titre", "balise mal écrite"),
        ("{{ titr }}", "ne connaît pas"),
        ("{{ etapes[0].tritre }}", "ne connaît pas"),
        ("{%p for e in etapes %}", "balise mal écrite"),
        ("{{ 'a' * 1000000000 }}", "balise mal écrite"),
        ("{% for n in range(10) %}x{% endfor %}", "ne connaît pas"),
        ("{{ ''.__class__.__mro__ }}", "balise mal écrite|ne connaît pas"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "ne finit pas"),
        ("{{ 1 / 0 }}", "calcul impossible"),
        ("{{ 'a'|center(20000000) }}", "balise mal écrite"),
        ("{{ '%20000000d' % 1 }}", "balise mal écrite"),
        ("{{ '{:>20000000}'.format(1) }}", "balise mal écrite|ne connaît pas"),
    ],
)  # fmt: skip
def test_a_wrong_tag_is_refused_and_the_template_in_use_stays(paragraph, sentence, territory, coordinator):
    kept = choose_template(territory, "action", file("{{ titre }}"), by=coordinator)
    with pytest.raises(ValidationError, match=sentence):
        choose_template(territory, "action", file(paragraph), by=coordinator)
    kept.refresh_from_db()
    assert default_storage.exists(kept.file.name)
    assert words_of(fill_word(territory, "action", {"titre": "Le nôtre"})) == "Le nôtre"


@pytest.mark.parametrize(
    "wrong",
    [
        SimpleUploadedFile("modele.pdf", b"%PDF-1.4\n%%EOF"),
        SimpleUploadedFile("modele.docx", b"pas un document"),
        SimpleUploadedFile("modele.docm", b"PK"),
        SimpleUploadedFile("vide.docx", b""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_word_document_is_refused(wrong, territory, coordinator):
    with pytest.raises(ValidationError):
        choose_template(territory, "action", wrong, by=coordinator)
    assert not WordTemplate.objects.exists()


def test_only_the_team_chooses_a_template(territory):
    with pytest.raises(PermissionDenied):
        choose_template(territory, "action", file("{{ titre }}"), by=member(territory, Role.ELECTED))
