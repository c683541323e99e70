"""Looking inside Office and LibreOffice files, which are ZIP archives, without unpacking them."""

import struct
import zipfile
import zlib
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError

from maillage.documents.kinds import EXCEL, SLIDES, WORD

MAX_ENTRIES = 5_000
MAX_DIRECTORY_BYTES = 1_000_000
#: Once unpacked. The largest honest workbooks stay far below.
MAX_UNPACKED_BYTES = 400_000_000
MAX_DESCRIPTION_BYTES = 1_000_000
END = b"PK\x05\x06"
END_64 = b"PK\x06\x07"

BROKEN = (
    "Ce fichier est abîmé : il ne s’ouvre pas. Ouvrez-le sur votre ordinateur, enregistrez-le de nouveau, réessayez."
)
BOMB = "Ce fichier est bien plus gros une fois ouvert qu’il n’y paraît. Par sécurité, il est refusé."
MACROS = (
    "Ce fichier contient des macros, qui peuvent exécuter un programme. Enregistrez-le sans macros, puis joignez-le."
)
LOCKED = "Ce fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis joignez-le."


def content_of_archive(stream: BinaryIO) -> str:
    """The media type of the Office or LibreOffice file, or `application/zip` for another archive.

    Raises `ValidationError` when it is broken, locked, holds macros, or would be huge once unpacked.
    """
    _check_directory(stream)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            names = {entry.filename for entry in entries}
            if "mimetype" in names:
                return _described(archive, "mimetype").decode("ascii", "replace").strip()
            if "[Content_Types].xml" in names:
                return _office_content(archive)
            return "application/zip"
    # What a hostile archive raises: bad structure, unknown compression, false lengths, XML that is not XML.
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ValidationError(BROKEN) from error
    except (ParseError, DefusedXmlException, UnicodeError, struct.error) as error:
        raise ValidationError(BROKEN) from error


def _check_directory(stream: BinaryIO) -> None:
    """Refuses an archive whose list of entries alone would fill the memory, before it is read."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    end = tail.rfind(END)
    if end < 0 or len(tail) < end + 22:
        raise ValidationError(BROKEN)
    entries, directory_bytes = struct.unpack_from("<HL", tail, end + 10)
    if END_64 in tail[max(0, end - 20) : end] or entries > MAX_ENTRIES or directory_bytes > MAX_DIRECTORY_BYTES:
        raise ValidationError(BOMB)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ValidationError(LOCKED)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise ValidationError(BOMB)
    names = [entry.filename.lower() for entry in entries]
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
        raise ValidationError(MACROS)


def _described(archive: zipfile.ZipFile, name: str) -> bytes:
    """The small entry where an archive says what it is; never more than its ration of bytes."""
    with archive.open(name) as entry:
        text = entry.read(MAX_DESCRIPTION_BYTES + 1)
    if len(text) > MAX_DESCRIPTION_BYTES:
        raise ValidationError(BOMB)
    return text


def _office_content(archive: zipfile.ZipFile) -> str:
    """The kind of the main part, as `[Content_Types].xml` declares it (ECMA-376, part 2)."""
    types = {part.get("ContentType", "") for part in fromstring(_described(archive, "[Content_Types].xml"))}
    if any("macroenabled" in declared.lower() or "vbaproject" in declared.lower() for declared in types):
        raise ValidationError(MACROS)
    return next((kind for kind in (WORD, EXCEL, SLIDES) if f"{kind}.main+xml" in types), "application/zip")
