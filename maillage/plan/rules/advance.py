"""How far a set of actions has come, told three ways never mixed: what is done, what is measured, how it fares.

Each answer carries the counts it comes from, so that a screen says its origin; « non évaluable » is an answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar

from maillage.plan.rules.indicators import share
from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import ActionState, Health
from maillage.ui.french import plural

IMPACT = "impact"


class Weighed(Protocol):
    """An action as it is counted: its weight goes from 1 to 10."""

    @property
    def id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def health(self) -> str: ...
    @property
    def weight(self) -> int: ...


class Measure(NamedTuple):
    """An indicator as it is read today; `kind` is « output », « outcome » or « impact »."""

    kind: str
    baseline: Decimal | None
    latest: Decimal | None
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class Done:
    """The share of actions done. Abandoned ones leave the account, and are said."""

    done: int = 0
    counted: int = 0
    abandoned: int = 0
    weight_done: int = 0
    weight_counted: int = 0
    is_weighted: bool = False

    @property
    def share(self) -> float | None:
        """Percent of the weights, or None when there is nothing to count."""
        return 100 * self.weight_done / self.weight_counted if self.weight_counted else None

    @property
    def words(self) -> str:
        apart = f"{plural(self.abandoned, 'abandonnée')} hors du compte" if self.abandoned else ""
        if not self.counted:
            return "Non évaluable : " + (apart or "aucune action")
        said = f"{plural(self.done, 'action réalisée', 'actions réalisées')} sur {self.counted}"
        return said + (", pondérées" if self.is_weighted else "") + (f" ; {apart}" if apart else "")


@dataclass(frozen=True, slots=True)
class Measured:
    """Where the indicators stand on their way. `shares` are 0 to 1, smallest first; an impact is read apart."""

    shares: tuple[float, ...] = ()
    unknown: int = 0
    impact: int = 0

    @property
    def share(self) -> float | None:
        """Percent of the way on average, or None when no indicator can be evaluated."""
        return 100 * sum(self.shares) / len(self.shares) if self.shares else None

    @property
    def reached(self) -> int:
        return sum(1 for part in self.shares if part == 1)

    @property
    def words(self) -> str:
        apart = f"{self.impact} d’impact, à part" if self.impact else ""
        if not self.shares:
            why = (
                f"{plural(self.unknown, 'indicateur')} sans départ, relevé ou cible"
                if self.unknown
                else "aucun indicateur"
            )
            return f"Non évaluable : {why}" + (f" ; {apart}" if apart else "")
        said = f"du chemin, moyenne de {plural(len(self.shares), 'indicateur')}"
        if len(self.shares) == 1:
            said = "du chemin, un indicateur"
        reached = f", {plural(self.reached, 'atteint')}" if self.reached else ""
        unknown = f" ; {self.unknown} non évaluable{'s' if self.unknown > 1 else ''}" if self.unknown else ""
        return said + reached + unknown + (f" ; {apart}" if apart else "")


@dataclass(frozen=True, slots=True)
class Fares:
    """How the actions that are still open fare."""

    good: int = 0
    watch: int = 0
    blocked: int = 0

    @property
    def total(self) -> int:
        return self.good + self.watch + self.blocked

    @property
    def words(self) -> str:
        if not self.total:
            return "Non évaluable : aucune action ouverte"
        parts = [
            f"{self.good} en bonne santé" if self.good else "",
            f"{self.watch} à surveiller" if self.watch else "",
            plural(self.blocked, "bloquée") if self.blocked else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Advance:
    """The three answers of one set of actions."""

    done: Done
    measured: Measured
    fares: Fares


Row = TypeVar("Row", bound=Weighed)


def advance(rows: Iterable[Row], measures: Mapping[int, Sequence[Measure]]) -> Advance:
    """The three answers; an action given twice counts once. `measures` maps action id → its indicators."""
    once = {row.id: row for row in rows}.values()
    counted = [row for row in once if row.state != ActionState.ABANDONED]
    return Advance(
        done=_done(counted, abandoned=len(once) - len(counted)),
        measured=measured(measure for row in counted for measure in measures.get(row.id, ())),
        fares=_fares(row for row in counted if row.state not in ENDED),
    )


def _done(counted: Sequence[Weighed], abandoned: int) -> Done:
    done = [row for row in counted if row.state == ActionState.DONE]
    return Done(
        done=len(done),
        counted=len(counted),
        abandoned=abandoned,
        weight_done=sum(row.weight for row in done),
        weight_counted=sum(row.weight for row in counted),
        is_weighted=len({row.weight for row in counted}) > 1,
    )


def measured(measures: Iterable[Measure]) -> Measured:
    """The indicators of a set of actions, those of impact counted apart and never averaged."""
    shares: list[float] = []
    unknown = impact = 0
    for measure in measures:
        part = share(measure.baseline, measure.latest, measure.target)
        if measure.kind == IMPACT:
            impact += 1
        elif part is None:
            unknown += 1
        else:
            shares.append(part)
    return Measured(tuple(sorted(shares)), unknown, impact)


def _fares(rows: Iterable[Weighed]) -> Fares:
    healths = [row.health for row in rows]
    return Fares(*(healths.count(health) for health in (Health.GOOD, Health.WATCH, Health.BLOCKED)))
