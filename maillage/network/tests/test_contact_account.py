"""A contact tied to an account: whose, and who says so."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from maillage.access.roles import Role
from maillage.journal.queries import history_of
from maillage.network.models import Contact
from maillage.network.operations import edit_row
from maillage.network.queries import contact_ids_of
from maillage.people.tests.factories import TerritoryFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def contact(territory):
    return Contact.objects.create(territory=territory, name="Anne Lacoste")


def test_the_team_ties_a_contact_to_a_member_and_the_journal_says_so(territory, contact):
    anne = member(territory, Role.ELECTED)
    edit_row(contact, {"user": anne}, by=member(territory))
    contact.refresh_from_db()
    assert contact.user == anne
    assert history_of(contact)[0].changes == [{"label": "Compte", "before": "—", "after": str(anne)}]


def test_nobody_from_outside_the_space_is_tied_to_a_contact(territory, contact):
    with pytest.raises(ValidationError, match="Invitez-la d’abord"):
        edit_row(contact, {"user": member(TerritoryFactory())}, by=member(territory))
    with pytest.raises(PermissionDenied):
        edit_row(contact, {"user": None}, by=member(territory, Role.ELECTED))
    contact.refresh_from_db()
    assert contact.user is None


@pytest.mark.parametrize(
    ("fields", "hers"),
    [
        ({"name": "Autre", "email": "ANNE@example.org"}, True),
        ({"name": "anne lacoste"}, True),
        ({"name": "Autre", "email": "autre@example.org"}, False),
    ],
)
def test_a_contact_without_account_is_hers_by_address_or_name(fields, hers, territory):
    anne = member(territory, Role.ELECTED)
    anne.email, anne.name = "anne@example.org", "Anne Lacoste"
    contact = Contact.objects.create(territory=territory, **fields)
    assert (contact.pk in contact_ids_of(anne, territory.pk)) is hers


def test_a_contact_tied_to_somebody_else_is_not_hers_whatever_its_name(territory, contact):
    anne = member(territory, Role.ELECTED)
    anne.name = contact.name
    Contact.objects.filter(pk=contact.pk).update(user=member(territory))
    assert contact_ids_of(anne, territory.pk) == set()
