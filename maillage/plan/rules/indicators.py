"""Reading an indicator: start, today, target."""

from decimal import Decimal
from enum import StrEnum


class Reach(StrEnum):
    """How a value stands between its start and its target."""

    NO_READING = "no_reading"
    NO_TARGET = "no_target"
    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    STILL = "still"
    AWAY = "away"


REACH_WORDS = {
    Reach.NO_READING: "Aucun relevé",
    Reach.NO_TARGET: "Sans cible",
    Reach.REACHED: "Atteint",
    Reach.ON_THE_WAY: "En chemin",
    Reach.STILL: "Stable",
    Reach.AWAY: "S’éloigne",
}


def reach(baseline: Decimal | None, latest: Decimal | None, target: Decimal | None) -> Reach:
    """Where the latest value stands; the direction wanted is the sign of target minus baseline.

    Without a baseline only « reached » can be told (a target to reach upwards is assumed).
    """
    if latest is None:
        return Reach.NO_READING
    if target is None:
        return Reach.NO_TARGET
    wanted = target - baseline if baseline is not None else Decimal(1)
    if (latest - target) * (1 if wanted >= 0 else -1) >= 0:
        return Reach.REACHED
    if baseline is None:
        return Reach.ON_THE_WAY
    moved = (latest - baseline) * (1 if wanted >= 0 else -1)
    if moved == 0:
        return Reach.STILL
    return Reach.ON_THE_WAY if moved > 0 else Reach.AWAY


def share(baseline: Decimal | None, latest: Decimal | None, target: Decimal | None) -> float | None:
    """Part of the way from start to target, 0 to 1, or None when it has no meaning."""
    if baseline is None or latest is None or target is None or baseline == target:
        return None
    return float(min(max((latest - baseline) / (target - baseline), Decimal(0)), Decimal(1)))
