"""The documents of something, with the form that adds one."""

from typing import Any

from django import template
from django.db import models
from django.template.context import Context
from django.urls import reverse

from maillage.documents.forms import AttachForm
from maillage.documents.queries import documents_joined_to
from maillage.ui.french import NBSP, number

register = template.Library()


@register.inclusion_tag("documents/block.html", takes_context=True)
def documents_of(context: Context, row: models.Model, slug: str, may_attach: bool) -> dict[str, Any]:
    """One query. `may_attach` was asked by the view, which knows the row; the operation asks again."""
    return {
        "documents": list(documents_joined_to(row)),
        "slug": slug,
        "may_attach": may_attach,
        "attach_url": reverse("document_attach", args=[slug, row._meta.model_name, row.pk]),
        "form": AttachForm(auto_id="document-%s"),
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def bytes_in_words(size: int) -> str:
    """« 240 ko », « 3,4 Mo »."""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1000)))}{NBSP}ko"
    return f"{number(size / 1_000_000, 1)}{NBSP}Mo"
