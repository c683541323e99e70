"""Before a file is opened: is it a workbook or a document, of a bearable size, without a programme inside?"""

import zipfile
from pathlib import Path
from typing import IO

import filetype

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 150 * 1024 * 1024
MAX_ENTRIES = 5_000
#: An honest sheet shrinks some 10 to 30 times; a bomb shrinks by the thousand.
MAX_RATIO = 300
RATIO_MATTERS_FROM = 5 * 1024 * 1024


SAVE_AS = "Depuis votre tableur : « Enregistrer sous », puis « Classeur Excel (.xlsx) »."


class UnreadableWorkbook(ValueError):
    """The file as a whole is refused; its text is the French sentence that says what to do."""


def check_size(file: IO[bytes]) -> None:
    """Raises `UnreadableWorkbook` for an empty or an excessive file; leaves it at its beginning."""
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise UnreadableWorkbook("Ce fichier est vide. Enregistrez-le de nouveau depuis votre tableur, puis réessayez.")
    if size > MAX_BYTES:
        raise UnreadableWorkbook(
            f"Ce fichier pèse {size // 1_000_000} Mo ; la limite est de {MAX_BYTES // (1024 * 1024)} Mo. "
            "Retirez les images et les feuilles inutiles, puis réessayez."
        )


def check_workbook(file: IO[bytes]) -> None:
    """Raises `UnreadableWorkbook` unless the file is a plain .xlsx workbook that can be opened without danger."""
    _check(file, "xl/workbook.xml")


def check_document(file: IO[bytes]) -> None:
    """The same for a plain .docx document."""
    _check(file, "word/document.xml")


def _check(file: IO[bytes], main: str) -> None:
    check_size(file)
    head = file.read(262)
    file.seek(0)
    if not head.startswith(b"PK"):
        raise UnreadableWorkbook(what_it_is(head) or "Ce fichier n’est pas un classeur Excel (.xlsx). " + SAVE_AS)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_archive(archive, main)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise UnreadableWorkbook(
            "Ce fichier est abîmé ou incomplet. Ouvrez-le dans votre tableur, enregistrez-le au format .xlsx, "
            "puis réessayez."
        ) from None
    file.seek(0)


def _check_archive(archive: zipfile.ZipFile, main: str) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if unpacks_beyond_measure(entries):
        raise UnreadableWorkbook(
            "Ce fichier se déplie en un contenu démesuré : il n’a pas été ouvert. "
            "Copiez vos lignes dans un classeur neuf, puis réessayez."
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableWorkbook("Ce fichier est protégé par un mot de passe. Retirez-le, puis réessayez.")
    if main not in names or "[Content_Types].xml" not in names:
        if any(name.startswith("Object") or name == "content.xml" for name in names):
            raise UnreadableWorkbook(f"Ce fichier est un document LibreOffice (.ods ou .odt). {SAVE_AS}")
        raise UnreadableWorkbook(
            "Ce fichier n’est ni un classeur Excel (.xlsx), ni un tableau CSV, ni un document Word (.docx). "
            "Depuis votre tableur : « Enregistrer sous », puis « Classeur Excel (.xlsx) »."
        )
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(Path(name).name == "vbaProject.bin" for name in names):
        raise UnreadableWorkbook(
            "Ce fichier contient des macros : il n’a pas été ouvert. "
            "Enregistrez-le sans macros (.xlsx ou .docx), puis réessayez."
        )


def unpacks_beyond_measure(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether an archive would unpack into more than anybody wrote.

    Python never unpacks more than the size an entry declares: the declared sizes bound what will be read.
    """
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        return True
    return any(
        entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )


def what_it_is(head: bytes) -> str:
    """What a file that cannot be read is, by its first bytes, and what to do; empty when nothing tells."""
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return f"Ce fichier est un ancien classeur (.xls) ou un fichier protégé par mot de passe. {SAVE_AS}"
    if head.startswith(b"%PDF"):
        return "Ce fichier est un PDF : il ne peut pas être lu. Demandez le fichier d’origine (.xlsx ou .docx)."
    kind = filetype.guess(head)
    return f"Ce fichier ({kind.extension}) n’est pas un tableau. {SAVE_AS}" if kind else ""
