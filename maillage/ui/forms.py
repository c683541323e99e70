"""How forms are written and how they read what people type: French dates, French figures, clear sentences."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.models import ModelFormMetaclass
from django.forms.renderers import TemplatesSetting

from maillage.ui.typed import french_date, french_decimal


class MaillageRenderer(TemplatesSetting):
    """Every form of Maillage is written the same way: summary of errors, then field by field."""

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"


class DateField(forms.DateField):
    """A day: the browser's calendar where there is one, a typed date everywhere."""

    widget = forms.DateInput(attrs={"type": "date", "class": "court"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> dt.date | None:
        return french_date(value.strip()) if isinstance(value, str) and value.strip() else super().to_python(value)


class DecimalField(forms.DecimalField):
    """A figure as the French write it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "court"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return french_decimal(value) if isinstance(value, str) and value.strip() else super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            text = f"{value:f}"
            return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
        return value


class CheckboxList(forms.CheckboxSelectMultiple):
    """Several choices, without script; long lists scroll in a frame."""

    template_name = "ui/form/choices.html"


class RadioCards(forms.RadioSelect):
    """A few choices as large touchable cards."""

    template_name = "ui/form/choices.html"


def french_field(db_field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """The form field of a model field: ours for dates and figures, Django's for the rest."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        kwargs["form_class"] = DateField
        kwargs.pop("widget", None)
    elif isinstance(db_field, models.DecimalField):
        kwargs["form_class"] = DecimalField
        kwargs.pop("widget", None)
    elif isinstance(db_field, models.URLField):
        kwargs.setdefault("assume_scheme", "https")
    elif isinstance(db_field, models.ManyToManyField):
        kwargs.setdefault("widget", CheckboxList(attrs={"class": "cadre"}))
    field: forms.Field | None = db_field.formfield(**kwargs)
    if isinstance(field, forms.TypedChoiceField):
        known: Any = field.choices
        field.choices = [(value, words if value else "Non précisé") for value, words in known]
    elif isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField):
        field.empty_label = "Aucun"
    if field and field.label:
        field.label = str(field.label)[:1].upper() + str(field.label)[1:]
    return field


class Refusals:
    """What a form does when an operation refuses: the sentence goes beside its field, nothing typed is lost."""

    @property
    def seen_token(self) -> str:
        """What a form that edits a row gives back (`ui/seen.py`); the others carry nothing."""
        return ""

    @property
    def clashes(self) -> list[dict[str, Any]]:
        return []

    @property
    def clashing_names(self) -> list[str]:
        return []

    def add_refusal(self, refusal: ValidationError) -> None:
        form: Any = self
        if not hasattr(refusal, "error_dict"):
            form.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


class MaillageForm(Refusals, forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class FrenchModelFormMeta(ModelFormMetaclass):
    """Gives every model form our fields, so that no page forgets how a French date is written."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        if "Meta" in attrs:
            attrs["Meta"].formfield_callback = french_field
        return super().__new__(mcs, name, bases, attrs)


class MaillageModelForm(Refusals, forms.ModelForm, metaclass=FrenchModelFormMeta):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def _post_clean(self) -> None:
        """Rules and constraints are judged by the operation, once, on the locked row: here only fields are read."""
        self._validate_unique = False
