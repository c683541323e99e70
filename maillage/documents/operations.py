"""Attaching a file and taking it away."""

import hashlib
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from maillage.access.may import require
from maillage.documents.models import Document
from maillage.documents.rules import MAX_BYTES, clean_name, media_type_of
from maillage.documents.subjects import subject_of
from maillage.journal.operations import record
from maillage.people.models import User


def attach_document(subject: models.Model, upload: UploadedFile, *, by: User) -> Document:
    """Keeps a file beside what it is about.

    The file is written first and removed again when the database refuses: a row never points at nothing.
    """
    kind = subject_of(subject._meta.model_name or "")
    if kind is None:
        raise ValidationError("On ne peut pas joindre de document ici.")
    require(by, kind.edit, subject)
    name = clean_name(upload.name or "")
    content = upload.read(MAX_BYTES + 1)
    document = Document(
        territory_id=_territory_id(subject),
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        name=name,
        media_type=media_type_of(name, content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
    )
    try:
        document.file.save(name, ContentFile(content), save=False)
    except OSError:
        raise ValidationError("Le serveur n’a pas pu garder ce fichier (disque plein ?). Prévenez votre hébergeur.") from None
    try:
        with transaction.atomic():
            document.save()
            record(subject, kind.edit, f"Document joint : {name}", by=by)
    except BaseException:
        document.file.delete(save=False)
        raise
    return document


@transaction.atomic
def remove_document(document: Document, *, by: User) -> None:
    """Takes a document away; its file goes once the transaction has held."""
    subject = document.subject
    kind = subject_of(document.subject_type.model)
    if subject is None or kind is None:
        raise ValidationError("Ce document n’est plus rattaché à rien.")
    require(by, kind.edit, subject)
    document = Document.objects.select_for_update().get(pk=document.pk)
    record(subject, kind.edit, f"Document retiré : {document.name}", by=by)
    storage, name = document.file.storage, document.file.name
    document.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _territory_id(subject: Any) -> int:
    return int(subject.territory_id)
