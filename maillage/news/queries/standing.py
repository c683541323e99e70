"""How far each campaign is and what waits for the team: one query for the dashboard and for the duties together."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from maillage.news.models import NewsRequest
from maillage.news.vocabulary import ProposalState
from maillage.territories.models import Territory


def told_otherwise(to: str = "") -> Q:
    """In a campaign, news that the action had since the mail left, not by the link; see `rules.state_of`."""
    return Q(
        **{f"{to}proposal": None, f"{to}campaign__isnull": False, f"{to}handed_over_at": None, f"{to}revoked_at": None,
           f"{to}action__news_on__gte": TruncDate(f"{to}sent_at")}
    )  # fmt: skip


ANSWERED = Q(proposal__state__in=[ProposalState.PROPOSED, ProposalState.ACCEPTED]) | told_otherwise()
#: A link taken back without answer is not counted: nobody is asked by it any more.
ASKED = ANSWERED | Q(revoked_at=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """One campaign, or all that was asked outside of any (then `campaign_id` is None and its fields are empty)."""

    campaign_id: int | None
    title: str
    is_open: bool
    answers_by: dt.date | None
    meeting_on: dt.date | None
    asked: int
    answered: int
    waiting: int
    leaving: int
    is_example: bool

    @property
    def words(self) -> str:
        return answered_in_words(self.answered, self.asked)


def standings(territory: Territory) -> list[Standing]:
    """The latest meeting first; read once a request, kept on the territory."""
    known: dict[str, list[Standing]] = territory.__dict__.setdefault("_news", {})
    if "standings" not in known:
        rows = (
            NewsRequest.objects.filter(action__territory=territory)
            .order_by("-campaign__answers_by", "campaign_id")
            .values("campaign_id", "campaign__title", "campaign__started_at", "campaign__closed_at",
                    "campaign__answers_by", "campaign__meeting_on")
            .annotate(
                asked=Count("pk", filter=ASKED),
                answered=Count("pk", filter=ANSWERED),
                waiting=Count("pk", filter=Q(proposal__state=ProposalState.PROPOSED)),
                leaving=Count("pk", filter=Q(handed_over_at__isnull=False, handover_decided_at=None)),
                examples=Count("pk", filter=Q(action__is_example=True)),
            )
        )  # fmt: skip
        known["standings"] = [
            Standing(
                row["campaign_id"], row["campaign__title"] or "",
                bool(row["campaign__started_at"] and not row["campaign__closed_at"]),
                row["campaign__answers_by"], row["campaign__meeting_on"],
                row["asked"], row["answered"], row["waiting"], row["leaving"], row["examples"] > 0,
            )
            for row in rows
        ]  # fmt: skip
    return known["standings"]


def answered_in_words(answered: int, asked: int) -> str:
    """« 9 sur 13 ont répondu »."""
    return f"{answered} sur {asked} {'ont' if answered > 1 else 'a'} répondu"
