from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.people.models import User
from maillage.ui.forms import CheckboxList, MaillageForm

NO_NAME = "Pas de nom d’habitant, de famille ni de patient."


class CommentForm(MaillageForm):
    """What one says, who is called to read it, and, for the team, whether it stays within the team."""

    text = forms.CharField(
        label="Écrire un commentaire",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Tous les membres de cet espace le liront. {NO_NAME}",
        error_messages={"required": "Écrivez votre commentaire."},
    )
    people = forms.TypedMultipleChoiceField(
        label="Prévenir", coerce=int, required=False, widget=CheckboxList(attrs={"class": "cadre"})
    )
    team = forms.BooleanField(label="Réserver à l’équipe de coopération", required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], is_team: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]
        if not self.fields["people"].choices:  # type: ignore[attr-defined]
            del self.fields["people"]
        if not is_team:
            del self.fields["team"]

    def called(self) -> list[User]:
        return list(User.objects.filter(pk__in=self.cleaned_data.get("people", [])))


class CommentEditForm(MaillageForm):
    text = forms.CharField(
        label="Commentaire", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), help_text=NO_NAME
    )
