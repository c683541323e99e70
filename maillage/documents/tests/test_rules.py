import io

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from maillage.documents.rules import MAX_NAME, accept, clean_name
from maillage.documents.tests import samples

MAX = 25 * 1024 * 1024


def judged(name: str, content: bytes):
    return accept(name, len(content), io.BytesIO(content), max_bytes=MAX)


def refusal_of(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        judged(name, content)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("délibération.pdf", samples.PDF, "application/pdf"),
        ("plan.PNG", samples.png(), "image/png"),
        ("photo.jpg", samples.jpeg(), "image/jpeg"),
        ("photo.jpeg", samples.jpeg(), "image/jpeg"),
        ("photo.webp", samples.webp(), "image/webp"),
        ("photo.webp", samples.webp_lossless(40, 30), "image/webp"),
        ("photo.webp", samples.webp_lossy(40, 30), "image/webp"),
        ("note.docx", samples.office(samples.DOCX), f"{samples.OOXML}wordprocessingml.document"),
        ("suivi.xlsx", samples.xlsx(), f"{samples.OOXML}spreadsheetml.sheet"),
        ("copil.pptx", samples.office(samples.PPTX), f"{samples.OOXML}presentationml.presentation"),
        ("note.odt", samples.odf("text"), "application/vnd.oasis.opendocument.text"),
        ("suivi.ods", samples.odf("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
        ("copil.odp", samples.odf("presentation"), "application/vnd.oasis.opendocument.presentation"),
        ("lisez-moi.txt", "Réunion à 14 h\n".encode(), "text/plain"),
        ("vieux.txt", "Réunion à 14 h\n".encode("cp1252"), "text/plain"),
        ("excel.txt", "Réunion\t14 h\n".encode("utf-16"), "text/plain"),
        ("fréquentation.csv", "\ufefflieu;2024\nL’Isle-Jourdain;12\n".encode(), "text/csv"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_offices_write_is_accepted_and_typed_from_its_bytes(name, content, media_type):
    accepted = judged(name, content)
    assert (accepted.name, accepted.media_type) == (name, media_type)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vide.pdf", b"", "est vide"),
        ("gros.pdf", samples.PDF + bytes(MAX), "dépasse 25 Mo"),
        ("sans-extension", samples.PDF, "pas d’un format accepté"),
        ("outil.exe", samples.EXE, "pas d’un format accepté"),
        ("facture.pdf.exe", samples.PDF, "pas d’un format accepté"),
        ("facture.pdf", samples.EXE, "n’en est pas un"),
        ("photo.png", samples.jpeg(), "image JPEG"),
        ("note.pdf", samples.office(samples.DOCX), "Renommez-le en .docx"),
        ("suivi.xlsx", samples.office(samples.DOCX), "Renommez-le en .docx"),
        ("note.docx", samples.odf("text"), "Renommez-le en .odt"),
        ("note.docx", samples.archive({"a.txt": b"a"}), "n’en est pas un"),
        ("note.docm", samples.office(samples.DOCM), "macros"),
        ("note.docx", samples.office(samples.DOCM), "macros"),
        ("note.docx", samples.office(samples.DOCX, **{"word/vbaProject.bin": b"x"}), "macros"),
        ("note.odt", samples.odf("text", **{"Basic/Standard/Module1.xml": b"x"}), "macros"),
        ("note.doc", samples.OLE, ".docx"),
        ("note.docx", samples.OLE, "mot de passe"),
        ("note.docx", samples.locked(), "mot de passe"),
        ("note.docx", samples.office(samples.DOCX)[:-30], "abîmé"),
        ("note.docx", samples.archive({"[Content_Types].xml": b"<Types"}), "abîmé"),
        ("note.docx", samples.archive({"[Content_Types].xml": b'<!DOCTYPE t [<!ENTITY a "b">]><t>&a;</t>'}), "abîmé"),
        ("note.docx", samples.archive({"[Content_Types].xml": b" " * 1_000_001}), "plus gros"),
        ("note.docx", samples.bomb(), "plus gros"),
        ("note.docx", samples.crowded(), "plus gros"),
        ("plan.png", samples.png(20_000, 20_000), "trop grande"),
        ("plan.jpg", samples.jpeg(60_000, 60_000), "trop grande"),
        ("plan.webp", samples.webp(16_000, 16_000), "trop grande"),
        ("plan.png", samples.png()[:20], "abîmée"),
        ("plan.jpg", samples.jpeg(before=b"rubbish"), "abîmée"),
        ("plan.jpg", samples.jpeg(before=b"\xff\xe0\x00\x02" * 3_000), "abîmée"),
        ("plan.jpg", samples.jpeg()[:26], "abîmée"),
        ("plan.jpg", samples.jpeg(0, 0), "abîmée"),
        ("photo.heic", samples.HEIC, "JPEG"),
        ("photo.jpg", samples.HEIC, "n’en est pas un"),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("page.html", b"<html></html>", "SVG"),
        ("page.txt", b"\xef\xbb\xbf  <!DOCTYPE html><script>", "page web"),
        ("page.csv", b"<svg onload=x>", "page web"),
        ("notes.txt", b"abc\x00def", "n’en est pas un"),
        ("notes.txt", "a\x00b".encode("utf-16"), "n’en est pas un"),
        ("notes.txt", b"\xff\xfea", "n’en est pas un"),
        ("tout.zip", samples.archive({"a.txt": b"a"}), "archives"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_refusal_says_why_in_words(name, content, words):
    assert words in refusal_of(name, content)


def test_an_archive_that_hides_its_directory_in_64_bits_is_refused():
    made = bytearray(samples.office(samples.DOCX))
    end = made.rfind(b"PK\x05\x06")
    made[end:end] = b"PK\x06\x07" + bytes(16)
    assert "plus gros" in refusal_of("note.docx", bytes(made))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\claire\\note.pdf", "note.pdf"),
        ("no\x00te\r\n.pdf", "note.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("bilan : 2024 ?.pdf", "bilan - 2024 -.pdf"),
        ("  .pdf", "pdf"),
        ("...", "document"),
        ("", "document"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("a" * 300 + ".docx", "a" * 195 + ".docx"),
        ("x." + "b" * 300, ("document." + "b" * 300)[-MAX_NAME:]),
    ],
)
def test_a_name_is_cleaned_before_it_is_shown(raw, name):
    assert clean_name(raw) == name


@given(st.text(max_size=400))
def test_a_cleaned_name_is_always_short_visible_and_stable(raw):
    name = clean_name(raw)
    assert 0 < len(name) <= MAX_NAME
    assert not set(name) & set('/\\\r\n\t\0"<>:|?*')
    assert clean_name(name) == name


@given(st.binary(max_size=2_000), st.sampled_from(["a.pdf", "a.png", "a.jpg", "a.webp", "a.docx", "a.ods", "a.csv"]))
def test_any_bytes_are_accepted_or_refused_with_a_sentence(content, name):
    for start in (b"", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF    WEBP", b"%PDF"):
        try:
            judged(name, start + content)
        except ValidationError as refused:
            assert refused.messages[0].endswith(".")
