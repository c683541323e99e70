"""Where an action may be copied: the goals of every plan that the person coordinates."""

from typing import Any

from django import forms

from maillage.access.roles import Role
from maillage.people.models import Membership, User
from maillage.plan.models import Action, Convention, Goal
from maillage.ui.forms import MaillageForm

Place = tuple[Convention, Goal | None]


class CopyForm(MaillageForm):
    to = forms.ChoiceField(
        label="Sous quel objectif",
        help_text="La copie reprend les textes, les étapes, les sous-actions et les indicateurs. Elle laisse les "
        "personnes, les partenaires, les moyens, l’argent, les dates et les relevés.",
    )

    def __init__(self, *args: Any, action: Action, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = _places_of(by)
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, (convention, goal) in self.places.items():
            name = f"{convention.territory.name}, {convention.title}"
            groups.setdefault(name, []).append((key, str(goal) if goal else "Sans objectif"))
        here = [name for name in groups if name.startswith(f"{action.territory.name}, ")]
        self.fields["to"].choices = [(name, groups[name]) for name in [*here, *(set(groups) - set(here))]]  # type: ignore[attr-defined]

    def clean_to(self) -> Place:
        return self.places[self.cleaned_data["to"]]


def _places_of(by: User) -> dict[str, Place]:
    """« convention-goal » → both; three queries whatever the number of territories."""
    mine = Membership.objects.open().filter(user=by, role=Role.COORDINATOR).values_list("territory_id", flat=True)
    conventions = list(Convention.objects.filter(territory__in=list(mine)).select_related("territory"))
    goals: dict[int, list[Goal]] = {}
    for goal in Goal.objects.filter(convention__in=conventions).order_by("number", "position", "id"):
        goals.setdefault(goal.convention_id, []).append(goal)
    return {
        f"{convention.pk}-{goal.pk if goal else 0}": (convention, goal)
        for convention in conventions
        for goal in [*goals.get(convention.pk, []), None]
    }
