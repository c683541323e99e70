"""Adding up what was planned, obtained and spent. Euros and working time are never added together."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.core.exceptions import ValidationError

ZERO = Decimal(0)


class Line(Protocol):
    """A funding line: amounts in its `unit` (« euro » or « fte »); `year` is None when the source names none."""

    unit: str
    year: int | None
    planned: Decimal | None
    obtained: Decimal | None
    spent: Decimal | None


@dataclass(frozen=True, slots=True)
class Total:
    planned: Decimal = ZERO
    obtained: Decimal = ZERO
    spent: Decimal = ZERO

    def plus(self, line: Line) -> "Total":
        return Total(
            self.planned + (line.planned or ZERO),
            self.obtained + (line.obtained or ZERO),
            self.spent + (line.spent or ZERO),
        )

    @property
    def largest(self) -> Decimal:
        return max(self.planned, self.obtained, self.spent)


def total(lines: Iterable[Line], unit: str) -> Total:
    """The sum of the lines of one unit."""
    result = Total()
    for line in lines:
        if line.unit == unit:
            result = result.plus(line)
    return result


def totals_by_year(lines: Iterable[Line], unit: str) -> dict[int | None, Total]:
    """Year → sum, in the order of years; lines without a year come last under None."""
    sums: dict[int | None, Total] = {}
    for line in lines:
        if line.unit == unit:
            sums[line.year] = sums.get(line.year, Total()).plus(line)
    return dict(sorted(sums.items(), key=lambda item: (item[0] is None, item[0] or 0)))


def check_amounts(planned: Decimal | None, obtained: Decimal | None, spent: Decimal | None) -> None:
    """Raises `ValidationError` when a line has no amount, a negative one, or more obtained than planned."""
    if planned is None and obtained is None and spent is None:
        raise ValidationError({"planned": "Indiquez au moins un montant : prévu, obtenu ou dépensé."})
    for name, amount in (("planned", planned), ("obtained", obtained), ("spent", spent)):
        if amount is not None and amount < 0:
            raise ValidationError({name: "Un montant ne peut pas être négatif."})
