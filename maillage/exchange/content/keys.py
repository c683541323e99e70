"""Readable keys: a name without accents, and a counter when two rows bear the same."""

from django.utils.text import slugify

LENGTH = 48


class Keys:
    """Gives each name of one table a key of its own, the same ones for the same names in the same order."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def give(self, *words: str) -> str:
        base = _shortened(slugify("-".join(filter(None, words)).replace(".", "-").replace("’", "-"))) or "sans-nom"
        key, rank = base, self._next.get(base, 2)
        while key in self._taken:
            key, rank = f"{base}-{rank}", rank + 1
        self._next[base] = rank
        self._taken.add(key)
        return key


def _shortened(words: str) -> str:
    """At most `LENGTH` signs, cut between two words where there are some."""
    if len(words) > LENGTH:
        words = words[: LENGTH + 1].rpartition("-")[0] or words[:LENGTH]
    return words.strip("-_")
