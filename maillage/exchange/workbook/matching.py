"""Which action of a file is which action of the plan: by number and title, by title, else by a title that is close."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from maillage.exchange.workbook.values import split_number
from maillage.ui.french import folded

CLOSE = 0.75
#: How many titles that share words are measured against one another.
NEAREST = 6


class How(StrEnum):
    NUMBER = "number"
    TITLE = "title"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Titled:
    """An action by its key (a rank in the file, a number in the database), its number and its title."""

    key: int
    number: str
    title: str

    @property
    def bare(self) -> str:
        """The title without a number written before it."""
        return folded(apart(self.title)[1])

    @property
    def full_number(self) -> str:
        return (self.number or apart(self.title)[0]).strip(". ")


def apart(title: str) -> tuple[str, str]:
    """Number and title, also where only a space parts them: « 1.2 Fêter » → (« 1.2 », « Fêter »)."""
    found = re.match(r"(\d+(?:\.\d+)+)\s+(?=\S)", title)
    return (found[1], title[found.end() :]) if found else split_number(title)


def matched(of_file: Sequence[Titled], of_plan: Sequence[Titled]) -> dict[int, tuple[int, How]]:
    """Key in the file → (key in the plan, how). Each action of the plan is given once, the surest ways first."""
    found: dict[int, tuple[int, How]] = {}
    taken: set[int] = set()

    def give(how: How, pairs: Iterable[tuple[int, int]]) -> None:
        for mine, theirs in pairs:
            if mine not in found and theirs not in taken:
                found[mine] = (theirs, how)
                taken.add(theirs)

    by_both = {(row.full_number, row.bare): row.key for row in reversed(of_plan) if row.full_number}
    give(How.NUMBER, _same(of_file, by_both, lambda row: (row.full_number, row.bare)))
    by_title = {row.bare: row.key for row in reversed(of_plan)}
    give(How.TITLE, _same(of_file, by_title, lambda row: row.bare))
    left = [row for row in of_plan if row.key not in taken]
    give(How.CLOSE, _closest([row for row in of_file if row.key not in found], left))
    return found


def _same(rows: Sequence[Titled], known: Mapping[Any, int], key_of: Callable[[Titled], Any]) -> list[tuple[int, int]]:
    return [(row.key, known[key_of(row)]) for row in rows if key_of(row) in known]


def _closest(of_file: Sequence[Titled], of_plan: Sequence[Titled]) -> list[tuple[int, int]]:
    """Pairs of titles that look alike, the closest first; only titles that share words are measured."""
    holding: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(of_plan):
        for word in set(row.bare.split()):
            holding[word].append(place)
    pairs = []
    for row in of_file:
        # A word that a hundred titles hold tells nothing of any of them.
        shared = Counter(
            place
            for word in set(row.bare.split())
            if len(holding.get(word, ())) < 100
            for place in holding.get(word, ())
        )
        for place, _count in shared.most_common(NEAREST):
            likeness = SequenceMatcher(None, row.bare, of_plan[place].bare).ratio()
            if likeness >= CLOSE:
                pairs.append((likeness, row.key, of_plan[place].key))
    return [(mine, theirs) for _likeness, mine, theirs in sorted(pairs, key=lambda pair: -pair[0])]
