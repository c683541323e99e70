"""From the bytes of a text file to its text: the encodings that French spreadsheets write, never two in one file.

A text is judged by what French looks like: « é » inside a word is plausible, « È » between two small letters is not.
"""

import codecs
import re

from charset_normalizer import from_bytes

from maillage.exchange.workbook.safety import UnreadableWorkbook

#: In the order in which they are preferred when nothing tells them apart.
LEGACY = ("cp1252", "mac_roman", "latin_1", "cp850")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
NAMES = {"utf_8": "UTF-8", "cp1252": "Windows", "mac_roman": "Mac", "latin_1": "Latin-1", "cp850": "DOS"}

_SIGNS = "«»‘’“”–—…•·€°²³½\u00a0\u202fœæŒÆ§©®™×−№º‑→≥≤±£\u2009ﬁ"
_FRENCH = re.compile(f"[àâäçéèêëîïôöùûüÿñáíóú{_SIGNS}]|(?<![a-zà-ÿ])[ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÑ]")
_OTHER = re.compile(r"[^\x00-\x7f]")


def decoded(data: bytes) -> str:
    """The text. `UnreadableWorkbook` when it is no text, or when two encodings are mixed (the line is named)."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\x00" in data:
        return _strict(data, "utf-16-le" if data[1:200:2].count(0) > data[0:200:2].count(0) else "utf-16-be")
    if _reads(data, "utf_8") and not _strange(data.decode()):
        return data.decode()
    lines = re.split(rb"\r\n|\n|\r", data)
    foreign = [(number, line) for number, line in enumerate(lines, start=1) if not line.isascii()]
    fitting = [{name for name in ("utf_8", *LEGACY) if _fits(line, name)} for _, line in foreign]
    whole = [name for name in ("utf_8", *LEGACY) if all(name in known for known in fitting if known)]
    readable = [name for name in whole if _reads(data, name)]
    if readable:
        return data.decode(max(readable, key=lambda name: _score(data.decode(name))))
    if not whole:
        _refuse_mixed(foreign, fitting)
    guess = from_bytes(data, cp_isolation=[*LEGACY, "utf_8"]).best()
    if guess is None:
        raise UnreadableWorkbook(NOT_TEXT)
    return str(guess)


NOT_TEXT = (
    "Ce fichier n’est ni un classeur Excel (.xlsx), ni un tableau CSV, ni un document Word (.docx). "
    "Depuis votre tableur : « Enregistrer sous », puis « Classeur Excel (.xlsx) »."
)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as cause:
        line = cause.object[: cause.start].count(b"\n") + 1
        if encoding != "utf-8-sig":
            raise UnreadableWorkbook(NOT_TEXT) from None
        raise UnreadableWorkbook(mixed_at(line)) from None


def _refuse_mixed(foreign: list[tuple[int, bytes]], fitting: list[set[str]]) -> None:
    """Names the first line that is not written as the others are."""
    votes = {name: sum(name in known for known in fitting) for name in ("utf_8", *LEGACY)}
    common = max(votes, key=lambda name: votes[name])
    line = next(number for (number, _), known in zip(foreign, fitting, strict=True) if known and common not in known)
    raise UnreadableWorkbook(mixed_at(line))


def mixed_at(line: int) -> str:
    return (
        f"Ce fichier mélange plusieurs encodages : à la ligne {line}, les lettres accentuées ne sont pas écrites "
        "comme dans le reste. Rouvrez-le dans votre tableur, corrigez cette ligne, enregistrez-le en « CSV UTF-8 », "
        "puis réessayez."
    )


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _fits(line: bytes, encoding: str) -> bool:
    return _reads(line, encoding) and not _strange(line.decode(encoding))


def _strange(text: str) -> bool:
    """Whether a text holds signs that French does not write there."""
    return bool(_OTHER.search(_FRENCH.sub("", text)))


def _score(text: str) -> int:
    """How French a text looks: accents inside words count, a stray capital does not."""
    return len(re.findall(r"[éèêàçùâîôûœ]", text)) * 2 + len(re.findall(r"[«»’…\u00a0]", text))
