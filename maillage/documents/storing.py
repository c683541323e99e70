"""Putting bytes away, handing them over and taking them out: what may go wrong with a disk, said in words."""

import hashlib
import logging
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

log = logging.getLogger(__name__)


def fingerprint(stream: BinaryIO) -> str:
    """SHA-256 of the whole stream, in hexadecimal."""
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 16):
        digest.update(chunk)
    return digest.hexdigest()


def put_away(path: str, stream: BinaryIO) -> str:
    """Stores the bytes and returns their path. `ValidationError` when they cannot be stored, and nothing remains."""
    stream.seek(0)
    try:
        return default_storage.save(path, File(stream))
    except OSError as error:
        log.error("a document could not be stored", exc_info=error)
        take_out(path)
        raise ValidationError(
            "Le fichier n’a pas pu être enregistré : la place manque sur le serveur. Rien n’a changé. "
            "Réessayez plus tard et prévenez l’équipe qui héberge votre espace."
        ) from error


def stored_answer(path: str, name: str, media_type: str) -> FileResponse:
    """The bytes, always as a file to save: a browser never shows nor runs them here. `Http404` when they are lost."""
    try:
        stream = default_storage.open(path, "rb")
    except OSError:
        raise Http404("Ce fichier manque sur le serveur. Prévenez l’équipe qui héberge votre espace.") from None
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def take_out(path: str) -> None:
    """Deletes the bytes. What cannot be deleted now is swept later by `clean_documents`."""
    try:
        default_storage.delete(path)
    except OSError as error:
        log.warning("a stored file could not be deleted", exc_info=error)
