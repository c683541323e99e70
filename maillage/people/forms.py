from typing import Any

from django import forms
from django.contrib.auth import password_validation

from maillage.people.models import User
from maillage.ui.forms import DateField, MaillageForm


class LinkForm(MaillageForm):
    email = forms.EmailField(
        label="Votre adresse électronique professionnelle", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class PasswordForm(LinkForm):
    password = forms.CharField(
        label="Mot de passe", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ProofForm(MaillageForm):
    password = forms.CharField(
        label="Votre mot de passe", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class NameForm(MaillageForm):
    name = forms.CharField(
        label="Votre nom", max_length=120, help_text="Tel que vos collègues le lisent : prénom et nom."
    )


class NewPasswordForm(MaillageForm):
    password = forms.CharField(
        label="Nouveau mot de passe",
        strip=False,
        help_text="Au moins 12 caractères. Une phrase courte convient.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password


class PerimeterForm(MaillageForm):
    starts_on = DateField(label="À partir du")
    communes = forms.CharField(
        label="Communes du nouveau périmètre",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Une commune par ligne : son code Insee, ou son nom s’il est seul à le porter.",
    )
    reason = forms.CharField(
        label="Motif", max_length=300, help_text="Par exemple : départ de Fontenilles, arrêté du 26 avril 2023."
    )
