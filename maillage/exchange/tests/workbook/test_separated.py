"""CSV in every usual encoding and separator; two encodings in one file are refused with the line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.exchange.workbook import UnreadableWorkbook, read_plan
from maillage.exchange.workbook.encoding import decoded
from maillage.exchange.workbook.separated import bare, sheets_of_csv
from maillage.printing.sheets import write_csv

HEADER = ["Référence à l’été", "Où ça se passe", "Précisions"]
ENCODINGS = ["utf-8-sig", "utf-8", "utf-16", "cp1252", "mac_roman"]
LETTERS = "abcdefghijkl mnopqrstuvwxyz ABC 0123 éèàçêùâîôûëïœ «»’… =+-@;,|\t\n\"'."
texts = st.text(LETTERS, max_size=30)


def cells_of(data):
    (sheet,) = sheets_of_csv(io.BytesIO(data), "essai")
    return [[cell.value or "" for cell in cells] for _, cells in sheet.rows]


def rewritten(data, encoding, separator):
    """The same rows, as another programme would have written them."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


@given(
    st.lists(st.lists(texts, min_size=3, max_size=3), max_size=6), st.sampled_from(ENCODINGS), st.sampled_from(";,\t|")
)
def test_what_we_write_comes_back_cell_by_cell_in_every_encoding_and_separator(rows, encoding, separator):
    data = rewritten(write_csv(HEADER, rows), encoding, separator)
    assert cells_of(data) == [HEADER, *(row for row in rows if any(row))]


@given(texts)
def test_an_apostrophe_that_kept_a_cell_from_running_goes_and_no_other(text):
    data = write_csv(["Un", "Deux"], [[text, "x"]])
    assert cells_of(data)[1] == [text, "x"]


@pytest.mark.parametrize(
    ("written", "read"), [("'=1+1", "=1+1"), ("''=x", "'=x"), ("l'été", "l'été"), ("'90", "'90"), ("'-", "-")]
)
def test_apostrophes(written, read):
    assert bare(written) == read


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman"]
)
def test_french_is_read_in_every_usual_encoding(encoding):
    text = "Axe;Titre\nRéussir l'éveil;Créer une crèche à Lias, où l'élan naît\nÉcole;« Ça » noël\n".replace(
        "« Ça »", "Ça" if encoding == "latin-1" else "« Ça »"
    )
    assert decoded(text.encode(encoding)) == text


def test_a_mixed_file_is_refused_and_the_line_is_named():
    lines = ["Axe;Titre", "Éveil;Créer une crèche", "Éveil;Fêter l’été", "Éveil;Bâtir"]
    data = b"\n".join(line.encode("cp1252" if rank == 2 else "utf-8") for rank, line in enumerate(lines))
    with pytest.raises(UnreadableWorkbook, match="mélange plusieurs encodages : à la ligne 3"):
        decoded(data)
    data = b"\n".join(line.encode("mac_roman" if rank == 3 else "cp1252") for rank, line in enumerate(lines))
    with pytest.raises(UnreadableWorkbook, match="ligne 4"):
        decoded(data)
    with pytest.raises(UnreadableWorkbook, match="ligne 2"):
        decoded(b"\xef\xbb\xbfAxe\nCr\xe9er")


def test_a_plan_in_csv_is_read_like_a_workbook():
    data = 'Axe (x);Titre de la fiche action;Descriptif;Date de début\n1. Éveil;Créer;"Deux\nlignes";été 2024\n'
    draft = read_plan(io.BytesIO(data.encode("cp1252")), file_name="plan.csv")
    (act,) = draft.actions
    assert (draft.sheet, act.row, act.texts["description"]) == ("plan", 2, "Deux\nlignes")
    assert act.texts["calendar"] == "Date de début : été 2024"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a;b\n" + b"x;" * 10_000, "plus de 200 colonnes"),
        (b"a;b\n" + b"x;y\n" * 20_001, "20000 lignes"),
        (b'a;b\n"' + b"x" * 200_000, "ne se referme pas"),
    ],
    ids=["wide", "long", "open"],
)
def test_a_table_out_of_measure_is_refused(data, words):
    with pytest.raises(UnreadableWorkbook, match=words):
        read_plan(io.BytesIO(data))
