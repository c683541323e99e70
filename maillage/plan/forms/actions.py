"""The sheet of an action, edited one section at a time, and the forms that follow it."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from maillage.network.naming import Directory
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.forms.fields import NameField, PlanForm, suggest_contacts, suggest_organizations
from maillage.plan.models import Action, Convention, Goal, Scheme
from maillage.plan.operations.news import ANSWERS, Answer, standing
from maillage.plan.rules.states import TRANSITIONS
from maillage.plan.vocabulary import ActionState, Health
from maillage.territories.areas import commune_of_any_year
from maillage.territories.queries import perimeter_of
from maillage.ui.forms import CheckboxList, DateField, MaillageForm, RadioCards
from maillage.ui.seen import SeenForm

KNOWN_OR_NEW = "Choisissez dans la liste ou écrivez un nouveau nom."


def goals_of(convention: Convention) -> QuerySet[Goal]:
    return Goal.objects.filter(convention=convention).order_by("number", "position", "id")


class IdentityForm(PlanForm):
    stands_for = {"communes": "commune_codes"}
    communes = forms.MultipleChoiceField(
        label="Communes concernées",
        required=False,
        widget=CheckboxList(attrs={"class": "cadre"}),
        help_text="Rien de coché : tout le territoire.",
    )

    class Meta:
        model = Action
        help_texts = {
            "weight": "De 1 à 10. Laissez 1 si toutes vos actions se valent : une action de poids 3 compte comme trois."
        }
        fields = [
            "title",
            "number",
            "priority",
            "weight",
            "added_midway",
            "publics",
            "themes",
            "schemes",
            "participation",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schemes"].queryset = Scheme.objects.filter(territory=self.territory)  # type: ignore[attr-defined]
        perimeter = perimeter_of(self.territory, on=today())
        codes = {*(perimeter.commune_codes if perimeter else []), *self.instance.commune_codes}
        named = sorted((commune_of_any_year(code).name, code) for code in codes)
        self.fields["communes"].choices = [(code, name) for name, code in named]  # type: ignore[attr-defined]
        self.initial["communes"] = self.instance.commune_codes

    def to_data(self, *, by: User) -> dict[str, Any]:
        return {**super().to_data(by=by), "commune_codes": self.cleaned_data["communes"]}


class LeadForm(PlanForm):
    stands_for = {"lead": "lead_organization", "person": "lead_person", "elected": "elected_referent"}
    lead = NameField(label="Structure pilote", required=False, help_text=KNOWN_OR_NEW)
    person = NameField(label="Pilote", required=False, help_text="Une personne, à titre professionnel.")
    elected = NameField(label="Élu référent ou élue référente", required=False)

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suggest_organizations(self, self.territory, "lead")
        suggest_contacts(self, self.territory, "person", "elected")
        action: Action = self.instance
        self.initial["lead"] = action.lead_organization.name if action.lead_organization else ""
        self.initial["person"] = action.lead_person or ""
        self.initial["elected"] = action.elected_referent or ""

    def to_data(self, *, by: User) -> dict[str, Any]:
        directory = Directory(self.territory, by=by)
        lead = directory.organization(self.cleaned_data["lead"])
        return {
            "lead_organization": lead,
            "lead_person": directory.contact(self.cleaned_data["person"], lead),
            "elected_referent": directory.contact(self.cleaned_data["elected"]),
        }


class ContentForm(PlanForm):
    class Meta:
        model = Action
        fields = ["need", "description", "objectives", "expected_results", "brakes", "levers"]


class MeansForm(PlanForm):
    class Meta:
        model = Action
        fields = ["human_means", "financial_means", "budget_total"]


class CalendarForm(PlanForm):
    class Meta:
        model = Action
        fields = ["starts_on", "ends_on", "is_continuous", "calendar"]


SECTIONS: dict[str, tuple[str, type[PlanForm]]] = {
    "identite": ("Modifier la présentation", IdentityForm),
    "pilotage": ("Modifier qui pilote", LeadForm),
    "contenu": ("Modifier le contenu", ContentForm),
    "moyens": ("Modifier les moyens", MeansForm),
    "calendrier": ("Modifier le calendrier", CalendarForm),
}


class NewActionForm(MaillageForm):
    """The least that makes an action; the rest is written on its page."""

    title = forms.CharField(label="Intitulé", max_length=300, help_text="Commencez par un verbe.")
    main_goal = forms.ModelChoiceField(Goal.objects.none(), label="Objectif principal", required=False)
    lead = NameField(label="Structure pilote", required=False, help_text=KNOWN_OR_NEW)
    starts_on = DateField(label="Commence le", required=False)
    ends_on = DateField(label="Se termine le", required=False)
    added_midway = forms.BooleanField(label="Ajoutée en cours de plan", required=False)

    def __init__(self, *args: Any, convention: Convention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.convention = convention
        self.fields["main_goal"].queryset = goals_of(convention)  # type: ignore[attr-defined]
        suggest_organizations(self, convention.territory, "lead")

    def to_data(self, *, by: User) -> dict[str, Any]:
        lead = Directory(self.convention.territory, by=by).organization(self.cleaned_data["lead"])
        named = {name: self.cleaned_data[name] for name in ("title", "starts_on", "ends_on", "added_midway")}
        return {**named, "lead_organization": lead}


class GoalsForm(SeenForm, MaillageForm):
    main_goal = forms.ModelChoiceField(Goal.objects.none(), label="Objectif principal")
    others = forms.ModelMultipleChoiceField(
        Goal.objects.none(),
        label="Autres objectifs servis",
        required=False,
        widget=CheckboxList(attrs={"class": "cadre"}),
    )

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        links = {link.goal_id: link.is_main for link in action.goal_links.all()}
        main = next((goal for goal, is_main in links.items() if is_main), None)
        others = [goal for goal, is_main in links.items() if not is_main]
        super().__init__(*args, initial={"main_goal": main, "others": others}, **kwargs)
        self.remember(action, self.initial)
        for name in ("main_goal", "others"):
            self.fields[name].queryset = goals_of(action.convention)  # type: ignore[attr-defined]


class StateForm(SeenForm, MaillageForm):
    state = forms.ChoiceField(label="Nouvel état", widget=RadioCards(attrs={"class": "cartes"}))
    reason = forms.CharField(
        label="Motif", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Demandé pour mettre en pause, abandonner ou reprendre une action close.",
    )  # fmt: skip

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remember(action, {"state": action.state})
        # What was allowed when the page was shown may no longer be: the operation says why, in a sentence.
        offered = {*TRANSITIONS[ActionState(action.state)], self.data.get("state")}
        self.fields["state"].choices = [(state.value, state.label) for state in ActionState if state in offered]  # type: ignore[attr-defined]


class HealthForm(SeenForm, MaillageForm):
    health = forms.ChoiceField(label="Santé", choices=Health.choices, widget=RadioCards(attrs={"class": "cartes"}))
    health_note = forms.CharField(
        label="Pourquoi",
        max_length=300,
        required=False,
        help_text="En une phrase, si l’action n’est pas en bonne santé.",
    )

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        initial = {"health": action.health, "health_note": action.health_note}
        super().__init__(*args, initial=initial, **kwargs)
        self.remember(action, initial)


class NewsForm(SeenForm, MaillageForm):
    answer = forms.ChoiceField(
        label="Où en êtes-vous ?",
        choices=[(answer.value, words) for answer, words in ANSWERS.items()],
        widget=RadioCards(attrs={"class": "cartes"}),
        initial=Answer.ADVANCES.value,
    )
    sentence = forms.CharField(
        label="En une phrase, quoi de neuf ?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pas de nom d’habitant ni de patient.",
        max_length=2000,
    )
    from_home = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remember(action, {"answer": standing(action).value})
