"""What a person from outside fills in, and what the team types to ask and to answer her."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator

from maillage.documents.kinds import ACCEPT, LIST
from maillage.network.models import Contact
from maillage.news.models import NewsCampaign, NewsProposal
from maillage.news.operations.answering import Said
from maillage.news.queries.sheet import Sheet
from maillage.news.vocabulary import ProposalState
from maillage.plan.models import Action, ActionIndicator, Milestone
from maillage.plan.operations.news import ANSWERS, MEANING, Answer
from maillage.ui.forms import DateField, DecimalField, MaillageForm, MaillageModelForm
from maillage.ui.french import folded, number

NOT_YET = "Ce jour n’est pas encore venu. Cochez l’étape quand elle sera faite."


class Answers(forms.RadioSelect):
    """Four large answers, each with its sign."""

    template_name = "news/answers.html"


class OutsideForm(MaillageForm):
    """The form of one action: pre-filled with what is known, then with what was sent, until it is decided."""

    answer = forms.ChoiceField(
        label="Où en êtes-vous ?",
        choices=[(answer.value, words) for answer, words in ANSWERS.items()],
        widget=Answers,
        error_messages={"required": "Choisissez l’une des quatre réponses."},
    )
    sentence = forms.CharField(
        label="Quoi de neuf, en une phrase", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Pas de nom de patient ni d’habitant.",
    )  # fmt: skip
    photo = forms.FileField(
        label="Photo", required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    document = forms.FileField(
        label="Document", required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=f"{LIST}.",
    )  # fmt: skip

    def __init__(self, *args: Any, sheet: Sheet, proposal: NewsProposal | None, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.on = sheet, on
        self.sent = proposal
        self.initial["answer"] = proposal.answer if proposal else usual_answer(sheet.action)
        self.initial["sentence"] = proposal.sentence if proposal else ""
        for milestone in sheet.milestones:
            self._add_step(milestone, proposal)
        for measure in sheet.measures:
            pk = measure.indicator.pk
            known = said(proposal, "readings", pk, measure.value)
            self._add_figure(f"value_{pk}", named(measure.indicator), known, 14, 3)
        if sheet.funding:
            whose = f" ({sheet.funding.funder})" if sheet.several_lines else ""
            known = said(proposal, "spent", sheet.funding.pk, sheet.funding.spent)
            self._add_figure(f"spent_{sheet.funding.pk}", f"Dépensé en {sheet.year}{whose}, en euros", known, 12, 2)
            self.fields[f"spent_{sheet.funding.pk}"].validators.append(
                MinValueValidator(0, "Un montant ne peut pas être négatif.")
            )
        self.attachments = list(proposal.attachments.all()) if proposal and proposal.pk else []

    def _add_step(self, milestone: Milestone, proposal: NewsProposal | None) -> None:
        day = (proposal.milestones if proposal else {}).get(str(milestone.pk))
        self.fields[f"done_{milestone.pk}"] = forms.BooleanField(label=milestone.title, required=False)
        self.fields[f"on_{milestone.pk}"] = DateField(label="Faite le", required=False)
        self.initial[f"done_{milestone.pk}"] = day is not None
        self.initial[f"on_{milestone.pk}"] = dt.date.fromisoformat(day) if day else self.on

    def _add_figure(self, name: str, label: str, known: Decimal | None, digits: int, decimals: int) -> None:
        self.fields[name] = DecimalField(label=label, required=False, max_digits=digits, decimal_places=decimals)
        self.initial[name] = "" if known is None else number(known)

    @property
    def steps(self) -> list[tuple[Milestone, Any, Any]]:
        """Each step with its box and its day."""
        return [(row, self[f"done_{row.pk}"], self[f"on_{row.pk}"]) for row in self.sheet.milestones]

    @property
    def figures(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(("value_", "spent_"))]

    def clean(self) -> None:
        for milestone in self.sheet.milestones:
            day = self.cleaned_data.get(f"on_{milestone.pk}")
            if self.cleaned_data.get(f"done_{milestone.pk}") and day and day > self.on:
                self.add_error(f"on_{milestone.pk}", ValidationError(NOT_YET))

    def to_said(self) -> Said:
        """What was answered; a figure left as it was known is not news."""
        data = self.cleaned_data
        return Said(
            answer=Answer(data["answer"]),
            sentence=data["sentence"],
            milestones={
                row.pk: data[f"on_{row.pk}"] or self.on
                for row in self.sheet.milestones if data[f"done_{row.pk}"]
            },
            readings={
                item.indicator.pk: data[f"value_{item.indicator.pk}"]
                for item in self.sheet.measures if data[f"value_{item.indicator.pk}"] not in {None, item.value}
            },
            spent={
                line.pk: data[f"spent_{line.pk}"]
                for line in [self.sheet.funding] if line and data[f"spent_{line.pk}"] not in {None, line.spent}
            },
        )  # fmt: skip

    @property
    def lost_files(self) -> list[str]:
        """The names of files to choose again: a browser forgets them when a page comes back."""
        chosen: Any = self.files
        return [upload.name for upload in chosen.values()] if self.errors else []

    def chosen_files(self) -> list[Any]:
        return [self.cleaned_data[name] for name in ("photo", "document") if self.cleaned_data.get(name)]

    def taken_back(self) -> set[int]:
        """The ids of attachments sent before that the person unticked."""
        return {row.pk for row in self.attachments if self.data.get(f"remove_{row.pk}")}


def said(proposal: NewsProposal | None, kind: str, pk: int, known: Decimal | None) -> Decimal | None:
    """The figure sent before, else the one the plan knows."""
    given = getattr(proposal, kind).get(str(pk)) if proposal else None
    return known if given is None else Decimal(given)


def named(indicator: ActionIndicator) -> str:
    """« Internes accueillis » says its unit already; « File active, en familles » does not."""
    unit = indicator.unit
    return f"{indicator.name}, en {unit}" if unit and folded(unit) not in folded(indicator.name) else indicator.name


def usual_answer(action: Action) -> str:
    """The answer that leaves the action as it stands; an action to come or paused is asked as if it advanced."""
    return next(
        (answer.value for answer, meaning in MEANING.items() if meaning == (action.state, action.health)),
        Answer.ADVANCES.value,
    )


class HandOverForm(MaillageForm):
    name = forms.CharField(
        label="Qui s’en occupe maintenant", max_length=120, required=False,
        help_text="Prénom et nom, si vous le savez.", widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(
        label="Son adresse électronique professionnelle", required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class CampaignForm(MaillageModelForm):
    class Meta:
        model = NewsCampaign
        fields = ["title", "meeting_title", "meeting_on", "answers_by", "message"]
        labels = {"meeting_title": "Réunion à préparer", "meeting_on": "Date de la réunion"}
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": "Par exemple : avant le comité de pilotage de décembre.",
            "meeting_title": "Par exemple : comité de pilotage.",
            "message": "Deux phrases au plus : elles ouvrent le courriel.",
        }


class ReturnForm(MaillageForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    message = forms.CharField(
        label="Ce que vous attendez", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="La personne reçoit ces mots et retrouve ses réponses par le même lien.",
    )  # fmt: skip


class AskForm(MaillageForm):
    """One person, known or new."""

    contact = forms.ModelChoiceField(
        Contact.objects.none(), label="À qui", required=False, empty_label="Une autre personne"
    )
    name = forms.CharField(label="Nom d’une autre personne", max_length=120, required=False)
    email = forms.EmailField(label="Son adresse électronique professionnelle", required=False)
    message = forms.CharField(
        label="Un mot pour elle", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, contacts: list[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.queryset = Contact.objects.filter(pk__in=[contact.pk for contact in contacts]).order_by("name")
        field.label_from_instance = lambda contact: f"{contact.name}, {contact.email}"
        if contacts:
            self.initial.setdefault("contact", contacts[0].pk)

    def clean(self) -> None:
        data = self.cleaned_data
        if not data.get("contact") and not (data.get("name") and data.get("email")) and not self.errors:
            self.add_error("name", "Choisissez quelqu’un dans la liste, ou écrivez un nom et une adresse.")


def awaiting(proposal: NewsProposal | None) -> bool:
    """Whether news were sent and nobody has decided yet."""
    return proposal is not None and proposal.state == ProposalState.PROPOSED
