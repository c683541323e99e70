"""Asking everybody before a meeting: prepare, send, remind, close."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maillage.access.may import require
from maillage.journal.operations import record
from maillage.network.models import Contact
from maillage.news.mails import by_person, mail_on_commit
from maillage.news.models import NewsCampaign, NewsRequest
from maillage.news.operations.asking import check_contact, new_request, until
from maillage.news.queries.requests import rows_of_campaign
from maillage.news.rules import EXPECTED, REMIND_BEFORE, check_dates, reminder_leaves
from maillage.news.vocabulary import Letter
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Action, Convention
from maillage.plan.operations.editing import apply, create, locked
from maillage.plan.rules.states import ENDED
from maillage.ui.french import plural


@transaction.atomic
def create_campaign(convention: Convention, data: Mapping[str, Any], *, by: User) -> NewsCampaign:
    """Prepares a campaign; nothing leaves before `start_campaign`."""
    require(by, "news.ask", convention)
    check_dates(data["answers_by"], data.get("meeting_on"), today())
    campaign = NewsCampaign(convention=convention, by=by)
    create(campaign, data)
    record(campaign, "news.ask", "Campagne de nouvelles préparée", by=by)
    return campaign


@transaction.atomic
def edit_campaign(campaign: NewsCampaign, data: Mapping[str, Any], *, by: User) -> NewsCampaign:
    """Edits a campaign that is not closed; a later deadline lets the links of those who are expected live longer."""
    require(by, "news.ask", campaign)
    campaign = locked(campaign)
    _check_not_closed(campaign)
    check_dates(data["answers_by"], data.get("meeting_on"), today())
    changes = apply(campaign, data)
    if changes:
        campaign.requests.filter(revoked_at=None).update(expires_at=until(campaign))
        record(campaign, "news.ask", "Campagne de nouvelles modifiée", by=by, changes=changes)
    return campaign


@transaction.atomic
def start_campaign(campaign: NewsCampaign, asked: Sequence[tuple[Action, Contact]], *, by: User) -> list[NewsRequest]:
    """Sends one mail a person, with a link for each of her actions."""
    require(by, "news.ask", campaign)
    campaign = locked(campaign)
    if campaign.started_at:
        raise ValidationError("Cette campagne est déjà lancée.")
    check_dates(campaign.answers_by, campaign.meeting_on, today())
    if not asked:
        raise ValidationError("Choisissez au moins une action dont quelqu’un a une adresse.")
    for action, contact in asked:
        if action.convention_id != campaign.convention_id or action.state in ENDED:
            raise ValidationError(f"« {action} » n’est pas une action ouverte de ce plan. Rechargez la page.")
        check_contact(action, contact)
    requests = NewsRequest.objects.bulk_create(
        new_request(action, contact, campaign=campaign, by=by) for action, contact in asked
    )
    campaign.started_at = timezone.now()
    campaign.save(update_fields=["started_at"])
    people = len(by_person(requests))
    sentence = f"Campagne de nouvelles lancée : {plural(len(requests), 'action')}, {plural(people, 'personne')}"
    record(campaign, "news.ask", sentence, by=by)
    mail_on_commit(requests, Letter.ASK)
    return requests


@transaction.atomic
def remind_campaign(campaign: NewsCampaign, *, by: User | None) -> int:
    """Writes again to those who have not answered, one mail a person; returns how many links leave.

    `by` is None for the reminder that leaves by itself: once, in the last days before the deadline.
    """
    if by is not None:
        require(by, "news.ask", campaign)
    campaign = locked(campaign)
    if not campaign.is_open:
        raise ValidationError("Cette campagne n’est pas en cours : il n’y a personne à relancer.")
    rows = [row for row in rows_of_campaign(campaign) if row.state in EXPECTED]
    if by is None:
        rows = [
            row for row in rows
            if reminder_leaves(campaign.answers_by, row.request.reminded_at, row.state, today(), REMIND_BEFORE)
        ]  # fmt: skip
    elif any(row.request.reminded_at and timezone.localdate(row.request.reminded_at) == today() for row in rows):
        raise ValidationError("Vous avez déjà relancé aujourd’hui. Laissez-leur un jour.")
    if not rows:
        if by is None:
            return 0
        raise ValidationError("Tout le monde a répondu : il n’y a personne à relancer.")
    requests = [row.request for row in rows]
    NewsRequest.objects.filter(pk__in=[request.pk for request in requests]).update(reminded_at=timezone.now())
    record(campaign, "news.ask", f"Relance envoyée : {plural(len(by_person(requests)), 'personne')}", by=by)
    mail_on_commit(requests, Letter.REMIND)
    return len(requests)


@transaction.atomic
def close_campaign(campaign: NewsCampaign, *, by: User) -> NewsCampaign:
    """Ends a campaign: its links open nothing any more; what was sent stays to be read."""
    require(by, "news.ask", campaign)
    campaign = locked(campaign)
    _check_not_closed(campaign)
    if not campaign.started_at:
        raise ValidationError("Cette campagne n’est pas lancée : supprimez-la.")
    campaign.closed_at = timezone.now()
    campaign.save(update_fields=["closed_at"])
    record(campaign, "news.ask", "Campagne de nouvelles close", by=by)
    return campaign


@transaction.atomic
def delete_campaign(campaign: NewsCampaign, *, by: User) -> None:
    """Removes a campaign that never left."""
    require(by, "news.ask", campaign)
    campaign = locked(campaign)
    if campaign.started_at:
        raise ValidationError("Cette campagne est partie : elle se clôt, elle ne se supprime plus.")
    record(campaign, "news.ask", f"Campagne de nouvelles supprimée : {campaign}", by=by)
    campaign.delete()


def _check_not_closed(campaign: NewsCampaign) -> None:
    if campaign.closed_at:
        raise ValidationError("Cette campagne est close.")
