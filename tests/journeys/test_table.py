"""The plan as a table: filter, keep the view, change many actions at once, think again."""

import pytest
from playwright.sync_api import expect

from maillage.plan.models import Action, BulkEdit, SavedView
from maillage.plan.tests.factories import big_plan


def table(page, world, query=""):
    page.goto(f"/espace/{world.here.slug}/plan/tableau/{query}")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_coordinator_filters_keeps_the_view_changes_many_actions_and_undoes_it(script, visit, world):
    page = visit("coordinator", script=script)
    table(page, world)
    page.locator("summary", has_text="Filtrer").click()
    page.get_by_label("En cours", exact=True).check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    count = world.here.actions.filter(state="ongoing").count()
    expect(page.get_by_role("status").first).to_contain_text(f"{count} actions sur")
    page.get_by_role("link", name="Structure pilote", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Structure pilote")

    page.get_by_role("link", name="Enregistrer cette vue").click()
    page.get_by_label("Nom de la vue").fill("En cours, par pilote")
    page.get_by_label("Partager avec l’équipe").check()
    page.get_by_role("button", name="Enregistrer la vue").click()
    kept = page.get_by_role("link", name="En cours, par pilote")
    expect(kept).to_have_attribute("aria-current", "page")
    assert SavedView.objects.get(name="En cours, par pilote").query == "etat=ongoing&tri=pilote"

    page.get_by_label("Choisir 3.2").check()
    page.get_by_label("Choisir 2.1").check()
    page.get_by_label("Ce qui change").select_option("etat")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("En pause").check()
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_text("Dites en une phrase pourquoi").first).to_be_visible()
    page.get_by_label("Motif").fill("La salle est en travaux.")
    page.get_by_role("button", name="Revoir l’aperçu").click()
    expect(page.get_by_text("2 actions changeraient")).to_be_visible()
    assert not world.here.actions.filter(state="paused").exists()
    page.get_by_role("button", name="Changer 2 actions").click()

    expect(page.get_by_role("status").first).to_contain_text("C’est fait")
    assert set(world.here.actions.filter(state="paused").values_list("number", flat=True)) == {"2.1", "3.2"}
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("status").first).to_contain_text("2 actions sont de nouveau comme avant")
    assert not world.here.actions.filter(state="paused").exists()
    assert BulkEdit.objects.order_by("-pk")[0].undone_at


def test_the_next_rows_come_as_one_reads_and_all_the_filtered_ones_can_be_changed(visit, world):
    big_plan(world.here.conventions.get(), 230)
    page = visit("coordinator")
    table(page, world, "?mots=Action+numéro")
    rows = page.locator("#tableau tbody tr:has(th[scope=row])")
    expect(rows).to_have_count(100)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(rows).not_to_have_count(100)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(rows).to_have_count(230)
    expect(page.locator("#tableau tbody.suite")).to_have_count(0)
    page.get_by_label("Cocher toutes les lignes affichées").check()
    expect(page.get_by_text("les actions cochées (230)")).to_be_visible()
    page.get_by_label("Ce qui change").select_option("poids")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Poids").fill("3")
    page.get_by_role("button", name="Voir l’aperçu").click()
    page.get_by_role("button", name="Changer 230 actions").click()
    expect(page.get_by_role("status").first).to_contain_text("C’est fait")
    assert Action.objects.filter(title__startswith="Action numéro", weight=3).count() == 230
    # The filter of the address is still there.
    expect(page.get_by_role("link", name="Retirer le filtre : Mots")).to_be_visible()
