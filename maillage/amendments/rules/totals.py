"""The money of a content, as planned: euros and working time apart, funder by funder."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal

from maillage.amendments.rules.matching import Side

ZERO = Decimal(0)
UNITS = ("euro", "fte")


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Amounts of one unit, before and after."""

    name: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.before

    def mirrored(self) -> "MoneyLine":
        return MoneyLine(self.name, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Money:
    """Unit → the total, and the line of each funder; a funder of neither side is not there."""

    totals: dict[str, MoneyLine]
    funders: dict[str, tuple[MoneyLine, ...]]

    @property
    def has_changed(self) -> bool:
        return any(line.change for lines in self.funders.values() for line in lines)


def totals_of(side: Side) -> dict[str, Decimal]:
    """Unit → what is planned in all."""
    return {unit: sum(_by_funder(side, unit).values(), ZERO) for unit in UNITS}


def money_between(before: Side, after: Side) -> Money:
    old, new = totals_of(before), totals_of(after)
    return Money(
        totals={unit: MoneyLine("Total", old[unit], new[unit]) for unit in UNITS},
        funders={unit: tuple(_funders(before, after, unit)) for unit in UNITS},
    )


def _funders(before: Side, after: Side, unit: str) -> list[MoneyLine]:
    """By name of today, the largest first; a funder that changed its name is one line."""
    old, new = _by_funder(before, unit), _by_funder(after, unit)
    names = _names(before) | _names(after)
    lines = [MoneyLine(names[who], old.get(who, ZERO), new.get(who, ZERO)) for who in old.keys() | new.keys()]
    return sorted(lines, key=lambda line: (-max(line.before, line.after), line.name))


def _by_funder(side: Side, unit: str) -> dict[Hashable, Decimal]:
    sums: dict[Hashable, Decimal] = defaultdict(lambda: ZERO)
    for row in side.content["fundings"]:
        if row["unit"] == unit and row["planned"] is not None:
            sums[side.identity("organizations", row["funder"])] += Decimal(row["planned"])
    return dict(sums)


def _names(side: Side) -> dict[Hashable, str]:
    return {side.identity("organizations", row["key"]): row["name"] for row in side.content["organizations"]}
