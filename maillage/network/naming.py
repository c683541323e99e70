"""From a name that somebody typed (or a file holds) to an organisation or a contact of the territory.

A plan names its partners as it goes: a name that is already known is found whatever its case and accents,
a new one joins the list of partners.
"""

from typing import TypeVar

from django.db import models

from maillage.journal.operations import record
from maillage.network.models import Contact, Organization
from maillage.people.models import User
from maillage.territories.models import Territory
from maillage.ui.french import folded

Row = TypeVar("Row", Organization, Contact)


class Directory:
    """The names of one territory, read once (two queries), to find or add many.

    `created` lists what was added, so that an import can be undone.
    """

    def __init__(self, territory: Territory, *, by: User | None, is_example: bool = False) -> None:
        self.territory = territory
        self.by = by
        self.is_example = is_example
        self.created: list[models.Model] = []
        self._organizations: dict[str, Organization] = {}
        for organization in Organization.objects.filter(territory=territory).order_by("-id"):
            for name in filter(None, (organization.short_name, organization.name)):
                self._organizations[folded(name)] = organization
        self._contacts = {
            folded(contact.name): contact for contact in Contact.objects.filter(territory=territory).order_by("-id")
        }

    def organization(self, name: str) -> Organization | None:
        """The organisation of that name, found or added; None for an empty name."""
        key = folded(name)
        if key and key not in self._organizations:
            self._organizations[key] = self._add(Organization(name=" ".join(name.split())), "Partenaire ajouté")
        return self._organizations.get(key)

    def contact(self, name: str, organization: Organization | None = None) -> Contact | None:
        """The professional contact of that name, found or added; None for an empty name."""
        key = folded(name)
        if key and key not in self._contacts:
            contact = Contact(name=" ".join(name.split()), organization=organization)
            self._contacts[key] = self._add(contact, "Contact ajouté")
        return self._contacts.get(key)

    def _add(self, row: Row, sentence: str) -> Row:
        row.territory = self.territory
        row.is_example = self.is_example
        row.full_clean()
        row.save()
        record(row, "network.edit", f"{sentence} : {row}", by=self.by)
        self.created.append(row)
        return row
