"""What each signatory promised, and how it is kept: two queries, whatever was promised."""

import datetime as dt
from dataclasses import dataclass

from maillage.people.spaces import today
from maillage.plan.models import Commitment, Convention, Signatory
from maillage.plan.queries.conventions import signatories_of
from maillage.plan.rules.lateness import days_late


@dataclass(frozen=True, slots=True)
class Promise:
    """`late` counts the days since its date passed; 0 when it is kept or still has time."""

    commitment: Commitment
    late: int


@dataclass(frozen=True, slots=True)
class Party:
    """A signatory with its promises, those to keep first. `is_mine`: the reader speaks for it."""

    signatory: Signatory
    promises: list[Promise]
    is_mine: bool
    may_edit: bool

    @property
    def kept(self) -> int:
        return sum(1 for promise in self.promises if promise.commitment.kept_on)

    @property
    def next_on(self) -> dt.date | None:
        """The next date that is not passed."""
        rows = [promise.commitment for promise in self.promises if not promise.late]
        return min((row.due_on for row in rows if row.due_on and not row.kept_on), default=None)


def parties_of(convention: Convention, mine: set[int], *, edits_all: bool) -> list[Party]:
    """The signatories in their order, those that the reader speaks for first."""
    on = today()
    parties = [
        Party(
            signatory,
            sorted((_promise(row, on) for row in signatory.commitments.all()), key=_order),
            signatory.organization_id in mine,
            edits_all or signatory.organization_id in mine,
        )
        for signatory in signatories_of(convention)
    ]
    return sorted(parties, key=lambda party: not party.is_mine)


def _promise(row: Commitment, on: dt.date) -> Promise:
    return Promise(row, days_late(row.due_on, row.kept_on, on))


def _order(promise: Promise) -> tuple[bool, dt.date]:
    return bool(promise.commitment.kept_on), promise.commitment.due_on or dt.date.max
