"""Fields of the plan's forms: a partner or a contact is named, not picked from a list that lacks the one you need."""

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.network.queries import contacts_of, organizations_of
from maillage.people.models import User
from maillage.territories.models import Territory
from maillage.ui.forms import MaillageModelForm
from maillage.ui.seen import SeenForm


class Suggestions(forms.TextInput):
    """A text field with a native list of suggestions (`<datalist>`): works without script."""

    template_name = "plan/forms/suggestions.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.names: list[str] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-noms"
        context["widget"]["attrs"] |= {"list": list_id, "autocomplete": "off"}
        context["widget"] |= {"list_id": list_id, "names": self.names}
        return context


class NameField(forms.CharField):
    """The name of a partner or of a contact, known already or new."""

    widget = Suggestions

    def suggest(self, names: Iterable[str]) -> None:
        self.widget.names = list(names)


def suggest_organizations(form: "forms.Form | forms.ModelForm[Any]", territory: Territory, *field_names: str) -> None:
    names = [organization.name for organization in organizations_of(territory)]
    for field_name in field_names:
        form.fields[field_name].suggest(names)  # type: ignore[attr-defined]


def suggest_contacts(form: "forms.Form | forms.ModelForm[Any]", territory: Territory, *field_names: str) -> None:
    names = [contact.name for contact in contacts_of(territory)]
    for field_name in field_names:
        form.fields[field_name].suggest(names)  # type: ignore[attr-defined]


class EditForm(SeenForm, MaillageModelForm):
    """The form of a row of the plan: it carries what the row held when it was shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            filled = {name: getattr(self.instance, name) for name in self.stands_for.values()}
            self.remember(self.instance, {name: self.initial[name] for name in self._meta.fields or ()} | filled)


class PlanForm(EditForm):
    """A section of a sheet, or a part: knows its territory, and hands named fields to the operation."""

    def __init__(self, *args: Any, territory: Territory, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.territory = territory
        self.by = by

    def to_data(self, *, by: User) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.fields}
