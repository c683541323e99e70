"""What was signed, what changes, who agrees: a coordinator and the Caf sign an amendment and read it again."""

from playwright.sync_api import expect

from maillage.amendments.models import Amendment, PlanVersion
from maillage.plan.models import Action


def test_sign_amend_read_the_difference(visit, world):
    base = f"/espace/{world.here.slug}"
    page = visit("coordinator")
    page.goto(f"{base}/convention/")
    page.get_by_role("link", name="Tout voir des versions et avenants").click()
    page.get_by_role("link", name="Avenant n° 2 : se déplacer").click()
    expect(page.locator(".resume")).to_contain_text("2 actions ajoutées")
    # The amendment follows the plan: one word of an action changes, and is told as one word.
    action = world.one(Action, number="1.2")
    page.goto(f"{base}/actions/{action.pk}/modifier/identite/")
    page.get_by_label("Intitulé").fill("Livret d’accueil des nouveaux habitants")
    page.get_by_role("button", name="Enregistrer").first.click()
    page.goto(f"{base}/convention/versions/")
    page.get_by_role("link", name="Voir qui est d’accord").click()
    changed = page.locator("article", has_text="Livret d’accueil")
    expect(changed.locator("td.apres ins")).to_contain_text("nouveaux")
    expect(changed.locator("td.avant del")).to_have_count(0)
    # Signing without everybody asks why.
    page.get_by_role("link", name="Signer", exact=True).click()
    expect(page.get_by_text("Il manque 4 accords.")).to_be_visible()
    page.get_by_role("button", name="Signer l’avenant").click()
    expect(page.locator("#erreurs")).to_be_visible()
    assert PlanVersion.objects.filter(convention__territory=world.here).count() == 2
    page.get_by_label("Pourquoi le signer sans tous les accords").fill("Ces signataires ne financent pas ces actions.")
    page.get_by_role("button", name="Signer l’avenant").click()
    expect(page.get_by_role("status")).to_contain_text("une nouvelle version est figée")
    expect(page.get_by_text("Ces signataires ne financent pas ces actions.")).to_be_visible()
    # The past is read as it was: fourteen communes, and the action under its first title.
    page.goto(f"{base}/convention/versions/1/")
    expect(page.get_by_text("14 communes")).to_be_visible()
    expect(page.get_by_text("1.2 Livret d’accueil des habitants")).to_be_visible()
    page.goto(f"{base}/convention/versions/comparer/?de=1&a=3")
    expect(page.locator("#perimetre")).to_contain_text("Fontenilles")


def test_a_signatory_agrees_on_a_phone_without_script(visit, world):
    amendment = world.one(Amendment, state="draft")
    amendment.agreements.filter(organization__kind="caf").delete()
    page = visit("signatory", phone=True, script=False)
    page.goto(f"/espace/{world.here.slug}/a-faire/")
    page.get_by_role("link", name="Ouvrir : Noter l’accord de votre structure").click()
    page.get_by_role("link", name="Noter son accord : Caf du Gers").click()
    page.get_by_label("Accord donné le").fill("2026-11-20")
    page.get_by_label("Numéro de délibération").fill("CA-2026-118")
    page.get_by_role("button", name="Noter l’accord").click()
    expect(page.locator("#accords")).to_contain_text("délibération n° CA-2026-118")
    expect(page.get_by_role("link", name="Noter son accord")).to_have_count(0)
