from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.http import Http404

from maillage.access.may import require
from maillage.documents.models import Document
from maillage.documents.subjects import Place, place_called, place_of
from maillage.territories.models import Territory

NOT_HERE = "Ce document n’existe pas, ou il a été retiré."


def documents_of(subject: models.Model) -> QuerySet[Document]:
    """The documents of one object, newest first."""
    kind = ContentType.objects.get_for_model(subject)
    return Document.objects.filter(subject_type=kind, subject_id=subject.pk).select_related("uploaded_by")


def document_for(user: Any, territory: Territory, pk: int, *, edit: bool = False) -> tuple[Document, Place]:
    """The document and what it is joined to, for a person who may read (or edit) its subject today.

    `Http404` for another territory's document or one whose subject has gone, `PermissionDenied` without the verb.
    """
    document = Document.objects.filter(territory=territory, pk=pk).select_related("territory", "subject_type").first()
    if document is None or document.subject is None:
        raise Http404(NOT_HERE)
    place = place_of(document.subject)
    require(user, place.edit if edit else place.view, document.subject)
    return document, place


def subject_for(user: Any, territory: Territory, word: str, pk: int) -> tuple[Any, Place]:
    """The object of that address, for a person who may join a document to it."""
    place = place_called(word)
    subject: Any = place.model._default_manager.filter(pk=pk).first() if place else None
    if place is None or subject is None or subject.territory_id != territory.pk:
        raise Http404("Cet élément n’existe pas, ou il a été supprimé.")
    require(user, place.edit, subject)
    return subject, place
