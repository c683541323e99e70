"""What may be joined: the kinds of files that every office opens and that cannot run anything."""

from dataclasses import dataclass

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODF = "application/vnd.oasis.opendocument."
TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Kind:
    """`content` is what the bytes must show to be; `media_type` is what the file is served as."""

    words: str
    media_type: str
    extensions: tuple[str, ...]
    content: str


def _kind(words: str, media_type: str, *extensions: str, content: str = "") -> Kind:
    return Kind(words, media_type, extensions, content or media_type)


KINDS = (
    _kind("PDF", "application/pdf", "pdf"),
    _kind("image PNG", "image/png", "png"),
    _kind("image JPEG", "image/jpeg", "jpg", "jpeg"),
    _kind("image WebP", "image/webp", "webp"),
    _kind("texte Word", WORD, "docx"),
    _kind("classeur Excel", EXCEL, "xlsx"),
    _kind("présentation PowerPoint", SLIDES, "pptx"),
    _kind("texte LibreOffice", f"{ODF}text", "odt"),
    _kind("classeur LibreOffice", f"{ODF}spreadsheet", "ods"),
    _kind("présentation LibreOffice", f"{ODF}presentation", "odp"),
    _kind("texte simple", TEXT, "txt"),
    _kind("tableau CSV", "text/csv", "csv", content=TEXT),
)

BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}
#: What the file field of a form offers first.
ACCEPT = ",".join(f".{extension}" for extension in BY_EXTENSION)
LIST = "PDF, image (PNG, JPEG, WebP), Word, Excel, PowerPoint, LibreOffice, texte ou CSV"

_OLD_OFFICE = (
    "Les anciens formats de Word, Excel et PowerPoint ne sont pas acceptés. Enregistrez le fichier en .{} ou PDF."
)
_MACROS = (
    "Les fichiers à macros ne sont pas acceptés : ils peuvent exécuter un programme. Enregistrez le fichier en .{}."
)
_PAGE = "Les pages web et les dessins SVG ne sont pas acceptés : ils peuvent exécuter un programme. Joignez un PDF."
_ARCHIVE = "Les archives ne sont pas acceptées. Joignez un à un les fichiers qu’elle contient."
_PHOTO = "Les photos HEIC ne s’ouvrent pas partout. Enregistrez la photo en JPEG, puis joignez-la."

#: Extensions that people do try, with what to do instead.
INSTEAD: dict[str, str] = {
    **{old: _OLD_OFFICE.format(new) for old, new in (("doc", "docx"), ("xls", "xlsx"), ("ppt", "pptx"))},
    **{macro: _MACROS.format(plain) for macro, plain in (("docm", "docx"), ("dotm", "docx"), ("xlsm", "xlsx"))},
    **{macro: _MACROS.format(plain) for macro, plain in (("xlsb", "xlsx"), ("xltm", "xlsx"), ("pptm", "pptx"))},
    **dict.fromkeys(("htm", "html", "xhtml", "mht", "mhtml", "svg", "xml"), _PAGE),
    **dict.fromkeys(("zip", "rar", "7z", "gz", "tar"), _ARCHIVE),
    **dict.fromkeys(("heic", "heif"), _PHOTO),
}
