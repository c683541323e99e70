"""News asked of people who have no account: who was asked, through which link, what they propose."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from maillage.network.models import Contact
from maillage.news.vocabulary import ProposalState
from maillage.plan.models import Action, Convention
from maillage.plan.operations.news import ANSWERS


class NewsCampaign(models.Model):
    """Asking everybody for news before the partners meet."""

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="news_campaigns", verbose_name="convention")
    title = models.CharField("intitulé", max_length=200)
    meeting_title = models.CharField("réunion", max_length=200, blank=True)
    meeting_on = models.DateField("réunion du", null=True, blank=True)
    answers_by = models.DateField("réponses attendues le")
    message = models.TextField("message", blank=True, max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="demandée par")
    created_at = models.DateTimeField("préparée le", auto_now_add=True)
    started_at = models.DateTimeField("lancée le", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    is_example = models.BooleanField("exemple", default=False)

    class Meta:
        verbose_name = "campagne de nouvelles"
        verbose_name_plural = "campagnes de nouvelles"
        ordering = ["-answers_by", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(started_at__isnull=False), name="news_campaign_closed_after_start",
                violation_error_message="Une campagne qui n’est pas lancée ne se clôt pas.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def territory_id(self) -> int:
        return self.convention.territory_id

    @property
    def is_open(self) -> bool:
        return self.started_at is not None and self.closed_at is None


class NewsRequest(models.Model):
    """One action, one person, one link. The link is found by its hash: who reads the database cannot follow it."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="news_requests", verbose_name="action")
    campaign = models.ForeignKey(
        NewsCampaign, models.CASCADE, null=True, blank=True, related_name="requests", verbose_name="campagne"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, related_name="news_requests", verbose_name="contact"
    )
    email = models.EmailField("envoyée à")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="demandée par")
    salt = models.CharField("sel", max_length=32)
    serial = models.PositiveIntegerField("envoi", default=1)
    secret_hash = models.CharField("empreinte du lien", max_length=64, unique=True)
    asked_at = models.DateTimeField("demandée le", default=timezone.now)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    reminded_at = models.DateTimeField("relancée le", null=True, blank=True)
    expires_at = models.DateTimeField("valable jusqu’au")
    revoked_at = models.DateTimeField("révoquée le", null=True, blank=True)
    handed_over_at = models.DateTimeField("main passée le", null=True, blank=True)
    successor_name = models.CharField("qui s’en occupe désormais", max_length=120, blank=True)
    successor_email = models.EmailField("son adresse professionnelle", blank=True)
    handover_decided_at = models.DateTimeField("relève décidée le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de nouvelles"
        verbose_name_plural = "demandes de nouvelles"
        ordering = ["action__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "action", "contact"], name="news_request_once_a_campaign",
                violation_error_message="Cette personne est déjà interrogée sur cette action dans cette campagne.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Demande de nouvelles à {self.name}"

    @property
    def territory_id(self) -> int:
        return self.action.territory_id

    @property
    def name(self) -> str:
        return self.contact.name if self.contact else self.email

    @property
    def last_day(self) -> dt.date:
        """The last day, in France, on which the link opens the action."""
        return timezone.localdate(self.expires_at - dt.timedelta(seconds=1))


class NewsProposal(models.Model):
    """What somebody answered: nothing of the plan changes before the team accepts it.

    `milestones` maps the id of a step to the day it was done, `readings` an indicator's to its value, `spent` a
    funding line's to what was spent; numbers are kept as text so that no cent is lost.
    """

    request = models.OneToOneField(NewsRequest, models.CASCADE, related_name="proposal", verbose_name="demande")
    answer = models.CharField(
        "où en est l’action", max_length=12, choices=[(answer.value, words) for answer, words in ANSWERS.items()]
    )
    sentence = models.TextField("quoi de neuf", blank=True, max_length=2000)
    milestones: Any = models.JSONField("étapes faites", default=dict, blank=True)
    readings: Any = models.JSONField("relevés", default=dict, blank=True)
    spent: Any = models.JSONField("montants dépensés", default=dict, blank=True)
    #: Grows each time the answer changes: one accepts what one has read, not what came since.
    revision = models.PositiveIntegerField("version", default=1)
    state = models.CharField("état", max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    submitted_at = models.DateTimeField("envoyées le", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="relues par"
    )
    decided_at = models.DateTimeField("relues le", null=True, blank=True)
    return_message = models.TextField("précision demandée", blank=True, max_length=1000)

    class Meta:
        verbose_name = "nouvelles proposées"
        verbose_name_plural = "nouvelles proposées"
        ordering = ["submitted_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="news_proposal_decided_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"Nouvelles proposées par {self.request.name}"

    @property
    def territory_id(self) -> int:
        return self.request.action.territory_id


class NewsAttachment(models.Model):
    """A photo or a document sent with the news; it joins the documents of the action once they are accepted."""

    proposal = models.ForeignKey(
        NewsProposal, models.CASCADE, related_name="attachments", verbose_name="nouvelles proposées"
    )
    name = models.CharField("nom", max_length=200)
    path = models.CharField("chemin", max_length=100)
    media_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField("taille en octets")
    sha256 = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "pièce jointe aux nouvelles"
        verbose_name_plural = "pièces jointes aux nouvelles"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "sha256"], name="news_attachment_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_id(self) -> int:
        return self.proposal.territory_id
