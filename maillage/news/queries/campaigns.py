"""Campaigns: how far they are, and what one may ask."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import Http404, HttpRequest

from maillage.access.may import require
from maillage.news.models import NewsCampaign
from maillage.news.queries.standing import answered_in_words, told_otherwise
from maillage.news.rules import is_silent
from maillage.news.vocabulary import ProposalState
from maillage.people.spaces import person, territory_for
from maillage.plan.models import Action, ActionGoal, Convention, Goal
from maillage.plan.rules.states import ENDED
from maillage.territories.models import Territory

ANSWERED = Q(requests__proposal__state__in=[ProposalState.PROPOSED, ProposalState.ACCEPTED]) | told_otherwise(
    "requests__"
)


@dataclass(frozen=True, slots=True)
class Progress:
    """`answered` of `asked` links brought news."""

    campaign: NewsCampaign
    asked: int
    answered: int

    @property
    def words(self) -> str:
        return answered_in_words(self.answered, self.asked)


def campaigns_of(territory: Territory) -> list[Progress]:
    """Each campaign with its counts, those in preparation too, the latest first; one query."""
    rows = NewsCampaign.objects.filter(convention__territory=territory).annotate(
        asked=Count("requests", filter=ANSWERED | Q(requests__revoked_at=None), distinct=True),
        answered=Count("requests", filter=ANSWERED, distinct=True),
    )
    return [Progress(row, row.asked, row.answered) for row in rows.select_related("convention", "by")]


def campaign_for(request: HttpRequest, slug: str, pk: int) -> NewsCampaign:
    """The campaign of that address, for a coordinator of its territory; 404 for what is not hers."""
    territory = territory_for(request, slug)
    found = (
        NewsCampaign.objects.filter(convention__territory=territory, pk=pk).select_related("convention", "by").first()
    )
    if found is None:
        raise Http404("Cette campagne n’existe pas, ou elle a été supprimée.")
    require(person(request), "news.ask", found)
    found.convention.territory = territory
    return found


def open_actions(convention: Convention) -> list[Action]:
    """The actions that have not ended, in the order of the plan; one query."""
    rows = Action.objects.filter(convention=convention).exclude(state__in=ENDED)
    return list(rows.select_related("lead_organization", "lead_person").order_by("position", "pk"))


def top_goals(convention: Convention) -> list[Goal]:
    return list(Goal.objects.filter(convention=convention, parent=None).order_by("position", "pk"))


def kept(
    actions: Iterable[Action], convention: Convention, goal: int | None, silent: bool, on: dt.date
) -> list[Action]:
    """The actions that serve that goal or one beneath it, and those of which nothing was heard for six months."""
    found = list(actions)
    if goal:
        parents = dict(Goal.objects.filter(convention=convention).values_list("pk", "parent_id"))
        beneath = {pk for pk in parents if _under(pk, goal, parents)}
        links = ActionGoal.objects.filter(action__convention=convention, goal__in=beneath)
        chosen = set(links.values_list("action_id", flat=True))
        found = [action for action in found if action.pk in chosen]
    return [action for action in found if not silent or is_silent(action.news_on, on)]


def _under(pk: int, goal: int, parents: Mapping[int, int | None]) -> bool:
    walked: int | None = pk
    while walked is not None and walked != goal:
        walked = parents.get(walked)
    return walked == goal
