"""Freezing a version, preparing an amendment, agreeing to it, signing it."""

from typing import Any

from django import forms

from maillage.amendments.models import Amendment, AmendmentAgreement, PlanVersion
from maillage.ui.forms import DateField, MaillageForm, MaillageModelForm


class VersionForm(MaillageForm):
    title = forms.CharField(label="Intitulé", max_length=200)
    signed_on = DateField(label="Signée le")

    def to_data(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AmendmentForm(MaillageModelForm):
    class Meta:
        model = Amendment
        fields = ["title", "reason"]
        help_texts = {
            "title": "En quelques mots, par exemple : sortie d’une commune.",
            "reason": "Pourquoi cet avenant, en une ou deux phrases : elles ouvriront le document.",
        }

    def to_data(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AgreementForm(MaillageModelForm):
    class Meta:
        model = AmendmentAgreement
        fields = ["agreed_on", "deliberation_number", "note"]
        help_texts = {"deliberation_number": "Tel que l’assemblée de ce signataire l’a numérotée."}

    def to_data(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class SigningForm(MaillageForm):
    """`without_all` is asked only while agreements are missing."""

    signed_on = DateField(label="Signé le")
    without_all = forms.CharField(
        label="Pourquoi le signer sans tous les accords",
        help_text="Par exemple : ce signataire n’est pas concerné. Cette raison restera écrite.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, missing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not missing:
            del self.fields["without_all"]


class AbandonForm(MaillageForm):
    reason = forms.CharField(label="Pourquoi l’abandonner", widget=forms.Textarea(attrs={"rows": 3}))


class ComparisonForm(forms.Form):
    """Which two sides to compare: numbers of versions, or the plan of today."""

    de = forms.ChoiceField(label="Comparer")
    a = forms.ChoiceField(label="avec")

    def __init__(self, *args: Any, versions: list[PlanVersion], now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(version.number), version.title) for version in versions]
        self.fields["de"].choices = choices  # type: ignore[attr-defined]
        self.fields["a"].choices = [*choices, (now, "Le plan d’aujourd’hui")]  # type: ignore[attr-defined]
