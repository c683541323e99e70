"""The board in a browser: by keyboard, by mouse, by finger, without script; a refusal loses nothing."""

import pytest
from playwright.sync_api import expect

from maillage.plan.models import Action


def open_board(page, world):
    page.goto(f"/espace/{world.here.slug}/plan/colonnes/")
    return page


def card(page, world, number):
    return page.locator(f"#action-{world.one(Action, number=number).pk}")


def column(page, state):
    return page.locator(f"#colonne-{state}")


def centre(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 60)


def test_a_card_is_moved_by_keyboard_and_every_step_is_spoken(visit, world):
    page = open_board(visit("coordinator"), world)
    voice = page.locator("[data-annonce]")
    handle = card(page, world, "2.3").get_by_role("button", name="Déplacer 2.3 Dépistages hors les murs")
    handle.focus()
    page.keyboard.press("Enter")
    expect(handle).to_have_attribute("aria-pressed", "true")
    expect(voice).to_contain_text("Colonne À venir, 1 sur 5")
    page.keyboard.press("ArrowRight")
    expect(voice).to_have_text("Colonne En cours, 2 sur 5.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(voice).to_contain_text("reste dans À venir")
    expect(column(page, "to_come").locator(".carte-action")).to_have_count(1)

    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(voice).to_contain_text("maintenant dans «\u00a0En cours\u00a0»".replace("\u00a0", " "))
    expect(column(page, "ongoing").locator("[data-combien]")).to_have_text("8")
    expect(card(page, world, "2.3").locator(".poignee")).to_be_focused()
    assert world.one(Action, number="2.3").state == "ongoing"
    page.reload()
    expect(column(page, "ongoing").locator(".carte-action")).to_have_count(8)


def test_a_card_is_moved_by_mouse_and_a_reason_that_is_owed_is_asked_and_kept(visit, world):
    page = open_board(visit("coordinator"), world)
    moved = card(page, world, "1.3")
    page.mouse.move(*centre(moved))
    page.mouse.down()
    page.mouse.move(*centre(column(page, "paused")), steps=8)
    expect(column(page, "paused")).to_have_class("colonne visee")
    page.mouse.up()
    dialog = page.get_by_role("dialog", name="Pourquoi ce changement ?")
    expect(dialog).to_contain_text("de « En cours » à « En pause »")

    # A refusal in the dialog keeps the dialog, the words and the card.
    page.get_by_label("Motif").fill("   ")
    dialog.get_by_role("button", name="Déplacer l’action").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Dites en une phrase pourquoi")

    # The connection breaks: what was typed stays.
    page.get_by_label("Motif").fill("La salle est en travaux")
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Déplacer l’action").click()
    expect(dialog.get_by_role("alert")).to_contain_text("connexion")
    expect(page.get_by_label("Motif")).to_have_value("La salle est en travaux")
    page.context.set_offline(False)
    dialog.get_by_role("button", name="Déplacer l’action").click()
    expect(dialog).to_be_hidden()
    expect(column(page, "paused").locator(".carte-action")).to_have_count(1)
    assert world.one(Action, number="1.3").state == "paused"


def test_a_refused_card_goes_back_with_the_sentence(visit, world):
    page = open_board(visit("coordinator"), world)
    moved = card(page, world, "2.3")
    page.mouse.move(*centre(moved))
    page.mouse.down()
    page.mouse.move(*centre(column(page, "done")), steps=8)
    page.mouse.up()
    expect(page.get_by_role("alert")).to_contain_text("ne peut pas devenir")
    expect(column(page, "to_come").locator(".carte-action")).to_have_count(1)
    # And a reason given up leaves the card where it was.
    page.mouse.move(*centre(moved))
    page.mouse.down()
    page.mouse.move(*centre(column(page, "abandoned")), steps=8)
    page.mouse.up()
    page.get_by_role("button", name="La laisser où elle est").click()
    expect(column(page, "to_come").locator(".carte-action")).to_have_count(1)
    assert world.one(Action, number="2.3").state == "to_come"


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_without_script_the_menu_of_a_card_moves_it_and_asks_the_reason(phone, visit, world):
    page = open_board(visit("coordinator", script=False, phone=phone), world)
    moved = card(page, world, "1.3")
    moved.locator("summary").click()
    moved.get_by_role("button", name="Abandonnée").click()
    expect(page.locator("#erreurs, .resume-erreurs").first).to_contain_text("Dites en une phrase pourquoi")
    page.get_by_label("Motif").fill("Plus de bénévoles")
    page.get_by_role("button", name="Déplacer l’action").click()
    expect(page.locator(".avis")).to_contain_text("maintenant dans")
    assert world.one(Action, number="1.3").state == "abandoned"


def test_a_finger_takes_the_handle(visit, world):
    page = open_board(visit("coordinator", phone=True), world)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    handle = card(page, world, "2.3").locator(".poignee")
    x, y = centre(handle)
    far = centre(column(page, "ongoing"))[1]
    page.evaluate(
        """([x, y, far]) => {
          const at = (type, node, x, y) => node.dispatchEvent(new PointerEvent(type,
            { bubbles: true, clientX: x, clientY: y, pointerType: "touch", pointerId: 7, button: 0, isPrimary: true }));
          at("pointerdown", document.elementFromPoint(x, y), x, y);
          at("pointermove", window, 300, y); at("pointermove", window, 378, far); at("pointerup", window, 378, far);
        }""",
        [x, y, far],
    )
    expect(column(page, "ongoing").locator("[data-combien]")).to_have_text("8")
    assert world.one(Action, number="2.3").state == "ongoing"
