"""Two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, REMOVED, ADDED = "same", "removed", "added"
_WORD = re.compile(r"\s+|\w+|[^\w\s]", re.UNICODE)
#: Beyond this many comparisons, the whole texts are shown: nobody reads such a difference word by word.
MOST = 4_000_000


@dataclass(frozen=True, slots=True)
class Segment:
    kind: str
    text: str


def word_difference(before: str, after: str) -> list[Segment]:
    """What stays, goes and comes, in order. Same and removed make up `before`; same and added make up `after`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > MOST:
        return _segments([(REMOVED, before), (ADDED, after)])
    found: list[tuple[str, str]] = []
    for kind, start, stop, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((SAME, "".join(old[start:stop])))
        else:
            found += [(REMOVED, "".join(old[start:stop])), (ADDED, "".join(new[first:last]))]
    return _segments(_without_crumbs(found))


def _without_crumbs(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A lone space between two changes joins them, so that a phrase replaced reads as one."""
    joined: list[tuple[str, str]] = []
    for rank, (kind, text) in enumerate(found):
        lone = kind == SAME and not text.strip() and 0 < rank < len(found) - 1
        joined += [(REMOVED, text), (ADDED, text)] if lone else [(kind, text)]
    grouped: list[tuple[str, str]] = []
    pending = {REMOVED: "", ADDED: ""}
    for kind, text in joined:
        if kind == SAME:
            grouped += [(REMOVED, pending[REMOVED]), (ADDED, pending[ADDED]), (SAME, text)]
            pending = {REMOVED: "", ADDED: ""}
        else:
            pending[kind] += text
    return [*grouped, (REMOVED, pending[REMOVED]), (ADDED, pending[ADDED])]


def _segments(found: list[tuple[str, str]]) -> list[Segment]:
    return [Segment(kind, text) for kind, text in found if text]
