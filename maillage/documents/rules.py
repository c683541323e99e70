"""Whether a file may be joined, and under which name. Pure: a name, a size and a stream of bytes."""

import re
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError

from maillage.documents.images import dimensions
from maillage.documents.kinds import BY_EXTENSION, BY_MEDIA_TYPE, INSTEAD, LIST, Kind
from maillage.documents.sniffing import content_of

MAX_NAME = 200
MAX_PIXELS = 100_000_000
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be joined: the name that readers see and the type it is served as."""

    name: str
    media_type: str


def accept(name: str, size: int, stream: BinaryIO, *, max_bytes: int) -> Accepted:
    """Judges a file. Raises `ValidationError` with the sentence that says why not and what to do."""
    name = clean_name(name)
    kind = kind_of_name(name)
    check_size(size, max_bytes=max_bytes)
    check_content(kind, content_of(stream))
    if kind.media_type.startswith("image/"):
        check_image(dimensions(kind.media_type, stream))
    return Accepted(name, kind.media_type)


def clean_name(raw: str) -> str:
    """The file's own name: no folder, no invisible or reserved character, at most 200 characters, extension kept."""
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rpartition("/")[2]
    # Category C: controls, and the invisible signs that make « exe.pdf » read backwards.
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C" or sign.isspace())
    name = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*]', "-", name)).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:MAX_NAME] or "document"
    return f"{stem[: MAX_NAME - len(extension) - 1].strip(' .') or 'document'}.{extension}"[-MAX_NAME:]


def kind_of_name(name: str) -> Kind:
    """The kind that the extension announces."""
    _, dot, extension = name.lower().rpartition(".")
    if extension in INSTEAD and dot:
        raise ValidationError(INSTEAD[extension])
    if not dot or extension not in BY_EXTENSION:
        raise ValidationError(f"« {name} » n’est pas d’un format accepté. Joignez un fichier {LIST}.")
    return BY_EXTENSION[extension]


def check_size(size: int, *, max_bytes: int) -> None:
    if not size:
        raise ValidationError("Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre ordinateur, puis réessayez.")
    if size > max_bytes:
        limit = max_bytes // MEGABYTE
        raise ValidationError(f"Ce fichier dépasse {limit} Mo. Allégez-le ou découpez-le, puis réessayez.")


def check_content(kind: Kind, content: str) -> None:
    """The bytes must be what the extension announces."""
    if content == kind.content:
        return
    found = BY_MEDIA_TYPE.get(content)
    if found:
        right = found.extensions[0]
        raise ValidationError(
            f"L’extension annonce un fichier {kind.words}, le contenu est un fichier {found.words}. "
            f"Renommez-le en .{right} s’il est bien ce que vous voulez joindre."
        )
    raise ValidationError(
        f"L’extension annonce un fichier {kind.words}, mais le contenu n’en est pas un. "
        "Ouvrez-le sur votre ordinateur et enregistrez-le de nouveau."
    )


def check_image(pixels: tuple[int, int] | None) -> None:
    if not pixels or 0 in pixels:
        raise ValidationError("Cette image est abîmée : ses dimensions sont illisibles. Enregistrez-la de nouveau.")
    if pixels[0] * pixels[1] > MAX_PIXELS:
        raise ValidationError(
            f"Cette image est trop grande ({pixels[0]} × {pixels[1]} pixels). Réduisez-la, puis réessayez."
        )
