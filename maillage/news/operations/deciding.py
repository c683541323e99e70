"""What the team does with news: accept them into the plan, send them back, decide who follows an action."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from maillage.access.may import require
from maillage.documents.operations import attach_document
from maillage.documents.queries import documents_joined_to
from maillage.documents.storing import take_out
from maillage.journal.operations import according_to, record
from maillage.network.models import Contact
from maillage.network.naming import Directory
from maillage.network.operations import edit_row
from maillage.news.mails import mail_on_commit
from maillage.news.models import NewsProposal, NewsRequest
from maillage.news.operations.asking import ask_for_news, until
from maillage.news.rules import check_decidable
from maillage.news.vocabulary import Letter, ProposalState
from maillage.people.models import User
from maillage.plan.models import ActionIndicator, Reading
from maillage.plan.operations import add_part, edit_action, edit_part, give_news
from maillage.plan.operations.editing import locked
from maillage.plan.operations.news import Answer


def accept_proposal(proposal: NewsProposal, seen: int | None, *, by: User) -> NewsProposal:
    """Brings the news into the plan through the same verbs as everybody, all or nothing.

    `seen` is the revision that was read. Raises `ValidationError` when it was decided or changed meanwhile, or when
    the plan refuses (an action closed since). What was deleted meanwhile is left aside.
    """
    require(by, "news.ask", proposal)
    with transaction.atomic():
        proposal = _held(proposal)
        check_decidable(proposal.state, proposal.revision, seen)
        with according_to(f"{proposal.request.name} (par lien)"):
            _carry_steps(proposal, by)
            _carry_figures(proposal, by)
            give_news(proposal.request.action, Answer(proposal.answer), proposal.sentence, by=by)
            _carry_files(proposal, by)
        _decide(proposal, ProposalState.ACCEPTED, by)
    return proposal


@transaction.atomic
def return_proposal(proposal: NewsProposal, seen: int | None, message: str, *, by: User) -> NewsProposal:
    """Sends the news back with what is missing: the same link opens them again, to be corrected."""
    require(by, "news.ask", proposal)
    proposal = _held(proposal)
    check_decidable(proposal.state, proposal.revision, seen)
    message = message.strip()
    if not message:
        raise ValidationError({"message": "Dites ce que vous attendez : c’est ce que la personne lira."})
    proposal.return_message = message[:1000]
    _decide(proposal, ProposalState.RETURNED, by)
    request = proposal.request
    record(request.action, "news.ask", f"Nouvelles renvoyées à {request.name} pour précision", by=by, reason=message)
    if request.revoked_at is None:
        request.expires_at = max(request.expires_at, until(None))
        request.save(update_fields=["expires_at"])
        mail_on_commit([request], Letter.RETURN, message)
    return proposal


def accept_all(proposals: Iterable[tuple[NewsProposal, int | None]], *, by: User) -> tuple[int, list[str]]:
    """Accepts one after the other, each on its own; returns how many, and the sentence of each that was refused."""
    accepted, refused = 0, []
    for proposal, seen in proposals:
        try:
            accept_proposal(proposal, seen, by=by)
            accepted += 1
        except ValidationError as refusal:
            refused.append(f"{proposal.request.action} : {' '.join(refusal.messages)}")
    return accepted, refused


@transaction.atomic
def accept_successor(request: NewsRequest, *, by: User) -> NewsRequest:
    """Entrusts the action to whom was proposed: a contact, the lead of the action, and a link of her own."""
    require(by, "news.ask", request)
    request = _undecided(request)
    if not request.successor_name or not request.successor_email:
        raise ValidationError("Personne n’est proposé : choisissez à qui demander des nouvelles.")
    action = request.action
    with according_to(f"{request.name} (par lien)"):
        contact = _successor(request, by)
        edit_action(action, {"lead_person": contact}, by=by)
    request.handover_decided_at = timezone.now()
    request.save(update_fields=["handover_decided_at"])
    campaign = request.campaign if request.campaign and request.campaign.is_open else None
    return ask_for_news(action, contact, campaign=campaign, by=by)


@transaction.atomic
def dismiss_handover(request: NewsRequest, *, by: User) -> NewsRequest:
    """Leaves the action as it is; the link stays closed."""
    require(by, "news.ask", request)
    request = _undecided(request)
    request.handover_decided_at = timezone.now()
    request.save(update_fields=["handover_decided_at"])
    record(request.action, "news.ask", f"Relève de {request.name} : rien ne change", by=by)
    return request


def _held(proposal: NewsProposal) -> NewsProposal:
    """The proposal as it is now, held until the end of the transaction."""
    locked(proposal)
    rows = NewsProposal.objects.select_related("request__action", "request__contact", "request__campaign")
    return rows.get(pk=proposal.pk)


def _undecided(request: NewsRequest) -> NewsRequest:
    request = locked(request)
    if not request.handed_over_at or request.handover_decided_at:
        raise ValidationError("Cette relève est déjà décidée.")
    return request


def _decide(proposal: NewsProposal, state: ProposalState, by: User) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "return_message"])


def _carry_steps(proposal: NewsProposal, by: User) -> None:
    action = proposal.request.action
    for milestone in action.milestones.filter(pk__in=proposal.milestones):
        day = dt.date.fromisoformat(proposal.milestones[str(milestone.pk)])
        edit_part(milestone, {"done_on": day}, by=by)


def _carry_figures(proposal: NewsProposal, by: User) -> None:
    action = proposal.request.action
    for indicator in action.indicators.filter(pk__in=proposal.readings):
        _read(indicator, Decimal(proposal.readings[str(indicator.pk)]), timezone.localdate(proposal.submitted_at), by)
    for line in action.fundings.filter(pk__in=proposal.spent):
        edit_part(line, {"spent": Decimal(proposal.spent[str(line.pk)])}, by=by)


def _read(indicator: ActionIndicator, value: Decimal, on: dt.date, by: User) -> None:
    """A reading of the day when the news were sent; one that exists for that day is corrected."""
    known = indicator.readings.filter(on=on).first()
    if known:
        edit_part(known, {"value": value}, by=by)
    else:
        add_part(Reading, indicator, {"on": on, "value": value}, by=by)


def _carry_files(proposal: NewsProposal, by: User) -> None:
    """Joins the files to the action as anybody's; the bytes of the proposal go once the acceptance is certain."""
    action = proposal.request.action
    joined = set(documents_joined_to(action).values_list("sha256", flat=True))
    for attachment in proposal.attachments.all():
        if attachment.sha256 not in joined:
            with default_storage.open(attachment.path) as stream:
                upload = UploadedFile(stream, name=attachment.name, size=attachment.size)
                attach_document(action, upload, by=by)
        attachment.delete()
        transaction.on_commit(partial(take_out, attachment.path))


def _successor(request: NewsRequest, by: User) -> Contact:
    """The contact of that address, else of that name, else a new one with the lead organisation."""
    action = request.action
    known = Contact.objects.filter(territory_id=action.territory_id, email__iexact=request.successor_email).first()
    contact = known or Directory(action.territory, by=by).contact(request.successor_name, action.lead_organization)
    if contact is None:
        raise ValidationError("Personne n’est proposé : choisissez à qui demander des nouvelles.")
    if contact.email.lower() != request.successor_email:
        contact = edit_row(contact, {"email": request.successor_email}, by=by)
    return contact
