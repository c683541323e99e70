from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.http import Http404

from maillage.access.may import require
from maillage.documents.models import Document
from maillage.documents.subjects import Subject, subject_called, subject_of
from maillage.territories.models import Territory


def documents_joined_to(row: models.Model) -> QuerySet[Document]:
    """The documents of one object, newest first."""
    kind = ContentType.objects.get_for_model(row)
    return Document.objects.filter(subject_type=kind, subject_id=row.pk).select_related("uploaded_by")


def document_for(user: Any, territory: Territory, pk: int, *, edit: bool = False) -> tuple[Document, Subject]:
    """The document and how its subject is reached, for a person who may read (or edit) that subject today.

    `Http404` for another territory's document or one whose subject has gone, `PermissionDenied` without the verb.
    """
    document = Document.objects.filter(territory=territory, pk=pk).first()
    row: Any = document.subject if document else None
    if document is None or row is None:
        raise Http404("Ce document n’existe pas, ou il a été retiré.")
    subject = subject_of(row)
    require(user, subject.edit if edit else subject.view, row)
    return document, subject


def row_for(user: Any, territory: Territory, word: str, pk: int) -> tuple[Any, Subject]:
    """The object of that address, for a person who may join a document to it."""
    subject = subject_called(word)
    row: Any = subject.model._default_manager.filter(pk=pk).first() if subject else None
    if subject is None or row is None or row.territory_id != territory.pk:
        raise Http404("Cet élément n’existe pas, ou il a été supprimé.")
    require(user, subject.edit, row)
    return row, subject
