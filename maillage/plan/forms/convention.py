"""The convention, the names of its levels, its goals."""

from typing import Any

from django import forms

from maillage.plan.forms.actions import goals_of
from maillage.plan.forms.fields import EditForm
from maillage.plan.models import Convention, Goal, Scheme
from maillage.plan.operations.goals import LevelName, levels_as_fields, levels_from_fields, levels_of
from maillage.plan.vocabulary import MAX_LEVELS, GoalKind
from maillage.territories.models import Territory
from maillage.ui.forms import MaillageForm
from maillage.ui.seen import SeenForm


class ConventionForm(EditForm):
    class Meta:
        model = Convention
        fields = [
            "title", "starts_on", "ends_on", "signed_on", "central_stake", "presentation", "governance", "team_fte",
            "themes", "schemes",
        ]  # fmt: skip
        help_texts = {
            "title": "Par exemple : Convention territoriale globale 2027-2031.",
            "starts_on": "La date d’effet peut précéder la signature.",
            "central_stake": "En une phrase, tel que la convention l’écrit.",
        }

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schemes = Scheme.objects.filter(territory=territory)
        self.fields["schemes"].queryset = schemes  # type: ignore[attr-defined]
        if not schemes.exists():
            del self.fields["schemes"]

    def to_data(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class LevelsForm(SeenForm, MaillageForm):
    """Five lines, of which the first empty one ends the list."""

    def __init__(self, *args: Any, convention: Convention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = levels_as_fields(levels_of(convention))
        self.remember(convention, known)
        for depth in range(1, MAX_LEVELS + 1):
            name = forms.CharField(label=f"Niveau {depth} : son nom", max_length=60, required=depth == 1)
            plural = forms.CharField(label=f"Niveau {depth} : au pluriel", max_length=60, required=False)
            kind = forms.ChoiceField(label=f"Niveau {depth} : sa nature", choices=GoalKind.choices, required=False)
            self.fields |= {f"name_{depth}": name, f"plural_{depth}": plural, f"kind_{depth}": kind}
        for field_name, value in known.items():
            self.fields[field_name].initial = value

    def to_levels(self) -> list[LevelName]:
        return levels_from_fields(self.cleaned_data)


class GoalForm(EditForm):
    class Meta:
        model = Goal
        fields = ["title", "short_title", "number", "parent", "description", "actor", "behaviour"]
        help_texts = {
            "short_title": "Pour les tableaux et le téléphone.",
            "number": "Laissez vide : le numéro suivant sera donné.",
            "actor": "Pour un changement visé : qui agit autrement.",
            "behaviour": "Pour un changement visé : ce que l’on voit faire, au présent.",
        }

    def __init__(self, *args: Any, convention: Convention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deepest = convention.levels.count()
        parents = goals_of(convention).filter(depth__lt=deepest)
        if self.instance.pk:
            parents = parents.exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        self.fields["parent"].label = "Rangé sous"
        if deepest <= 1:
            del self.fields["parent"]

    def to_data(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
