"""One change for many actions: a small form for each kind of change."""

from collections.abc import Callable
from typing import Any

from django import forms

from maillage.network.queries import contacts_of, organizations_of
from maillage.plan.forms.actions import goals_of
from maillage.plan.models import Action, Convention
from maillage.plan.operations.bulk import BulkChange
from maillage.plan.rules.bulk import NAMES, Kind
from maillage.plan.vocabulary import ActionState, Health
from maillage.themes.models import Theme
from maillage.ui.forms import DateField, MaillageForm, RadioCards

#: Beyond this it is no longer a plan.
MOST = 20_000


def _cards(choices: Any, label: str) -> forms.Field:
    return forms.ChoiceField(label=label, choices=choices, widget=RadioCards(attrs={"class": "cartes"}))


def _day(label: str) -> forms.Field:
    return DateField(label=label, required=False, help_text="Vide : la date est retirée.")


def _row(rows: Any, label: str, nothing: str = "") -> forms.Field:
    return forms.ModelChoiceField(rows, label=label, required=not nothing, empty_label=nothing or "Choisissez…")


FIELDS: dict[Kind, Callable[[Convention], forms.Field]] = {
    Kind.STATE: lambda _plan: _cards(ActionState.choices, "Nouvel état"),
    Kind.HEALTH: lambda _plan: _cards(Health.choices, "Santé"),
    Kind.LEAD: lambda plan: _row(organizations_of(plan.territory), "Structure pilote", "Aucune"),
    Kind.REFERENT: lambda plan: _row(contacts_of(plan.territory), "Élu référent ou élue référente", "Personne"),
    Kind.GOAL: lambda plan: _row(goals_of(plan), "Nouvel objectif principal"),
    Kind.PRIORITY: lambda _plan: forms.ChoiceField(
        label="Priorité", required=False, choices=[("", "Non précisée"), *Action.Priority.choices]
    ),
    Kind.WEIGHT: lambda _plan: forms.IntegerField(
        label="Poids dans l’avancement", min_value=1, max_value=10, help_text="De 1 à 10."
    ),
    Kind.STARTS: lambda _plan: _day("Commence le"),
    Kind.ENDS: lambda _plan: _day("Se termine le"),
    Kind.THEME_ADD: lambda _plan: _row(Theme.objects.all(), "Thème à ajouter"),
    Kind.THEME_REMOVE: lambda _plan: _row(Theme.objects.all(), "Thème à retirer"),
    Kind.MIDWAY: lambda _plan: _cards([("yes", "Oui"), ("no", "Non")], "Ajoutée en cours de plan"),
}
REASONS = {
    Kind.STATE: ("Motif", "Demandé pour mettre en pause, abandonner ou reprendre une action close."),
    Kind.HEALTH: ("Pourquoi", "En une phrase, si l’action n’est pas en bonne santé."),
}


class BulkForm(MaillageForm):
    """What to change in the chosen actions. Fields are named apart from those that carry the choice along."""

    def __init__(self, *args: Any, kind: Kind, convention: Convention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["value"] = FIELDS[kind](convention)
        if kind in REASONS:
            label, help_text = REASONS[kind]
            self.fields["reason"] = forms.CharField(
                label=label, help_text=help_text, required=False, max_length=300
            )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        poor = self.kind == Kind.HEALTH and cleaned.get("value") not in {None, Health.GOOD}
        if poor and not cleaned.get("reason"):
            self.add_error("reason", "Dites en une phrase pourquoi l’action est à surveiller ou bloquée.")
        return cleaned

    @property
    def change(self) -> BulkChange:
        value = self.cleaned_data["value"]
        return BulkChange(
            self.kind, value == "yes" if self.kind == Kind.MIDWAY else value, self.cleaned_data.get("reason", "")
        )


KIND_CHOICES = [(kind.value, NAMES[kind][0]) for kind in Kind]
