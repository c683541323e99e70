"""Few classes for many counts, so that a map says something: none apart, then a few as full as each other."""

from bisect import bisect_left
from collections.abc import Iterable

#: Classes of a map, none included: more cannot be told apart by eye.
MOST = 5


def classes_of(counts: Iterable[int]) -> list[tuple[int, int]]:
    """The classes (lowest, highest) of counts, « none » first when there is one; every count falls in exactly one."""
    found = sorted(counts)
    some = [count for count in found if count > 0]
    classes = [(0, 0)] if len(some) < len(found) else []
    distinct = sorted(set(some))
    room = MOST - len(classes)
    if len(distinct) <= room:
        return classes + [(count, count) for count in distinct]
    cuts = sorted({distinct[-1], *(some[(rank * len(some)) // room - 1] for rank in range(1, room))})
    lowest = distinct[0]
    for highest in cuts:
        classes.append((lowest, highest))
        later = [count for count in distinct if count > highest]
        lowest = later[0] if later else highest
    return classes


def class_of(count: int, classes: list[tuple[int, int]]) -> int:
    """The rank of the class that holds a count."""
    return bisect_left([highest for _lowest, highest in classes], count)
