"""Working together on one action: two editors, a draft that survives, a person who is called."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from maillage.access.roles import Role
from maillage.people.models import Membership
from maillage.plan.models import Action
from tests.cast import World

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def section(world: World, number: str, name: str) -> str:
    return reverse("action_edit", args=[world.here.slug, world.one(Action, number=number).pk, name])


def sheet(world: World, number: str) -> str:
    return reverse("action", args=[world.here.slug, world.one(Action, number=number).pk])


@pytest.mark.parametrize("script", [True, False])
def test_two_editors_of_one_action_lose_nothing(script: bool, visit: Any, world: World) -> None:
    Membership.objects.filter(user=world.people["signatory"]).update(role=Role.COORDINATOR)
    url = section(world, "3.2", "contenu")
    claire, paul = visit("coordinator", script=script), visit("signatory", script=script)
    claire.goto(url)
    paul.goto(url)

    paul.get_by_label("Besoin").fill("Le besoin, vu par Paul.")
    paul.get_by_label("Leviers").fill("Un levier de Paul.")
    paul.get_by_role("button", name="Enregistrer").click()
    expect(paul.get_by_text("La fiche est enregistrée.")).to_be_visible()

    claire.get_by_label("Besoin").fill("Le besoin, vu par Claire.")
    claire.get_by_label("Freins").fill("Un frein de Claire.")
    claire.get_by_role("button", name="Enregistrer").click()
    clash = claire.get_by_role("group", name="Besoin")
    expect(claire.get_by_text("Autre chose a été enregistré pendant que vous écriviez")).to_be_visible()
    expect(clash.get_by_text("Le besoin, vu par Paul.")).to_be_visible()
    expect(clash.get_by_text("Paul Rey, le")).to_be_visible()
    expect(clash.get_by_role("textbox")).to_have_value("Le besoin, vu par Claire.")
    expect(claire.get_by_label("Freins")).to_have_value("Un frein de Claire.")

    clash.get_by_role("textbox").fill("Le besoin, vu par Claire et par Paul.")
    clash.get_by_label("Garder ma saisie").check()
    claire.get_by_role("button", name="Enregistrer").click()
    expect(claire.get_by_text("La fiche est enregistrée.")).to_be_visible()
    expect(claire.get_by_text("a aussi changé : Leviers (Paul Rey)")).to_be_visible()
    for words in ("Le besoin, vu par Claire et par Paul.", "Un levier de Paul.", "Un frein de Claire."):
        expect(claire.locator(".texte-long").get_by_text(words)).to_be_visible()


def typed(page: Page, url: str, text: str) -> None:
    page.goto(url)
    page.get_by_label("Besoin").fill(text)
    page.wait_for_function("Object.keys(localStorage).length > 0")
    page.wait_for_timeout(500)


def test_a_draft_survives_a_closed_tab(visit: Any, world: World) -> None:
    url = section(world, "3.2", "contenu")
    first = visit("coordinator")
    typed(first, url, "Un long besoin que personne n’a encore enregistré.")
    context = first.context
    first.close()

    second = context.new_page()
    second.goto(url)
    notice = second.locator(".brouillon")
    expect(notice).to_have_text(re.compile(r"Brouillon du \d+ .+ à \d+ h \d\d retrouvé"))
    expect(second.get_by_label("Besoin")).not_to_have_value("Un long besoin que personne n’a encore enregistré.")
    notice.get_by_role("button", name="Reprendre").click()
    expect(second.get_by_label("Besoin")).to_have_value("Un long besoin que personne n’a encore enregistré.")
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.get_by_text("La fiche est enregistrée.")).to_be_visible()
    second.goto(url)
    expect(second.locator(".brouillon")).to_have_count(0)
    assert second.evaluate("Object.keys(localStorage).length") == 0


def test_a_draft_of_yesterday_does_not_write_over_what_was_stored_since(visit: Any, world: World) -> None:
    url = section(world, "3.2", "contenu")
    page = visit("coordinator")
    typed(page, url, "Mon brouillon.")
    Action.objects.filter(pk=world.one(Action, number="3.2").pk).update(need="Écrit depuis par quelqu’un.")
    page.goto(url)
    page.get_by_role("button", name="Reprendre").click()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("group", name="Besoin").get_by_text("Écrit depuis par quelqu’un.")).to_be_visible()


def test_a_draft_is_kept_in_place_erased_at_will_and_forgotten_when_one_signs_out(visit: Any, world: World) -> None:
    page = visit("coordinator")
    page.goto(sheet(world, "3.2"))
    page.get_by_role("link", name="Modifier le contenu").click()
    page.get_by_label("Besoin").fill("Écrit sur place.")
    page.get_by_label("Écrire un commentaire").fill("Un commentaire commencé.")
    page.wait_for_timeout(500)
    page.reload()
    expect(page.get_by_role("button", name="Effacer")).to_have_count(1)  # of the comment; the form in place comes back
    page.get_by_role("link", name="Modifier le contenu").click()
    expect(page.locator(".brouillon")).to_have_count(2)
    page.get_by_role("button", name="Effacer").first.click()
    expect(page.locator(".brouillon")).to_have_count(1)
    page.get_by_text("Claire Dupuy, mon compte").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(re.compile(r"127.0.0.1:\d+/$|localhost:\d+/$"))
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_draft_is_for_one_person_alone(visit: Any, world: World) -> None:
    page = visit("coordinator")
    typed(page, section(world, "3.2", "contenu"), "Un texte de Claire.")
    page.evaluate(
        "for (const key of Object.keys(localStorage)) "
        "localStorage.setItem(key.replace(/brouillon\\.[0-9a-f]+/, 'brouillon.0123456789abcdef'), localStorage[key])"
    )
    page.goto(sheet(world, "3.2"))
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('0123456789abcdef')).length") == 0


def test_a_mention_is_mailed_then_read(visit: Any, world: World, mailoutbox: Any) -> None:
    ines = visit("field_actor", phone=True)
    ines.goto(sheet(world, "3.2"))
    ines.get_by_label("Écrire un commentaire").fill("La salle est prêtée dès janvier : on y va ?")
    ines.get_by_text("Prévenir quelqu’un").click()
    ines.get_by_label("Claire Dupuy").check()
    ines.get_by_role("button", name="Commenter").click()
    expect(ines.get_by_text("Votre commentaire est publié.")).to_be_visible()

    [mail] = [mail for mail in mailoutbox if "Inès Carbonel vous a écrit" in mail.subject]
    assert mail.to == [world.people["coordinator"].email] and "La salle est prêtée" in mail.body
    link = re.search(r"https?://\S+/actions/\d+/#commentaire-\d+", mail.body)

    claire = visit("coordinator")
    claire.goto(reverse("to_do", args=[world.here.slug]))
    expect(claire.get_by_text("Inès Carbonel vous a écrit").first).to_be_visible()
    claire.goto(link[0] if link else "")
    said = claire.locator(f"#{link[0].rpartition('#')[2]}" if link else "")
    expect(said.get_by_text("La salle est prêtée")).to_be_visible()
    said.get_by_role("button", name="J’ai lu").click()
    expect(claire.get_by_text("vous avez lu ce commentaire")).to_be_visible()
    expect(said.get_by_role("button", name="J’ai lu")).to_have_count(0)
