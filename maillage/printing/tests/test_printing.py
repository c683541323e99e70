"""What leaves in a file: text stays text, whatever people wrote."""

import datetime as dt
import io
from decimal import Decimal

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from maillage.printing.pdf import ROOT, render_pdf
from maillage.printing.sheets import DANGEROUS, Sheet, height, write_csv, write_workbook
from maillage.printing.word import WrongTemplate, render_word


def test_a_pdf_holds_what_people_wrote_as_they_wrote_it():
    template = ROOT / "printing" / "tests" / "page.typ"
    title = "#panic(1) *gras* $x$ l’été à « Cœur » 12 000 €"
    pages = PdfReader(io.BytesIO(render_pdf(template, {"title": title}))).pages
    assert title in " ".join(pages[0].extract_text().split())


def word_template(text):
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    return out


def test_a_word_document_keeps_signs_that_mean_something_to_word():
    made = render_word(word_template("Action : {{ title }}"), {"title": "A & B <w:br/> {{ 1 }}"})
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "Action : A & B <w:br/> {{ 1 }}"


@pytest.mark.parametrize("text", ["{{ title", "{% for a in %}", "{{ ''.__class__.__mro__[1].__subclasses__() }}"])
def test_a_wrong_or_hostile_template_is_refused_with_a_sentence(text):
    with pytest.raises(WrongTemplate, match="modèle Word"):
        render_word(word_template(text), {"title": "A"})


@pytest.mark.parametrize("sign", DANGEROUS)
def test_no_cell_becomes_a_formula(sign):
    text = f"{sign}cmd|' /C calc'!A0"
    book = openpyxl.load_workbook(io.BytesIO(write_workbook([Sheet("Feuille", [["A"]], [[text]])])))
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == (text.replace("\r", "\n"), "s")
    assert write_csv(["A"], [[text]]).decode("utf-8-sig").splitlines()[1].lstrip('"').startswith("'")


def test_figures_and_days_stay_figures_and_days():
    row = [Decimal("12000.5"), dt.date(2026, 12, 31), True, None]
    book = openpyxl.load_workbook(io.BytesIO(write_workbook([Sheet("F", [["A"]], [row])])))
    figure, day, yes = (cell.value for cell in book.active[2])
    assert (figure, day.date(), yes) == (12000.5, dt.date(2026, 12, 31), "VRAI")
    assert write_csv(["A"], [row]).decode("utf-8-sig").splitlines()[1] == "12000,5;31/12/2026;VRAI;"


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        ([], 1),
        ([None, "", 12], 1),
        (["A" * 20], 1),
        (["A" * 21], 2),
        (["A\n\nB"], 3),
        (["A", "B" * 25], 3),
        (["A" * 10_000], 16),
    ],
)
def test_a_row_is_as_tall_as_its_longest_text(row, lines):
    assert height(row, [20]) == 15 * lines
