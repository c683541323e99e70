"""Adding up what was planned, obtained and spent. Euros and working time are never added together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError

ZERO = Decimal(0)


class Line(Protocol):
    """A funding line: amounts in its `unit` (« euro » or « fte »); `year` is None when the source names none."""

    @property
    def unit(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def planned(self) -> Decimal | None: ...
    @property
    def obtained(self) -> Decimal | None: ...
    @property
    def spent(self) -> Decimal | None: ...


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

    @property
    def to_obtain(self) -> Decimal:
        """What was planned and is not obtained; below zero when more came than was planned."""
        return self.planned - self.obtained

    @property
    def to_spend(self) -> Decimal:
        """What was obtained and is not spent; below zero when more was spent than obtained."""
        return self.obtained - self.spent


def total(lines: Iterable[Line], unit: str) -> Total:
    """The sum of the lines of one unit."""
    result = Total()
    for line in lines:
        if line.unit == unit:
            result = result.plus(line)
    return result


AnyLine = TypeVar("AnyLine", bound=Line)
Key = TypeVar("Key")


def totals_by(lines: Iterable[AnyLine], unit: str, key: Callable[[AnyLine], Key]) -> dict[Key, Total]:
    """Key → sum of the lines of one unit. Each line falls under one key, so the sums add up to the total."""
    sums: dict[Key, Total] = {}
    for line in lines:
        if line.unit == unit:
            found = key(line)
            sums[found] = sums.get(found, Total()).plus(line)
    return sums


def totals_by_year(lines: Iterable[Line], unit: str) -> dict[int | None, Total]:
    """Year → sum, in the order of years; lines without a year come last under None."""
    sums = totals_by(lines, unit, lambda line: line.year)
    return dict(sorted(sums.items(), key=lambda item: (item[0] is None, item[0] or 0)))


def excess(planned: Decimal | None, obtained: Decimal | None, spent: Decimal | None) -> str:
    """What does not add up in one line, in words, or nothing. An amount that is not written compares with nothing."""
    if planned is not None and obtained is not None and obtained > planned:
        return "obtenu au-delà du prévu"
    if obtained is not None and spent is not None and spent > obtained:
        return "dépensé au-delà de l’obtenu"
    return ""


def check_amounts(planned: Decimal | None, obtained: Decimal | None, spent: Decimal | None) -> None:
    """Raises `ValidationError` when a line has no amount, a negative one, or more obtained than planned."""
    if planned is None and obtained is None and spent is None:
        raise ValidationError({"planned": "Indiquez au moins un montant : prévu, obtenu ou dépensé."})
    for name, amount in (("planned", planned), ("obtained", obtained), ("spent", spent)):
        if amount is not None and amount < 0:
            raise ValidationError({name: "Un montant ne peut pas être négatif."})


def bars(sums: Mapping[str, Decimal | None]) -> list[tuple[str, Decimal | None, float]]:
    """(word, amount, width in percent) of what was planned, obtained and spent, on the scale of the largest.

    An amount that nobody wrote stays None: it is not zero.
    """
    most = max((amount for amount in sums.values() if amount), default=Decimal(1))
    words = {"planned": "Prévu", "obtained": "Obtenu", "spent": "Dépensé"}
    return [(word, sums[key], round(100 * float((sums[key] or ZERO) / most), 1)) for key, word in words.items()]
