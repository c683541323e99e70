from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from maillage.access.may import require
from maillage.documents.models import Document, stored_name
from maillage.documents.rules import accept
from maillage.documents.storing import fingerprint, put_away, take_out
from maillage.documents.subjects import subject_of
from maillage.journal.operations import Change, record

GONE = "Quelqu’un a supprimé cet élément entre-temps. Revenez à la page précédente."


def attach_document(subject: models.Model, upload: "UploadedFile[Any]", *, by: Any) -> Document:
    """Joins a file to an object whose documents this person may edit.

    Raises `ValidationError` when the file is refused, already there, or cannot be stored.
    """
    verb = subject_of(subject).edit
    require(by, verb, subject)
    stream: Any = upload
    size = upload.size or 0
    accepted = accept(upload.name or "", size, stream, max_bytes=settings.DOCUMENT_MAX_BYTES)
    document = Document(
        territory_id=subject.territory_id,  # type: ignore[attr-defined]
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        name=accepted.name,
        media_type=accepted.media_type,
        size=size,
        sha256=fingerprint(stream),
        uploaded_by=by,
    )
    document.file.name = put_away(stored_name(document, accepted.name), stream)
    try:
        with transaction.atomic():
            _lock(subject)
            document.full_clean(exclude=["file"])
            document.save()
            record(subject, verb, f"Document joint : « {document.name} »", by=by)
    except BaseException:
        # Whatever happened, bytes without a row would never be seen again.
        take_out(document.file.name)
        raise
    return document


def remove_document(document: Document, *, by: Any) -> None:
    """Removes a document, its bytes once the removal is certain. The journal keeps its name and fingerprint."""
    subject: Any = document.subject
    verb = subject_of(subject).edit
    require(by, verb, subject)
    with transaction.atomic():
        locked = Document.objects.select_for_update().filter(pk=document.pk).first()
        if locked is None:
            raise ValidationError("Quelqu’un a déjà retiré ce document.")
        said = [Change(label="Document", before=f"{locked.name} (empreinte {locked.sha256[:16]}…)", after="")]
        record(subject, verb, f"Document retiré : « {locked.name} »", by=by, changes=said)
        locked.delete()
        transaction.on_commit(partial(take_out, str(locked.file.name)))


def forget_documents(subjects: Iterable[models.Model]) -> None:
    """Takes away the documents of objects about to be deleted, inside the transaction that deletes them.

    No permission is asked: whoever may delete the whole has just been asked for it.
    """
    for subject in subjects:
        kind = ContentType.objects.get_for_model(subject)
        for document in Document.objects.select_for_update().filter(subject_type=kind, subject_id=subject.pk):
            document.delete()
            transaction.on_commit(partial(take_out, str(document.file.name)))


def _lock(subject: models.Model) -> None:
    """Holds the object, so that nobody deletes it while a document is joined to it."""
    if not type(subject)._default_manager.select_for_update().filter(pk=subject.pk).exists():
        raise ValidationError(GONE)
