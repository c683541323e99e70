"""What a file is, told from its bytes alone: neither its name nor what the browser says is believed."""

import codecs
from typing import BinaryIO

import filetype
from django.core.exceptions import ValidationError

from maillage.documents.archives import content_of_archive
from maillage.documents.kinds import TEXT

HEAD = 8_192
CHUNK = 1 << 16
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What makes a text a page or a drawing that a browser would run.
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<body", b"<head", b"<iframe", b"<!--")
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")
_CONTROLS = bytes(code for code in range(32) if code not in _TEXT_CONTROLS)

OLD_OFFICE = (
    "C’est un ancien fichier Office (.doc, .xls, .ppt), ou un fichier protégé par un mot de passe. "
    "Enregistrez-le en .docx, .xlsx, .pptx ou PDF, sans mot de passe."
)
PAGE = "Ce fichier est une page web ou un dessin SVG, qui peut exécuter un programme. Joignez un PDF."


def content_of(stream: BinaryIO) -> str:
    """The media type that the bytes show, `application/octet-stream` when they show none.

    Raises `ValidationError` for what is recognised and never accepted.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    if head.startswith(ZIP):
        return content_of_archive(stream)
    if head.startswith(OLE):
        raise ValidationError(OLD_OFFICE)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return TEXT if _is_utf16(stream) else "application/octet-stream"
    guessed = filetype.guess_mime(head)
    if guessed:
        return str(guessed)
    if head.removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(MARKUP):
        raise ValidationError(PAGE)
    return TEXT if _is_text(stream) else "application/octet-stream"


def _is_text(stream: BinaryIO) -> bool:
    """Text in any alphabet of one byte or UTF-8: no control character anywhere."""
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        if len(chunk.translate(None, _CONTROLS)) != len(chunk):
            return False
    return True


def _is_utf16(stream: BinaryIO) -> bool:
    """What Excel writes as « Texte Unicode »."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        while chunk := stream.read(CHUNK):
            if "\x00" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
