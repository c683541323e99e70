"""Who else keeps bytes in the store of documents: the sweep asks them before it deletes a file that no document names.

register(lambda folder: Attachment.objects.filter(path__startswith=folder).values_list("path", flat=True))
"""

from collections.abc import Callable, Iterable

#: A folder with its slash (« ab/ ») → the paths that are in use there; one query.
Holder = Callable[[str], Iterable[str]]
_holders: list[Holder] = []


def register(holder: Holder) -> None:
    """Adds, at start-up, somebody whose files must stay."""
    _holders.append(holder)


def paths_held(folder: str) -> set[str]:
    return {path for holder in _holders for path in holder(folder)}
