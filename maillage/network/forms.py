from typing import Any

from django import forms

from maillage.access.roles import Role
from maillage.network.models import Contact, Organization
from maillage.network.queries import members_of, organizations_of
from maillage.territories.models import Territory
from maillage.ui.forms import MaillageForm, MaillageModelForm, RadioCards


class OrganizationForm(MaillageModelForm):
    class Meta:
        model = Organization
        fields = ["name", "short_name", "kind", "siret", "email", "phone", "website"]


class ContactForm(MaillageModelForm):
    class Meta:
        model = Contact
        fields = ["name", "position", "email", "phone", "user"]
        labels = {"user": "Compte dans cet espace"}
        help_texts = {"user": "Relié à son compte, ce contact retrouve à l’accueil les actions qu’il ou elle suit."}

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = members_of(territory)  # type: ignore[attr-defined]


class RoleForm(MaillageForm):
    role = forms.ChoiceField(label="Rôle", choices=Role.choices, widget=RadioCards(attrs={"class": "cartes"}))
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label="Structure pour laquelle cette personne s’exprime",
        required=False,
        empty_label="Aucune",
        help_text="Demandée pour un signataire ou un acteur de terrain.",
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations_of(territory)  # type: ignore[attr-defined]


class InvitationForm(RoleForm):
    email = forms.EmailField(label="Adresse électronique professionnelle")
    name = forms.CharField(label="Nom", max_length=120)
    field_order = ["email", "name", "role", "organization"]
