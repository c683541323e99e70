"""The team takes the plan away, gives Word its own look, and is told what is wrong with a template."""

import io
from typing import Any

import docx

from maillage.plan.models import Action
from tests.test_pages import PDF


def template(words: str) -> dict[str, Any]:
    document = docx.Document()
    document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "notre-modele.docx", "mimeType": media_type, "buffer": out.getvalue()}


def taken(page: Any, name: str) -> tuple[str, bytes]:
    """The file that a link hands over: its name and its bytes."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).first.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_the_team_takes_the_plan_away_and_gives_word_its_own_look(visit: Any, world: Any) -> None:
    page = visit("coordinator", script=False)
    plan = f"/espace/{world.here.slug}/plan/"
    for link, ending in (("Excel complet", ".xlsx"), ("Excel, modèle national", ".xlsx"), ("PDF", ".pdf")):
        page.goto(plan)
        page.get_by_text("Exporter", exact=True).click()
        name, content = taken(page, link)
        assert name.startswith(f"plan-{world.here.slug}-") and name.endswith(ending)
        assert content[:4] in {b"PK\x03\x04", b"%PDF"}
    page.get_by_role("link", name="Modèles Word").click()
    page.get_by_role("link", name="Envoyer le vôtre : Fiche d’une action").click()
    page.set_input_files("input[type=file]", {"name": "note.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="Essayer et prendre ce modèle").click()
    assert page.get_by_text("Un modèle est un texte Word").first.is_visible()
    page.set_input_files("input[type=file]", template("{{ titr }}"))
    page.get_by_role("button", name="Essayer et prendre ce modèle").click()
    assert page.get_by_text("un champ que Maillage ne connaît pas").first.is_visible()
    page.set_input_files("input[type=file]", template("Chez nous : {{ titre }}"))
    page.get_by_role("button", name="Essayer et prendre ce modèle").click()
    assert page.get_by_text("Le modèle est en service").is_visible()
    action = world.one(Action, number="1.1")
    page.goto(f"/espace/{world.here.slug}/actions/{action.pk}/")
    _name, content = taken(page, "Word")
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text == f"Chez nous : {action.title}"
