from django import forms

from maillage.reminders.models import ReminderSettings
from maillage.ui.forms import MaillageForm, RadioCards


class DigestForm(MaillageForm):
    digest = forms.ChoiceField(
        label="Recevoir par courriel ce qui m’attend",
        help_text="Un seul message pour tous vos espaces, et rien quand rien ne presse.",
        choices=ReminderSettings.Digest.choices,
        widget=RadioCards(attrs={"class": "cartes"}),
    )
