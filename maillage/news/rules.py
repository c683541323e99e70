"""What holds for news that come from outside. Pure: dates, words and states."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from maillage.news.vocabulary import ProposalState, RequestState
from maillage.ui.french import short_date

#: A link sent alone lives a month; that of a campaign until the meeting, and never less than two weeks.
ALONE = dt.timedelta(days=30)
AT_LEAST = dt.timedelta(days=14)
#: Days before the deadline when those who have not answered are reminded, once.
REMIND_BEFORE = 3
#: « Sans nouvelles »: about six months.
SILENCE = dt.timedelta(days=182)
MOST_FILES = 4
MOST_MILESTONES = 3
MOST_FIGURES = 2

ANSWERED = {RequestState.PROPOSED, RequestState.ACCEPTED, RequestState.TOLD}
#: Those who are still expected to say something.
EXPECTED = {RequestState.NOT_SENT, RequestState.WAITING, RequestState.RETURNED}

ACCEPTED_ALREADY = "Ces nouvelles sont déjà publiées. Pour en donner d’autres, demandez un nouveau lien à l’équipe."
DECIDED_ALREADY = "Quelqu’un de l’équipe a déjà relu ces nouvelles."
CHANGED_MEANWHILE = "Ces nouvelles ont été complétées entre-temps. Relisez-les : rien n’a encore changé dans le plan."
NEEDS_A_SENTENCE = "Dites en une phrase ce qui manque ou ce qui bloque."


def check_dates(answers_by: dt.date, meeting_on: dt.date | None, on: dt.date) -> None:
    """Raises `ValidationError` when answers would be expected in the past, or after the meeting they prepare."""
    if answers_by < on:
        raise ValidationError({"answers_by": "Ce jour est passé. Choisissez un jour à venir."})
    if meeting_on and answers_by > meeting_on:
        raise ValidationError(
            {"answers_by": f"La réunion a lieu le {short_date(meeting_on)} : demandez les réponses avant."}
        )


def last_day(answers_by: dt.date | None, meeting_on: dt.date | None, on: dt.date) -> dt.date:
    """The last day on which a link sent that day opens its action."""
    if answers_by is None:
        return on + ALONE
    return max(answers_by, meeting_on or answers_by, on + AT_LEAST)


def state_of(
    *,
    answered: str | None,
    sent_at: dt.datetime | None,
    revoked_at: dt.datetime | None,
    handed_over_at: dt.datetime | None,
    expires_at: dt.datetime,
    now: dt.datetime,
    news_on: dt.date | None = None,
) -> RequestState:
    """Where a request stands; `answered` is the state of its proposal, None when nothing came.

    An answer stays an answer whatever becomes of the link afterwards. News that the action had otherwise since the mail
    left, on `news_on`, are an answer too: nobody is reminded of what she said from her account.
    """
    if answered in {ProposalState.PROPOSED, ProposalState.ACCEPTED}:
        return RequestState(answered)
    if handed_over_at:
        return RequestState.HANDED_OVER
    if revoked_at:
        return RequestState.REVOKED
    if answered is None and sent_at and news_on and news_on >= timezone.localdate(sent_at):
        return RequestState.TOLD
    if expires_at <= now:
        return RequestState.EXPIRED
    if answered == ProposalState.RETURNED:
        return RequestState.RETURNED
    return RequestState.WAITING if sent_at else RequestState.NOT_SENT


def check_answerable(state: str | None) -> None:
    """Raises `ValidationError` once the answer was accepted: what is published is no longer changed from outside."""
    if state == ProposalState.ACCEPTED:
        raise ValidationError(ACCEPTED_ALREADY)


def check_decidable(state: str, revision: int, seen: int | None) -> None:
    """Raises `ValidationError` when somebody decided already, or when the answer is no longer the one that was read."""
    if state != ProposalState.PROPOSED:
        raise ValidationError(DECIDED_ALREADY)
    if seen != revision:
        raise ValidationError(CHANGED_MEANWHILE)


def check_sentence(is_well: bool, sentence: str) -> None:
    """What is not well is explained."""
    if not is_well and not sentence.strip():
        raise ValidationError({"sentence": NEEDS_A_SENTENCE})


def reminder_leaves(
    answers_by: dt.date, reminded_at: dt.datetime | None, state: RequestState, on: dt.date, days: int = REMIND_BEFORE
) -> bool:
    """Whether the automatic reminder of a request leaves that day: once, in the last days, to who is expected."""
    soon = answers_by - dt.timedelta(days=days) <= on <= answers_by
    return soon and reminded_at is None and state in EXPECTED - {RequestState.NOT_SENT}


def is_silent(news_on: dt.date | None, on: dt.date) -> bool:
    """Whether nothing was heard of an action for six months."""
    return news_on is None or news_on < on - SILENCE


class Due(Protocol):
    @property
    def pk(self) -> int: ...
    @property
    def due_on(self) -> dt.date | None: ...
    @property
    def done_on(self) -> dt.date | None: ...


Step = TypeVar("Step", bound=Due)


def current_steps(steps: Iterable[Step], named: Iterable[int], on: dt.date) -> list[Step]:
    """The steps to ask about: those whose day has come and the next one, three at most, and those already `named`."""
    kept = set(named)
    waiting = sorted(
        (step for step in steps if not step.done_on or step.pk in kept), key=lambda step: step.due_on or dt.date.max
    )
    passed = [step for step in waiting if step.due_on and step.due_on <= on]
    following = [step for step in waiting if step not in passed][:1]
    asked = (passed + following)[:MOST_MILESTONES]
    return [step for step in waiting if step in asked or step.pk in kept]


Item = TypeVar("Item")


def oldest_first(items: Sequence[tuple[Item, dt.date | None]], most: int) -> list[Item]:
    """The measures that most need a figure: never read, then read the longest ago; given with their last day."""
    ranked = sorted(items, key=lambda pair: pair[1] or dt.date.min)
    return [item for item, _ in ranked[:most]]
