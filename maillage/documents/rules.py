"""Which files come in: by what they hold, not by what they are called. Pure: bytes in, a media type out."""

import io
import re
import unicodedata
import zipfile
from pathlib import PurePath

import filetype
from django.core.exceptions import ValidationError

MAX_BYTES = 25 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_ENTRIES = 20_000
NAME_LENGTH = 200

#: Extension → media type. The content must agree with both.
ALLOWED = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
#: The main part of each Office format: what tells a Word file from a workbook, whatever its name says.
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
KINDS = "PDF, image (PNG, JPEG, WebP), Word, Excel, PowerPoint ou OpenDocument"


def clean_name(name: str) -> str:
    """The file's own name without a path, control characters or excess length."""
    bare = PurePath(name.replace("\\", "/")).name
    bare = "".join(char for char in bare if unicodedata.category(char)[0] != "C")
    bare = re.sub(r"\s+", " ", bare).strip(" .")
    if len(bare) <= NAME_LENGTH:
        return bare
    stem, dot, extension = bare.rpartition(".")
    return f"{stem[: NAME_LENGTH - len(extension) - 1]}{dot}{extension}" if dot else bare[:NAME_LENGTH]


def media_type_of(name: str, content: bytes) -> str:
    """The media type of a file that may come in. Raises `ValidationError` with what to do otherwise."""
    if not content:
        raise ValidationError("Ce fichier est vide.")
    if len(content) > MAX_BYTES:
        raise ValidationError(f"Ce fichier dépasse {MAX_BYTES // (1024 * 1024)} Mo. Réduisez-le, puis réessayez.")
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension not in ALLOWED:
        raise ValidationError(f"Ce type de fichier n’est pas accepté. Envoyez un fichier {KINDS}.")
    found = _packed_extension(content) if content.startswith(b"PK") else _plain_extension(content)
    if ALLOWED.get(found) != ALLOWED[extension]:
        raise ValidationError(
            f"Le contenu de ce fichier n’est pas celui d’un fichier « .{extension} ». "
            "Enregistrez-le de nouveau depuis le logiciel qui l’a fait, puis réessayez."
        )
    return ALLOWED[extension]


def _plain_extension(content: bytes) -> str:
    guess = filetype.guess(content[:8192])
    return str(guess.extension) if guess else ""


def _packed_extension(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise ValidationError("Ce fichier se déplie en un contenu démesuré : il n’a pas été pris.")
            names = {entry.filename for entry in entries}
            if any(PurePath(entry).name == "vbaProject.bin" for entry in names):
                raise ValidationError("Ce fichier contient des macros. Enregistrez-le sans macros, puis réessayez.")
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:  # noqa: PLR2004
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                return next((key for key, media in ALLOWED.items() if media == declared), "")
            if "[Content_Types].xml" in names:
                return next((key for key, part in OFFICE_PARTS.items() if part in names), "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise ValidationError("Ce fichier est abîmé. Enregistrez-le de nouveau, puis réessayez.") from None
    return ""
