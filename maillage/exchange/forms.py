from django import forms

from maillage.ui.forms import MaillageForm


class WorkbookForm(MaillageForm):
    file = forms.FileField(
        label="Votre classeur",
        help_text="Un classeur Excel (.xlsx) au format du modèle national de plan d’action, 20 Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )


class FolderForm(MaillageForm):
    file = forms.FileField(
        label="Votre dossier, en archive",
        help_text="Une archive .zip écrite par Maillage, 20 Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )
