from typing import Any

from django import template
from django.db import models
from django.template.context import Context
from django.urls import reverse

from maillage.access.may import may
from maillage.documents.forms import AttachForm
from maillage.documents.queries import documents_of as documents_joined_to
from maillage.documents.subjects import place_of
from maillage.ui.french import NBSP, number

register = template.Library()


@register.inclusion_tag("documents/list.html", takes_context=True)
def documents_of(context: Context, subject: models.Model) -> dict[str, Any]:
    """The documents of an object, and the form that joins one for whoever may. One query."""
    place, slug = place_of(subject), context["space"].slug
    here = f"{place.word}-{subject.pk}"
    return {
        "documents": documents_joined_to(subject),
        "may_edit": may(context["request"].user, place.edit, subject),
        "attach_url": reverse("document_attach", args=[slug, place.word, subject.pk]),
        "form": AttachForm(auto_id=f"document-{here}-%s"),
        "title_id": f"documents-{here}",
        "slug": slug,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def bytes_in_words(size: int) -> str:
    """« 240 ko », « 3,4 Mo »."""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1000)))}{NBSP}ko"
    return f"{number(size / 1_000_000, 1)}{NBSP}Mo"
