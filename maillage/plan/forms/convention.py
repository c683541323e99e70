"""The convention, the names of its levels, its goals."""

from typing import Any

from django import forms

from maillage.plan.forms.actions import goals_of
from maillage.plan.models import Convention, Goal, Scheme
from maillage.plan.operations.goals import LevelName
from maillage.plan.vocabulary import MAX_LEVELS, GoalKind
from maillage.territories.models import Territory
from maillage.ui.forms import MaillageForm, MaillageModelForm


class ConventionForm(MaillageModelForm):
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


class LevelsForm(MaillageForm):
    """Five lines, of which the first empty one ends the list."""

    def __init__(self, *args: Any, convention: Convention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = {level.depth: level for level in convention.levels.all()}
        for depth in range(1, MAX_LEVELS + 1):
            level = levels.get(depth)
            name = forms.CharField(label=f"Niveau {depth} : son nom", max_length=60, required=depth == 1)
            plural = forms.CharField(label=f"Niveau {depth} : au pluriel", max_length=60, required=False)
            kind = forms.ChoiceField(label=f"Niveau {depth} : sa nature", choices=GoalKind.choices, required=False)
            name.initial = level.name if level else ""
            plural.initial = level.plural if level else ""
            kind.initial = level.kind if level else GoalKind.OBJECTIVE
            self.fields |= {f"name_{depth}": name, f"plural_{depth}": plural, f"kind_{depth}": kind}

    def to_levels(self) -> list[LevelName]:
        levels: list[LevelName] = []
        for depth in range(1, MAX_LEVELS + 1):
            name = self.cleaned_data[f"name_{depth}"].strip()
            if not name:
                break
            plural = self.cleaned_data[f"plural_{depth}"].strip() or f"{name}s"
            levels.append({"kind": self.cleaned_data[f"kind_{depth}"], "name": name, "plural": plural})
        return levels


class GoalForm(MaillageModelForm):
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
