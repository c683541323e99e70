"""Word tables of « fiches actions »: every usual shape, and documents that hold none."""

import io
import zipfile

import docx
import pytest

from maillage.exchange.tests.workbook.building import archive
from maillage.exchange.workbook import UnknownColumns, UnreadableWorkbook, read_plan
from maillage.exchange.workbook.fiches import labelled
from maillage.exchange.workbook.word import sheets_of_document


def document(*write):
    book = docx.Document()
    for step in write:
        step(book)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def table(*rows, merge_first=False):
    def write(book):
        grid = book.add_table(len(rows), max(map(len, rows)))
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                grid.cell(number, place).text = text
        if merge_first:
            grid.cell(0, 0).merge(grid.cell(0, max(map(len, rows)) - 1))

    return write


def heading(text, level=1):
    return lambda book: book.add_heading(text, level)


def line(text):
    return lambda book: book.add_paragraph(text)


def fiches_of(*write):
    (sheet,) = sheets_of_document(document(*write), "essai")
    labels = [cell.value for cell in sheet.rows[0][1]]
    return [
        {label: cell.value for label, cell in zip(labels, cells, strict=True) if cell.value}
        for _, cells in sheet.rows[1:]
    ]


CRECHE = {"Titre": "Ouvrir une crèche", "Porteur": "Mairie de Lias", "Budget": "12 000 €"}


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        ([table(("Intitulé de l’action", "Ouvrir une crèche"), ("Porteur :", "Mairie"), ("Budget", "12 000 €"))],
         [{"Intitulé de l’action": "Ouvrir une crèche", "Porteur": "Mairie", "Budget": "12 000 €"}]),
        ([table(("Fiche action n° 3 : Ouvrir une crèche", ""), ("Porteur", "Mairie de Lias"), ("Budget", "12 000 €"), merge_first=True)],
         [{"Numéro": "3", **CRECHE}]),
        ([heading("Axe 1. Grandir"), heading("Ouvrir une crèche", 2), table(("Porteur", "Mairie de Lias"), ("Budget", "12 000 €"))],
         [{"Axe": "Axe 1. Grandir", **CRECHE}]),
        ([heading("Grandir"), heading("Ouvrir une crèche", 2), line("Porteur : Mairie de Lias"), line("Budget : 12 000 €"),
          heading("Fêter", 2), line("Porteur : Caf"), line("Partenaires : MSA, CPAM"), line("et la Région")],
         [{"Axe": "Grandir", **CRECHE},
          {"Axe": "Grandir", "Titre": "Fêter", "Porteur": "Caf", "Partenaires": "MSA, CPAM\net la Région"}]),
        ([heading("Ouvrir une crèche"), heading("Porteur", 2), line("Mairie de Lias"), heading("Budget", 2), line("12 000 €")],
         [CRECHE]),
        ([table(("Action", "Porteur", "Échéance"), ("Ouvrir", "Mairie", "2027"), ("Fêter", "Caf", "2028"))],
         [{"Action": "Ouvrir", "Porteur": "Mairie", "Échéance": "2027"}, {"Action": "Fêter", "Porteur": "Caf", "Échéance": "2028"}]),
        ([table(("Action", "Ouvrir", "Porteur", "Mairie"), ("Budget", "100", "Partenaires", "Caf"))],
         [{"Action": "Ouvrir", "Porteur": "Mairie", "Budget": "100", "Partenaires": "Caf"}]),
        ([line("Titre : Ouvrir"), line("Porteur : Mairie"), line("Titre : Fêter"), line("Porteur : Caf")],
         [{"Titre": "Ouvrir", "Porteur": "Mairie"}, {"Titre": "Fêter", "Porteur": "Caf"}]),
    ],
    ids=["two columns", "merged title", "heading and table", "heading and lines", "sub-headings", "grid", "four columns", "lines"],
)  # fmt: skip
def test_every_usual_shape_of_fiche_is_read(write, expected):
    assert fiches_of(*write) == expected


def test_a_label_merged_beside_several_rows_keeps_them_all():
    def write(book):
        grid = book.add_table(4, 2)
        for number, (label, text) in enumerate(
            [("Action", "Ouvrir"), ("Porteur", "Mairie"), ("Étapes", "Cadrer"), ("", "Ouvrir")]
        ):
            grid.cell(number, 0).text, grid.cell(number, 1).text = label, text
        grid.cell(2, 0).merge(grid.cell(3, 0))

    assert fiches_of(write)[0]["Étapes"] == "Cadrer\nOuvrir"


def test_the_fields_of_a_form_are_read_too():
    file = document(table(("Action", "Ouvrir"), ("Porteur", "Mairie")))
    out = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                data = data.replace(b"<w:tbl>", b"<w:sdt><w:sdtContent><w:tbl>").replace(
                    b"</w:tbl>", b"</w:tbl></w:sdtContent></w:sdt>"
                )
            target.writestr(entry, data)
    out.seek(0)
    assert len(sheets_of_document(out, "essai")[0].rows) == 2


@pytest.mark.parametrize(
    ("text", "pair"),
    [("Porteur : Mairie", ("Porteur", "Mairie")), ("Budget: 5", ("Budget", "5")), ("Rendez-vous à 10:30", None),
     ("https://exemple.fr", None), ("Une phrase entière qui dit longuement une chose et son contraire : bien", None)],
)  # fmt: skip
def test_a_label_is_told_from_a_sentence(text, pair):
    assert labelled(text) == pair


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (document(line("Bonjour")), "Aucune fiche"),
        (archive({"word/document.xml": b"<w", "[Content_Types].xml": b"<Types/>"}), "abîmé"),
        (
            archive({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>", "word/vbaProject.bin": b"x"}),
            "macros",
        ),
        (archive({"word/document.xml": b"0" * 40_000_000, "[Content_Types].xml": b"<Types/>"}), "démesuré"),
    ],
    ids=["none", "broken", "macro", "bomb"],
)
def test_a_document_that_holds_no_fiche_or_a_danger_is_refused(file, words):
    with pytest.raises(UnreadableWorkbook, match=words):
        read_plan(file, file_name="plan.docx")


def test_a_document_always_waits_for_a_person_to_confirm_what_was_recognised():
    with pytest.raises(UnknownColumns) as waiting:
        read_plan(document(table(("Axe", "1. Un"), ("Titre", "Ouvrir"), ("Porteur", "Mairie"))), file_name="plan.docx")
    assert waiting.value.sheets[0].is_fiches
