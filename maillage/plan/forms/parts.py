"""One form for each kind of part."""

from typing import Any

from django.db.models import QuerySet

from maillage.access.may import may
from maillage.network.naming import Directory
from maillage.people.models import User
from maillage.plan.forms.fields import NameField, PlanForm, suggest_organizations
from maillage.plan.models import (
    ActionIndicator,
    ActionPartner,
    Commitment,
    Funding,
    Milestone,
    Note,
    ProgressMarker,
    Reading,
    Scheme,
    Signatory,
    Step,
    SubAction,
)
from maillage.plan.queries.conventions import convention_of
from maillage.ui.forms import RadioCards
from maillage.ui.french import short_date

#: Who reads a note, in words that leave no doubt.
READERS = {
    Note.Audience.TEAM: "Interne à l’équipe : seules les personnes chargées de la coopération la lisent",
    Note.Audience.PARTNERS: "Partagée avec les partenaires : tous les membres de cet espace la lisent",
    Note.Audience.PUBLIC: "Destinée au public : tous les membres la lisent, et elle pourra être publiée",
}


class NamingForm(PlanForm):
    """A part that names a partner: `partner` is typed, `stands_for` says what it fills."""

    stands_for = {"partner": "organization"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suggest_organizations(self, self.territory, "partner")
        if self.instance.pk:
            self.initial["partner"] = getattr(self.instance, self.stands_for["partner"]).name

    def to_data(self, *, by: User) -> dict[str, Any]:
        organization = Directory(self.territory, by=by).organization(self.cleaned_data["partner"])
        return {**super().to_data(by=by), self.stands_for["partner"]: organization}


class MilestoneForm(PlanForm):
    class Meta:
        model = Milestone
        fields = ["title", "owner", "due_on", "done_on", "depends_on"]
        help_texts = {"depends_on": "L’étape, de cette action ou d’une autre, qui doit être faite avant celle-ci."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        convention = self.instance.action.convention if self.instance.pk else convention_of(self.territory)
        others = Milestone.objects.filter(action__convention=convention).exclude(pk=self.instance.pk)
        field: Any = self.fields["depends_on"]
        field.queryset = others
        field.choices = [("", "Aucune"), *_by_action(others)]


def _by_action(milestones: QuerySet[Milestone]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Milestones under their actions, in the order of the plan; one query."""
    rows = milestones.order_by("action__position", "action_id", "due_on", "position", "id")
    groups: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    for pk, title, due_on, action, number, name in rows.values_list(
        "pk", "title", "due_on", "action_id", "action__number", "action__title"
    ):
        words = f"{title} ({short_date(due_on)})" if due_on else title
        groups.setdefault(action, (f"{number} {name}".strip(), []))[1].append((pk, words))
    return list(groups.values())


class SubActionForm(PlanForm):
    class Meta:
        model = SubAction
        fields = ["title", "description", "state", "starts_on", "ends_on", "lead"]


class NoteForm(PlanForm):
    class Meta:
        model = Note
        fields = ["on", "text", "audience"]
        help_texts = {"text": "Pas de nom d’habitant, de famille ni de patient."}
        widgets = {"audience": RadioCards(attrs={"class": "cartes"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.by and not may(self.by, "note.team", self.territory):
            del self.fields["audience"]
            self.fields["text"].help_text += " Tous les membres de cet espace la liront."
            return
        self.fields["audience"].label = "Qui la lira"
        self.fields["audience"].choices = list(READERS.items())  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial["audience"] = Note.Audience.TEAM


class FundingForm(NamingForm):
    stands_for = {"partner": "funder"}
    partner = NameField(label="Financeur", help_text="Choisissez dans la liste ou écrivez un nouveau nom.")

    class Meta:
        model = Funding
        fields = ["year", "unit", "planned", "obtained", "spent"]

    field_order = ["partner", "year", "unit", "planned", "obtained", "spent"]


class ActionPartnerForm(NamingForm):
    partner = NameField(label="Partenaire", help_text="Choisissez dans la liste ou écrivez un nouveau nom.")

    class Meta:
        model = ActionPartner
        fields = ["role"]

    field_order = ["partner", "role"]


class ActionIndicatorForm(PlanForm):
    class Meta:
        model = ActionIndicator
        fields = ["name", "kind", "unit", "source", "baseline", "target", "target_on"]
        help_texts = {
            "kind": "Réalisation : ce qui est fait ; résultat : ce que cela donne ; impact : ce que cela change."
        }


class ReadingForm(PlanForm):
    class Meta:
        model = Reading
        fields = ["on", "value", "comment"]


class ProgressMarkerForm(PlanForm):
    class Meta:
        model = ProgressMarker
        fields = ["level", "text", "observed_on", "evidence"]


class SignatoryForm(NamingForm):
    partner = NameField(label="Signataire", help_text="Choisissez dans la liste ou écrivez un nouveau nom.")

    class Meta:
        model = Signatory
        fields = ["deliberation_number", "deliberation_on", "signed_on", "scope"]

    field_order = ["partner", "deliberation_number", "deliberation_on", "signed_on", "scope"]


class CommitmentForm(PlanForm):
    class Meta:
        model = Commitment
        fields = ["text", "due_on", "kept_on", "evidence"]


class StepForm(PlanForm):
    class Meta:
        model = Step
        fields = ["kind", "title", "starts_on", "due_on", "done_on", "deliverable"]


class SchemeForm(PlanForm):
    class Meta:
        model = Scheme
        fields = ["name", "short_name"]


FORMS: dict[type[Any], type[PlanForm]] = {
    form.Meta.model: form
    for form in (
        MilestoneForm, SubActionForm, NoteForm, FundingForm, ActionPartnerForm, ActionIndicatorForm, ReadingForm,
        ProgressMarkerForm, SignatoryForm, CommitmentForm, StepForm, SchemeForm,
    )
}  # fmt: skip
