"""Who takes what away, under which name, at what cost; the guide says the fields that there are."""

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from maillage.access.roles import Role
from maillage.exchange.out.fields import fields_page
from maillage.exchange.out.making import PLAN_FORMS, make_plan
from maillage.exchange.tests.out.comparing import cells
from maillage.network.models import Contact
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Action, Note
from maillage.plan.tests.factories import ActionFactory, ConventionFactory, big_plan

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).resolve().parents[4] / "docs" / "guide" / "exporter.md"
INTERNAL, SHARED = "Le maire hésite encore", "La salle est trouvée"


def words_of(content, form):
    if form in {"complet", "national"}:
        return " ".join(str(value) for value in cells(content).values())
    if form == "word":
        return " ".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("form", PLAN_FORMS)
def test_the_notes_of_the_team_leave_with_the_team_only(form, convention, coordinator, client):
    action = ActionFactory(convention=convention)
    Note.objects.create(action=action, on="2026-11-01", text=INTERNAL, audience=Note.Audience.TEAM)
    Note.objects.create(action=action, on="2026-11-02", text=SHARED, audience=Note.Audience.PARTNERS)
    url = reverse("plan_export", args=[convention.territory.slug, form])
    for user, reads in ((coordinator, True), (member(convention.territory, Role.SIGNATORY), False)):
        client.force_login(user)
        said = words_of(client.get(url).content, form)
        assert SHARED in said
        assert (INTERNAL in said) is reads


@pytest.mark.parametrize("form", ["word", "pdf"])
def test_the_notes_of_the_team_are_not_in_the_file_of_an_action_either(form, convention, client):
    action = ActionFactory(convention=convention)
    Note.objects.create(action=action, on="2026-11-01", text=INTERNAL, audience=Note.Audience.TEAM)
    client.force_login(member(convention.territory, Role.FIELD_ACTOR))
    answer = client.get(reverse("action_export", args=[convention.territory.slug, action.pk, form]))
    assert INTERNAL not in words_of(answer.content, form)


def test_the_addresses_of_contacts_leave_with_the_team_only(convention, coordinator):
    contact = Contact.objects.create(territory=convention.territory, name="Ada Un", email="ada@example.org")
    ActionFactory(convention=convention, lead_person=contact)
    reader = member(convention.territory, Role.READER)
    for user, reads in ((coordinator, True), (reader, False)):
        said = words_of(make_plan(convention, "complet", reader=user).content, "complet")
        assert ("ada@example.org" in said) is reads
        assert "Ada Un" in said


def test_files_bear_a_clear_name(convention, coordinator, client):
    action = ActionFactory(convention=convention, number="1.3", title="Ouvrir l’« accueil » d’été")
    client.force_login(coordinator)
    slug = convention.territory.slug
    plan = client.get(reverse("plan_export", args=[slug, "complet"]))
    assert plan["Content-Disposition"].startswith('attachment; filename="plan-ici-20')
    one = client.get(reverse("action_export", args=[slug, action.pk, "pdf"]))
    assert one["Content-Disposition"].startswith('attachment; filename="action-1-3-ouvrir-l-accueil-d-ete-20')
    assert client.get(reverse("plan_export", args=[slug, "pptx"])).status_code == 404
    assert client.get(reverse("action_export", args=[slug, action.pk, "complet"])).status_code == 404


@pytest.mark.parametrize("form", PLAN_FORMS)
def test_an_empty_plan_and_an_action_with_nothing_make_a_file(form, convention, coordinator, client):
    client.force_login(coordinator)
    url = reverse("plan_export", args=[convention.territory.slug, form])
    assert client.get(url).status_code == 200
    ActionFactory(convention=convention, title="Titre " * 50)
    assert "Titre Titre" in " ".join(words_of(client.get(url).content, form).split())


@pytest.mark.parametrize("form", ["word", "pdf"])
@pytest.mark.parametrize("title", ["Mot " * 75, "Motsansfin" * 30])
def test_a_title_of_300_signs_makes_a_file(form, title, convention, coordinator, client):
    action = ActionFactory(convention=convention, title=title.strip())
    client.force_login(coordinator)
    answer = client.get(reverse("action_export", args=[convention.territory.slug, action.pk, form]))
    assert title.strip()[:9] in words_of(answer.content, form).replace("\u200b", "")


def test_a_file_costs_the_same_queries_with_10_and_with_600_actions(client, django_assert_max_num_queries):
    counts = {}
    for size in (10, 600):
        territory = TerritoryFactory()
        convention = ConventionFactory(territory=territory)
        big_plan(convention, size)
        client.force_login(member(territory))
        action = Action.objects.filter(convention=convention)[0]
        urls = [reverse("plan_export", args=[territory.slug, form]) for form in ("complet", "national", "word")]
        urls += [reverse("action_export", args=[territory.slug, action.pk, form]) for form in ("word", "pdf")]
        counts[size] = []
        for url in urls:
            with django_assert_max_num_queries(15) as counted:
                assert client.get(url).status_code == 200
            counts[size].append(len(counted.captured_queries))
    assert counts[10] == counts[600]


def test_dangerous_cells_leave_as_texts(convention, coordinator):
    ActionFactory(convention=convention, title="=cmd|' /C calc'!A0")
    for form in ("complet", "national"):
        book = openpyxl.load_workbook(io.BytesIO(make_plan(convention, form, reader=coordinator).content))
        found = [cell for sheet in book for row in sheet for cell in row if str(cell.value).startswith("=cmd")]
        assert found
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in found)


@pytest.mark.parametrize("kind", ["action", "plan"])
def test_the_guide_lists_the_fields_of_a_template(kind):
    assert fields_page(kind) in GUIDE.read_text(encoding="utf-8")
