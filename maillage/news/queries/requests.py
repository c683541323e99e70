"""Requests: the one behind a link, those of an action, those of a campaign, and whom one may ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from maillage.access.may import require
from maillage.network.models import Contact
from maillage.news.models import NewsCampaign, NewsProposal, NewsRequest
from maillage.news.rules import ANSWERED, EXPECTED, state_of
from maillage.news.vocabulary import ProposalState, RequestState
from maillage.people.spaces import person, territory_for
from maillage.plan.models import Action
from maillage.reminders.secrecy import hash_of


@dataclass(frozen=True, slots=True)
class RequestRow:
    request: NewsRequest
    state: RequestState

    @property
    def has_answered(self) -> bool:
        return self.state in ANSWERED

    @property
    def is_live(self) -> bool:
        """Whether something may still come by the link."""
        return self.state in EXPECTED or self.state in {RequestState.PROPOSED, RequestState.TOLD}

    @property
    def counts(self) -> bool:
        """Whether an answer is hoped for or came: a link taken back without answer is not counted."""
        return self.has_answered or self.request.revoked_at is None


def proposal_of(request: NewsRequest) -> NewsProposal | None:
    return getattr(request, "proposal", None)


def row_of(request: NewsRequest) -> RequestRow:
    """A request and where it stands; no query when the proposal was joined."""
    proposal = proposal_of(request)
    state = state_of(
        answered=proposal.state if proposal else None, sent_at=request.sent_at, revoked_at=request.revoked_at,
        handed_over_at=request.handed_over_at, expires_at=request.expires_at, now=timezone.now(),
        news_on=request.action.news_on if request.campaign_id else None,
    )  # fmt: skip
    return RequestRow(request, state)


def joined() -> QuerySet[NewsRequest]:
    return NewsRequest.objects.select_related(
        "action__territory", "action__convention", "campaign", "contact", "by", "proposal"
    )


def request_behind(token: str) -> NewsRequest | None:
    """The request of that link. Only hashes are compared, so time says nothing of the secret."""
    return joined().filter(secret_hash=hash_of(token)).first()


def opens(request: NewsRequest) -> bool:
    """Whether the link of a request opens its action now. A closed campaign still waits for what it sent back."""
    campaign, proposal = request.campaign, proposal_of(request)
    sent_back = proposal is not None and proposal.state == ProposalState.RETURNED
    closed = campaign is not None and not campaign.is_open and not sent_back
    return request.revoked_at is None and request.expires_at > timezone.now() and not closed


def rows_of_action(action: Action) -> list[RequestRow]:
    """Everybody asked about an action, the newest first; one query."""
    return [row_of(request) for request in joined().filter(action=action).order_by("-asked_at", "-pk")[:20]]


def rows_of_campaign(campaign: NewsCampaign) -> list[RequestRow]:
    return [row_of(request) for request in joined().filter(campaign=campaign).order_by("action__position", "pk")]


def already_asked(actions: Sequence[Action]) -> dict[int, RequestRow]:
    """The link still open about each action, by its id: one whose answer is to be read first; one query."""
    asked = joined().filter(action__in=actions, revoked_at=None, sent_at__isnull=False)
    rows = [row for row in map(row_of, asked.order_by("sent_at", "pk")) if row.is_live]
    rows.sort(key=lambda row: row.state == RequestState.PROPOSED)
    return {row.request.action_id: row for row in rows}


def request_for(request: HttpRequest, slug: str, pk: int) -> NewsRequest:
    """The request of that address, for a coordinator of its territory; 404 for what is not hers."""
    territory = territory_for(request, slug)
    found = joined().filter(action__territory=territory, pk=pk).first()
    if found is None:
        raise Http404("Cette demande n’existe pas, ou elle a été supprimée.")
    require(person(request), "news.ask", found)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """An action and the contacts that may be asked, the best first; nobody when no address is known."""

    action: Action
    contacts: list[Contact]

    @property
    def best(self) -> Contact | None:
        return self.contacts[0] if self.contacts else None


def whom_to_ask(actions: Sequence[Action]) -> list[Asked]:
    """The lead where she has an address, then the contacts of the lead organisation; one query more."""
    organizations = {action.lead_organization_id for action in actions if action.lead_organization_id}
    people = {action.lead_person_id for action in actions if action.lead_person_id}
    known = Contact.objects.filter(Q(organization__in=organizations) | Q(pk__in=people)).exclude(email="")
    contacts = list(known.select_related("organization").order_by("name", "pk"))
    by_organization: dict[int | None, list[Contact]] = {}
    for contact in contacts:
        if contact.organization_id:
            by_organization.setdefault(contact.organization_id, []).append(contact)
    reachable = {contact.pk: contact for contact in contacts}

    def of(action: Action) -> list[Contact]:
        lead = reachable.get(action.lead_person_id) if action.lead_person_id else None
        colleagues = by_organization.get(action.lead_organization_id, [])
        return [lead, *(contact for contact in colleagues if contact != lead)] if lead else colleagues

    return [Asked(action, of(action)) for action in actions]
