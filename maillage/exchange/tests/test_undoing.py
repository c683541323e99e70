"""What came with a file and is used by nobody goes with it; the least use keeps it."""

import pytest

from maillage.exchange.operations.undoing import is_used, remove_unused
from maillage.network.models import Contact, Organization
from maillage.plan.models import Scheme
from maillage.plan.tests.factories import ActionFactory, OrganizationFactory

#: What refers to a contact, a partner or a linked scheme, and how.
USES = {
    "a contact leads an action": lambda action, contact, partner, scheme: ([contact], {"lead_person": contact}),
    "a contact is an elected referent": lambda action, contact, partner, scheme: ([contact], {"elected_referent": contact}),
    "a partner leads an action": lambda action, contact, partner, scheme: ([partner], {"lead_organization": partner}),
}  # fmt: skip


@pytest.fixture
def rows(convention):
    territory = convention.territory
    return (
        ActionFactory(convention=convention, territory=territory),
        Contact.objects.create(territory=territory, name="Nadia Ferrand"),
        OrganizationFactory(territory=territory),
        Scheme.objects.create(territory=territory, name="Contrat local de santé"),
    )


def test_what_nobody_uses_goes(rows):
    for row in rows[1:]:
        assert not is_used(row)
        remove_unused(type(row), [row.pk])
        assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("use", USES)
def test_a_field_that_names_it_keeps_it(use, rows):
    kept, fields = USES[use](*rows)
    for name, value in fields.items():
        setattr(rows[0], name, value)
    rows[0].save()
    for row in kept:
        remove_unused(type(row), [row.pk])
        assert type(row).objects.filter(pk=row.pk).exists()


def test_a_list_that_holds_it_keeps_it(rows):
    action, contact, partner, scheme = rows
    action.schemes.add(scheme)
    contact.organization = partner
    contact.save()
    remove_unused(Scheme, [scheme.pk])
    remove_unused(Organization, [partner.pk])
    assert Scheme.objects.exists() and Organization.objects.filter(pk=partner.pk).exists()
