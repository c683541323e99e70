"""Before a folder or its archive is read: is it of a bearable size, and does every name stay inside it?"""

import re
import stat
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO

from maillage.exchange.content.writing import Files
from maillage.exchange.workbook.safety import MAX_BYTES, MAX_ENTRIES, MAX_UNPACKED, unpacks_beyond_measure

_SAFE_NAME = re.compile(r"[^\\:\x00-\x1f]+")


class UnreadableFolder(ValueError):
    """The folder as a whole is refused; its text is the French sentence that says what to do."""


def files_of_archive(file: IO[bytes]) -> Files:
    """Name → bytes of a .zip, without the folder that may hold everything."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > MAX_BYTES:
        raise UnreadableFolder(
            f"Cette archive pèse plus de {MAX_BYTES // (1024 * 1024)} Mo : elle n’a pas été ouverte."
        )
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(entries)
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise UnreadableFolder("Ce fichier n’est pas une archive .zip entière et sans mot de passe.") from None
    return _without_top(files)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if unpacks_beyond_measure(entries):
        raise UnreadableFolder("Cette archive se déplie en un contenu démesuré : elle n’a pas été ouverte.")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise UnreadableFolder("Cette archive contient deux fichiers du même nom : elle n’a pas été ouverte.")
    for entry in entries:
        path = PurePosixPath(entry.filename)
        outside = path.is_absolute() or ".." in path.parts or not _SAFE_NAME.fullmatch(entry.filename)
        if outside or stat.S_ISLNK(entry.external_attr >> 16):
            raise UnreadableFolder(
                f"« {entry.filename[:80]} » sortirait du dossier : cette archive n’a pas été ouverte."
            )


def files_of_folder(folder: Path) -> Files:
    """Name → bytes of a folder; links are refused, since they may lead elsewhere."""
    files: Files = {}
    total = 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise UnreadableFolder(f"« {path.name} » est un lien : copiez le fichier lui-même dans le dossier.")
        if path.is_file():
            total += path.stat().st_size
            if total > MAX_UNPACKED or len(files) >= MAX_ENTRIES:
                raise UnreadableFolder("Ce dossier est démesuré : il n’a pas été lu.")
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files


def _without_top(files: Files) -> Files:
    """Zipping a folder puts its name before every other: it says nothing."""
    home = next((name.removesuffix("convention.yaml") for name in sorted(files, key=len)
                 if name.endswith("/convention.yaml")), "")  # fmt: skip
    if "convention.yaml" in files or not home:
        return files
    return {name.removeprefix(home): data for name, data in files.items()}
