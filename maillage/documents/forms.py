from django import forms
from django.conf import settings

from maillage.documents.kinds import ACCEPT, LIST
from maillage.documents.rules import MEGABYTE
from maillage.ui.forms import MaillageForm


class AttachForm(MaillageForm):
    """One file. What it is worth is judged by the operation, from its bytes."""

    file = forms.FileField(
        label="Fichier à joindre",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": "Choisissez un fichier sur votre appareil."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{LIST}. {settings.DOCUMENT_MAX_BYTES // MEGABYTE} Mo au plus."
