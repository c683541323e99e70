"""The amendment on paper says what the page says."""

import io

import pytest
from pypdf import PdfReader

from maillage.amendments.models import Amendment
from maillage.amendments.printing import amendment_pdf
from maillage.amendments.queries import agreement_rows, difference_of
from maillage.amendments.saying import tell
from tests.cast import load_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "words"), [("signed", ["Fontenilles", "14 communes avant"]), ("draft", ["Projet", "89"])]
)
def test_an_amendment_is_printed_with_what_changes_and_who_agrees(state, words):
    world = load_world()
    amendment = world.one(Amendment, state=state)
    paper = amendment_pdf(
        amendment, tell(difference_of(amendment)), agreement_rows(amendment, world.people["coordinator"])
    )
    said = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert "Accords des signataires" in said and "Caf du Gers" in said
    assert all(word in said for word in words)
