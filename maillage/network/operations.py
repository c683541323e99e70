"""Keeping the list of partners and contacts, and saying for whom a member of the space speaks."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from maillage.access.may import require
from maillage.access.roles import SPEAKING_FOR_AN_ORGANIZATION, Role
from maillage.journal.changes import changes_since, snapshot
from maillage.journal.operations import record
from maillage.network.models import Affiliation, Contact, Organization
from maillage.people.models import Invitation, Membership, User
from maillage.people.operations import change_role, invite_person
from maillage.territories.models import Territory

Row = TypeVar("Row", Organization, Contact)


@transaction.atomic
def add_organization(territory: Territory, data: Mapping[str, Any], *, by: User) -> Organization:
    require(by, "network.edit", territory)
    return _add(Organization(territory=territory), data, "Partenaire ajouté", by)


@transaction.atomic
def add_contact(organization: Organization, data: Mapping[str, Any], *, by: User) -> Contact:
    require(by, "network.edit", organization)
    _check_account(organization.territory_id, data)
    contact = Contact(territory_id=organization.territory_id, organization=organization)
    return _add(contact, data, "Contact ajouté", by)


@transaction.atomic
def edit_row(row: Row, data: Mapping[str, Any], *, by: User) -> Row:
    """Edits named fields of a partner or a contact."""
    require(by, "network.edit", row)
    _check_account(row.territory_id, data)
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    before = snapshot(row, data)
    for name, value in data.items():
        setattr(row, name, value)
    row.full_clean()
    row.save(update_fields=[*data])
    if changes := changes_since(row, before):
        record(row, "network.edit", f"Modifié : {row}", by=by, changes=changes)
    return row


@transaction.atomic
def invite_member(
    territory: Territory, email: str, name: str, role: Role, organization: Organization | None, *, by: User
) -> Invitation:
    """Invites a person and says for which partner she speaks, where her role speaks for one."""
    _check_organization(role, organization)
    invitation = invite_person(territory, email, name, role, by=by)
    _affiliate(invitation.membership, role, organization)
    return invitation


@transaction.atomic
def change_member(membership: Membership, role: Role, organization: Organization | None, *, by: User) -> None:
    """Changes a member's role, and the partner she speaks for."""
    _check_organization(role, organization)
    change_role(membership, role, by=by)
    require(by, "people.invite", membership)
    _affiliate(membership, role, organization)


def _check_organization(role: Role, organization: Organization | None) -> None:
    if role in SPEAKING_FOR_AN_ORGANIZATION and organization is None:
        raise ValidationError({"organization": "Choisissez la structure pour laquelle cette personne s’exprime."})


def _check_account(territory_id: int, data: Mapping[str, Any]) -> None:
    """A contact is tied only to somebody who has access to its space."""
    user = data.get("user")
    if user and user.role_in(territory_id) is None:
        raise ValidationError({"user": "Cette personne n’a pas accès à cet espace. Invitez-la d’abord."})


def _affiliate(membership: Membership, role: Role, organization: Organization | None) -> None:
    if role not in SPEAKING_FOR_AN_ORGANIZATION or organization is None:
        Affiliation.objects.filter(membership=membership).delete()
        return
    if organization.territory_id != membership.territory_id:
        raise ValidationError({"organization": "Cette structure n’est pas de ce territoire."})
    Affiliation.objects.update_or_create(membership=membership, defaults={"organization": organization})


def _add(row: Row, data: Mapping[str, Any], sentence: str, by: User) -> Row:
    for name, value in data.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    record(row, "network.edit", f"{sentence} : {row}", by=by)
    return row
