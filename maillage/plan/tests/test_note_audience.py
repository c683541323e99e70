"""A note of the team is read by the team, and by nobody else, anywhere."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from maillage.access.roles import Role
from maillage.journal.models import Entry
from maillage.people.tests.factories import member
from maillage.plan.models import Note
from maillage.plan.operations import add_part, edit_part, remove_part
from maillage.plan.tests.factories import ActionFactory, OrganizationFactory, partner_member

pytestmark = pytest.mark.django_db
TEAM, PARTNERS = Note.Audience.TEAM, Note.Audience.PARTNERS
SECRET = "Le maire hésite encore"


@pytest.fixture
def action(convention):
    return ActionFactory(convention=convention, lead_organization=OrganizationFactory(territory=convention.territory))


@pytest.fixture
def actor(action):
    return partner_member(action.territory, action.lead_organization)


def note(action, by, audience=TEAM, text=SECRET):
    return add_part(Note, action, {"on": dt.date(2026, 11, 25), "text": text, "audience": audience}, by=by)


def everything_said():
    return " ".join(f"{entry.sentence} {entry.changes} {entry.reason}" for entry in Entry.objects.all())


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("place", ["action", "action_history", "journal", "dashboard", "search", "plan"])
def test_each_role_reads_what_is_for_her(role, place, action, coordinator, client):
    note(action, coordinator)
    note(action, coordinator, PARTNERS, "Une note partagée")
    client.force_login(member(action.territory, role))
    arguments = ["ici", action.pk] if place in {"action", "action_history"} else ["ici"]
    text = client.get(reverse(place, args=arguments), {"q": "hésite"}).content.decode()
    assert (SECRET in text) is (role == Role.COORDINATOR and place == "action")
    if place == "action":
        assert "Une note partagée" in text
        assert "Note interne à l’équipe ajoutée" in text  # the journal says that there is one, and not what it says


def test_the_journal_never_quotes_a_note_of_the_team(action, coordinator):
    written = note(action, coordinator)
    edit_part(written, {"text": SECRET + " toujours"}, by=coordinator)
    edit_part(written, {"audience": PARTNERS}, by=coordinator)
    edit_part(written, {"audience": TEAM, "text": SECRET + " encore"}, by=coordinator)
    remove_part(written, by=coordinator)
    said = everything_said()
    assert SECRET not in said and "Note interne à l’équipe supprimée" in said
    assert "Partagée avec les partenaires" in said, "who reads it is no secret"


def test_the_journal_quotes_a_shared_note(action, coordinator):
    remove_part(note(action, coordinator, PARTNERS), by=coordinator)
    assert SECRET in everything_said()


def test_a_new_note_of_the_coordinator_is_the_team_s_unless_she_says_otherwise(action, coordinator, client):
    client.force_login(coordinator)
    url = reverse("part_add", args=["ici", "notes", action.pk])
    form = client.get(url).context["form"]
    assert form["audience"].value() == TEAM
    client.post(url, {"on": "2026-11-25", "text": "Un mot", "audience": "partners"})
    assert Note.objects.get().audience == PARTNERS


def test_a_partner_writes_for_everybody_and_is_told_so(action, actor, client):
    client.force_login(actor)
    url = reverse("part_add", args=["ici", "notes", action.pk])
    answer = client.get(url)
    assert "audience" not in answer.context["form"].fields
    assert "Tous les membres de cet espace la liront" in answer.content.decode()
    client.post(url, {"on": "2026-11-25", "text": "Un mot", "audience": "team"})
    assert Note.objects.get().audience == PARTNERS


def test_a_partner_neither_finds_nor_changes_a_note_of_the_team(action, actor, coordinator, client):
    written = note(action, coordinator)
    client.force_login(actor)
    for name in ("part_edit", "part_remove"):
        url = reverse(name, args=["ici", "notes", written.pk])
        assert client.get(url).status_code == 404
        assert client.post(url, {"text": "x", "on": "2026-11-25"}).status_code == 404
    for act in (lambda: edit_part(written, {"text": "x"}, by=actor), lambda: remove_part(written, by=actor)):
        with pytest.raises(ValidationError):
            act()
    with pytest.raises(ValidationError, match="Seule l’équipe"):
        note(action, actor)
    assert Note.objects.get().text == SECRET


def test_removing_a_note_of_the_team_says_that_its_text_is_kept_nowhere(action, coordinator, client):
    client.force_login(coordinator)
    url = reverse("part_remove", args=["ici", "notes", note(action, coordinator).pk])
    assert "ne sera gardé nulle part" in client.get(url).content.decode()
