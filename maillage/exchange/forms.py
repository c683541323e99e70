"""What a person gives to bring a plan in: the file, what it does to the plan, what its columns hold."""

from typing import Any

from django import forms

from maillage.exchange.workbook.choice import NOTE, SKIPPED, Choice
from maillage.exchange.workbook.columns import LABELS
from maillage.plan.models import Convention, PlanImport
from maillage.ui.forms import MaillageForm, RadioCards

FIELD_CHOICES = [
    ("", [(NOTE, "Garder en note"), (SKIPPED, "Ne pas reprendre")]),
    ("Champs de la fiche", list(LABELS.items())),
]


class WorkbookForm(MaillageForm):
    file = forms.FileField(
        label="Votre fichier",
        help_text="Un classeur Excel (.xlsx), un tableau CSV ou des fiches actions dans un document Word (.docx), "
        "20 Mo au plus.",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv,.docx"}),
        error_messages={"required": "Choisissez un fichier sur votre appareil."},
    )
    mode = forms.ChoiceField(
        label="Ce qu’il apporte",
        choices=[
            (PlanImport.Mode.ADD, "Des actions nouvelles, à ajouter au plan"),
            (PlanImport.Mode.UPDATE, "Une version plus récente d’actions déjà au plan : comparer, puis choisir"),
        ],
        initial=PlanImport.Mode.ADD,
        widget=RadioCards(attrs={"class": "cartes"}),
    )


class ColumnsForm(MaillageForm):
    """One choice for each column of the sheet, and the goal of the actions that name none."""

    def __init__(
        self, *args: Any, sheet: str, header_row: int, fields: list[str], convention: Convention, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.header_row = sheet, header_row
        for place, field in enumerate(fields):
            self.fields[f"c{place}"] = forms.ChoiceField(choices=FIELD_CHOICES, initial=field, label="Reprendre comme")
        goals = [(goal.pk, str(goal)) for goal in convention.goals.all()]
        self.fields["goal"] = forms.TypedChoiceField(
            label="Objectif des actions qui n’en nomment pas",
            help_text="Sert quand aucune colonne ne porte d’objectif.",
            choices=[("", "Sans objectif"), *goals],
            required=False,
            coerce=int,
            empty_value=None,
        )
        self.columns = [self[f"c{place}"] for place in range(len(fields))]

    def to_choice(self) -> Choice:
        fields = tuple(self.cleaned_data[column.name] for column in self.columns)
        return Choice(self.sheet, self.header_row, fields, self.cleaned_data["goal"])


class FolderForm(MaillageForm):
    file = forms.FileField(
        label="Votre dossier, en archive ou en classeur",
        help_text="Une archive .zip ou un classeur « Excel complet » (.xlsx) écrits par Maillage, 20 Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.xlsx"}),
    )


class WordTemplateForm(MaillageForm):
    file = forms.FileField(
        label="Votre modèle",
        help_text="Un texte Word (.docx) sans macros, 5 Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )
