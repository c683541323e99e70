"""News to read: what they would change, field by field, and what waits for the team."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import Http404, HttpRequest

from maillage.access.may import require
from maillage.journal.changes import as_words
from maillage.journal.operations import Change
from maillage.news.models import NewsAttachment, NewsProposal, NewsRequest
from maillage.news.queries.sheet import measures_of
from maillage.news.vocabulary import ProposalState
from maillage.people.spaces import person, territory_for
from maillage.plan.models import Action, Funding, Milestone
from maillage.plan.operations.news import ANSWERS, MEANING, Answer
from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import ActionState, Health
from maillage.territories.models import Territory
from maillage.ui.french import euros, number, short_date

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Review:
    """A proposal with what it would change; `gone` names what it speaks of and no longer exists."""

    proposal: NewsProposal
    words: str
    changes: list[Change]
    gone: list[str] = field(default_factory=list)
    attachments: list[NewsAttachment] = field(default_factory=list)

    @property
    def action(self) -> Action:
        return self.proposal.request.action

    @property
    def action_is_closed(self) -> bool:
        return ActionState(self.action.state) in ENDED


def pending(territory: Territory) -> list[NewsProposal]:
    """The proposals that wait, the oldest first; one query."""
    rows = NewsProposal.objects.filter(request__action__territory=territory, state=ProposalState.PROPOSED)
    rows = rows.select_related("request__action", "request__contact", "request__campaign")
    return list(rows.order_by("submitted_at", "pk"))


def handovers(territory: Territory) -> list[NewsRequest]:
    """Those who said that an action is no longer theirs, until the team decides; one query."""
    rows = NewsRequest.objects.filter(
        action__territory=territory, handed_over_at__isnull=False, handover_decided_at=None
    )
    return list(rows.select_related("action", "contact").order_by("handed_over_at", "pk"))


def reviews_of(proposals: Sequence[NewsProposal]) -> list[Review]:
    """What each of them would change today; five queries, however many there are."""
    actions = {proposal.request.action_id for proposal in proposals}
    rows = [proposal.request.action for proposal in proposals]
    milestones = {row.pk: row for row in Milestone.objects.filter(action__in=actions)}
    lines = {row.pk: row for row in Funding.objects.filter(action__in=actions).select_related("funder")}
    measures = {item.indicator.pk: item for found in measures_of(rows).values() for item in found}
    files: dict[int, list[NewsAttachment]] = {}
    for attachment in NewsAttachment.objects.filter(proposal__in=proposals):
        files.setdefault(attachment.proposal_id, []).append(attachment)
    reviews = []
    for proposal in proposals:
        changes, gone = _standing(proposal), []
        for pk, day in proposal.milestones.items():
            if milestone := milestones.get(int(pk)):
                before = f"faite le {short_date(milestone.done_on)}" if milestone.done_on else "à faire"
                changes.append(Change(label=f"Étape : {milestone.title}", before=before, after=f"faite le {_day(day)}"))
            else:
                gone.append("une étape")
        for pk, value in proposal.readings.items():
            if item := measures.get(int(pk)):
                changes.append(
                    Change(label=item.indicator.name, before=number(item.value), after=number(Decimal(value)))
                )
            else:
                gone.append("un indicateur")
        for pk, spent in proposal.spent.items():
            if line := lines.get(int(pk)):
                label = f"Dépensé en {line.year} ({line.funder})"
                changes.append(Change(label=label, before=euros(line.spent), after=euros(Decimal(spent))))
            else:
                gone.append("un financement")
        reviews.append(Review(proposal, ANSWERS[Answer(proposal.answer)], changes, gone, files.get(proposal.pk, [])))
    return reviews


def _standing(proposal: NewsProposal) -> list[Change]:
    """What the answer would move of the action itself: its state, its health and the reason of it."""
    action = proposal.request.action
    state, health = MEANING[Answer(proposal.answer)]
    note = proposal.sentence.strip()[:300] if health != Health.GOOD else ""
    after = Action(state=state, health=health, health_note=note)
    return [
        Change(label=label, before=as_words(action, name), after=as_words(after, name))
        for label, name in (("État", "state"), ("Santé", "health"), ("Motif de la santé", "health_note"))
        if as_words(action, name) != as_words(after, name)
    ]


def _day(text: str) -> str:
    return short_date(dt.date.fromisoformat(text))


def proposal_for(request: HttpRequest, slug: str, pk: int) -> NewsProposal:
    """The proposal of that address, for a coordinator of its territory; 404 for what is not hers."""
    territory = territory_for(request, slug)
    rows = NewsProposal.objects.select_related("request__action", "request__contact", "request__campaign")
    found = rows.filter(request__action__territory=territory, pk=pk).first()
    if found is None:
        raise Http404("Ces nouvelles n’existent pas, ou l’action a été supprimée.")
    require(person(request), "news.ask", found)
    return found
