"""Asking one person for news of one action, sending the link again, taking it back."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maillage.access.may import require
from maillage.journal.operations import record
from maillage.network.models import Contact
from maillage.news.mails import mail_on_commit
from maillage.news.models import NewsCampaign, NewsProposal, NewsRequest
from maillage.news.rules import last_day
from maillage.news.secrecy import seal
from maillage.news.vocabulary import Letter, ProposalState
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Action
from maillage.plan.operations.editing import locked
from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import ActionState

ENDED_ACTION = "Cette action est close : elle n’attend plus de nouvelles."
NO_ADDRESS = "Ajoutez d’abord l’adresse professionnelle de ce contact."
ELSEWHERE = "Ce contact n’est pas de ce territoire."


@transaction.atomic
def ask_for_news(
    action: Action, contact: Contact, *, by: User, message: str = "", campaign: NewsCampaign | None = None
) -> NewsRequest:
    """Mails a personal link that shows this action alone. Somebody already asked is sent her link again."""
    require(by, "news.ask", action)
    action = locked(action)
    if ActionState(action.state) in ENDED:
        raise ValidationError(ENDED_ACTION)
    check_contact(action, contact)
    again = NewsRequest.objects.filter(action=action, contact=contact, campaign=campaign)
    if known := again.exclude(proposal__state=ProposalState.ACCEPTED).order_by("-pk").first():
        return renew_link(known, by=by, message=message)
    request = new_request(action, contact, campaign=campaign, by=by)
    request.full_clean()
    request.save()
    record(action, "news.ask", f"Nouvelles demandées à {contact}", by=by)
    mail_on_commit([request], Letter.ASK, message.strip())
    return request


@transaction.atomic
def renew_link(request: NewsRequest, *, by: User, message: str = "") -> NewsRequest:
    """Mails a new link to the same person; the one sent before opens nothing any more."""
    require(by, "news.ask", request)
    request = locked(request)
    if ActionState(request.action.state) in ENDED:
        raise ValidationError(ENDED_ACTION)
    if request.campaign and not request.campaign.is_open:
        raise ValidationError("Cette campagne est close. Demandez des nouvelles depuis la fiche de l’action.")
    if NewsProposal.objects.filter(request=request, state=ProposalState.ACCEPTED).exists():
        raise ValidationError("Ces nouvelles sont déjà acceptées. Demandez-en d’autres depuis la fiche de l’action.")
    if request.handed_over_at and not request.handover_decided_at:
        raise ValidationError("Cette personne a passé la main. Décidez d’abord qui s’occupe de l’action.")
    seal(request)
    request.revoked_at = request.handed_over_at = request.handover_decided_at = None
    request.email = request.contact.email if request.contact and request.contact.email else request.email
    request.expires_at = until(request.campaign)
    request.save(
        update_fields=["serial", "secret_hash", "revoked_at", "handed_over_at", "handover_decided_at", "email",
                       "expires_at"]
    )  # fmt: skip
    record(request.action, "news.ask", f"Nouveau lien envoyé à {request.name}", by=by)
    mail_on_commit([request], Letter.ASK, message.strip())
    return request


@transaction.atomic
def revoke_link(request: NewsRequest, *, by: User) -> NewsRequest:
    """Closes a link at once. News already sent through it stay to be read."""
    require(by, "news.ask", request)
    request = locked(request)
    if request.revoked_at:
        raise ValidationError("Ce lien est déjà révoqué.")
    request.revoked_at = timezone.now()
    request.save(update_fields=["revoked_at"])
    record(request.action, "news.ask", f"Lien de {request.name} révoqué", by=by)
    return request


def check_contact(action: Action, contact: Contact) -> None:
    """Raises `ValidationError` for a contact of elsewhere or without an address."""
    if contact.territory_id != action.territory_id:
        raise ValidationError({"contact": ELSEWHERE})
    if not contact.email:
        raise ValidationError({"contact": NO_ADDRESS})


def new_request(action: Action, contact: Contact, *, campaign: NewsCampaign | None, by: User) -> NewsRequest:
    """A request with its secret, not saved yet."""
    return seal(
        NewsRequest(
            action=action, campaign=campaign, contact=contact, email=contact.email, by=by, salt="",
            expires_at=until(campaign),
        )
    )  # fmt: skip


def until(campaign: NewsCampaign | None) -> dt.datetime:
    """When a link sent now stops: at the end of its last day in France."""
    last = last_day(campaign.answers_by if campaign else None, campaign.meeting_on if campaign else None, today())
    return timezone.make_aware(dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min))
