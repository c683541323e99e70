"""Opening a space, letting people in and out, amending a perimeter."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from maillage.access.roles import Role
from maillage.journal.models import Entry
from maillage.people.models import Invitation, Membership, User
from maillage.people.operations import (
    accept_invitation,
    amend_perimeter,
    change_role,
    end_access,
    invitation_of,
    invite_person,
    open_territory,
    send_again,
)
from maillage.people.tests.factories import GASCOGNE, MembershipFactory, TerritoryFactory, UserFactory, member
from maillage.territories.areas import UnknownArea
from maillage.territories.models import Territory
from maillage.territories.queries import perimeter_of

pytestmark = pytest.mark.django_db


def test_an_epci_brings_its_perimeters_through_the_years():
    user = UserFactory()
    space = open_territory("", sirens=["200023620"], by=user)
    first, second = space.perimeters.order_by("starts_on")
    assert (len(first.commune_codes), first.starts_on, first.ends_on) == (14, dt.date(2021, 1, 1), dt.date(2024, 1, 1))
    assert (len(second.commune_codes), second.ends_on) == (13, None)
    assert "31188" not in second.commune_codes
    assert user.role_in(space.pk) == Role.COORDINATOR
    assert Entry.objects.get().sentence.startswith("Espace ouvert")


def test_two_epci_or_a_list_of_communes_make_one_space():
    user = UserFactory()
    both = open_territory("Deux voisins", sirens=["200023620", "243200599"], by=user)
    assert len(perimeter_of(both, dt.date(2026, 11, 24)).commune_codes) == 13 + 32
    few = open_territory("Trois villages", communes=["32210", "32160"], by=user)
    assert (few.kind, perimeter_of(few, dt.date(2026, 1, 1)).commune_codes) == ("commune_list", ["32160", "32210"])


def test_two_spaces_of_one_name_have_two_addresses():
    user = UserFactory()
    slugs = [open_territory("Beaupuy", communes=[code], by=user).slug for code in ("32038", "31053", "32038")]
    assert slugs == ["beaupuy", "beaupuy-2", "beaupuy-3"]


def test_an_unknown_place_or_no_place_opens_nothing():
    with pytest.raises(UnknownArea):
        open_territory("Rien", sirens=["123456789"], by=UserFactory())
    with pytest.raises(ValidationError, match="au moins"):
        open_territory("Rien", by=UserFactory())
    assert not Territory.objects.exists()


def test_a_new_perimeter_ends_the_one_before_and_erases_nothing():
    space = TerritoryFactory()
    amend_perimeter(space, dt.date(2027, 1, 1), [*GASCOGNE, "31188"], "Retour de Fontenilles", by=member(space))
    before, after = space.perimeters.order_by("starts_on")
    assert (before.ends_on, len(before.commune_codes)) == (dt.date(2027, 1, 1), 13)
    assert (after.ends_on, len(after.commune_codes)) == (None, 14)
    assert perimeter_of(space, dt.date(2026, 12, 31)) == before
    assert perimeter_of(space, dt.date(2027, 1, 1)) == after
    assert Entry.objects.get().changes == [{"label": "Communes", "before": "—", "after": "Fontenilles"}]


@pytest.mark.parametrize(
    ("starts_on", "codes", "words"),
    [
        (dt.date(2023, 4, 30), ["32160"], "choisissez un jour après"),
        (dt.date(2027, 1, 1), GASCOGNE, "le même"),
        (dt.date(2027, 1, 1), [], "au moins une commune"),
    ],
)
def test_a_perimeter_that_makes_no_sense_is_refused(starts_on, codes, words):
    space = TerritoryFactory()
    with pytest.raises(ValidationError, match=words):
        amend_perimeter(space, starts_on, codes, "Essai", by=member(space))
    assert space.perimeters.count() == 1


def test_an_invitation_is_mailed_and_opens_once(django_capture_on_commit_callbacks):
    space = TerritoryFactory()
    with django_capture_on_commit_callbacks(execute=True):
        invite_person(space, "Zoe@Example.org", "Zoé", Role.READER, by=member(space))
    token = re.search(r"/invitation/([^/]+)/", mail.outbox[0].body)[1]
    letter = invitation_of(token)
    user = accept_invitation(letter, "Zoé Pontac")
    assert (user.email, user.name, user.role_in(space.pk)) == ("zoe@example.org", "Zoé Pontac", Role.READER)
    with pytest.raises(ValidationError, match="déjà servi"):
        invitation_of(token)


def test_a_letter_sent_again_replaces_the_first(django_capture_on_commit_callbacks):
    space = TerritoryFactory()
    team = member(space)
    with django_capture_on_commit_callbacks(execute=True):
        letter = invite_person(space, "zoe@example.org", "Zoé", Role.READER, by=team)
    with django_capture_on_commit_callbacks(execute=True):
        send_again(letter, by=team)
    old, new = (re.search(r"/invitation/([^/]+)/", message.body)[1] for message in mail.outbox)
    with pytest.raises(ValidationError, match="plus valable"):
        invitation_of(old)
    assert invitation_of(new) == letter


@pytest.mark.parametrize("token", ["", "abc", "WzEsMV0:1abc:def"])
def test_a_forged_letter_opens_nothing(token):
    with pytest.raises(ValidationError, match="plus valable"):
        invitation_of(token)


def test_a_letter_is_good_for_a_week(django_capture_on_commit_callbacks):
    space = TerritoryFactory()
    with django_capture_on_commit_callbacks(execute=True):
        invite_person(space, "zoe@example.org", "Zoé", Role.READER, by=member(space))
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    with pytest.raises(ValidationError, match="expiré"):
        invitation_of(re.search(r"/invitation/([^/]+)/", mail.outbox[0].body)[1])


def test_who_has_access_already_is_not_invited_twice():
    space = TerritoryFactory()
    team = member(space)
    with pytest.raises(ValidationError, match="déjà accès"):
        invite_person(space, team.email, "", Role.READER, by=team)


def test_the_last_coordinator_cannot_leave_nor_change_role():
    space = TerritoryFactory()
    alone = MembershipFactory(territory=space)
    for act in (lambda: end_access(alone, by=alone.user), lambda: change_role(alone, Role.READER, by=alone.user)):
        with pytest.raises(ValidationError, match="seule à coordonner"):
            act()
    member(space)
    end_access(alone, by=alone.user)
    assert Membership.objects.open().filter(territory=space).count() == 1


@pytest.mark.parametrize("role", [Role.ELECTED, Role.SIGNATORY, Role.FIELD_ACTOR, Role.READER])
def test_only_the_team_lets_people_in(role):
    space = TerritoryFactory()
    somebody = member(space, role)
    with pytest.raises(PermissionDenied):
        invite_person(space, "zoe@example.org", "Zoé", Role.COORDINATOR, by=somebody)
    assert not User.objects.filter(email="zoe@example.org").exists()
