"""The documents of something, with the form that adds one."""

from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.template.context import Context

from maillage.documents.models import Document
from maillage.documents.rules import ALLOWED, KINDS

register = template.Library()


@register.inclusion_tag("documents/block.html", takes_context=True)
def documents_of(context: Context, subject: models.Model, slug: str, may_attach: bool) -> dict[str, Any]:
    """One query. `may_attach` was asked by the view, which knows the subject."""
    documents = Document.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    )
    return {
        "documents": list(documents),
        "slug": slug,
        "word": subject._meta.model_name,
        "subject": subject,
        "may_attach": may_attach,
        "accept": ",".join(f".{extension}" for extension in ALLOWED),
        "kinds": KINDS,
        "csrf_token": context.get("csrf_token"),
    }
