from typing import Any, Never

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.network.models import Organization
from maillage.plan.models import Convention


class FrozenQuerySet(models.QuerySet["PlanVersion"]):
    def update(self, **kwargs: Any) -> Never:
        raise TypeError("a signed version never changes")

    def delete(self) -> Never:
        raise TypeError("a signed version never changes")


class PlanVersion(models.Model):
    """What was signed, as it was signed: the content of the convention on that day, written once, never changed."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "Convention initiale"
        AMENDMENT = "amendment", "Avenant"

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="versions", verbose_name="convention")
    number = models.PositiveSmallIntegerField("numéro")
    kind = models.CharField("nature", max_length=10, choices=Kind)
    title = models.CharField("intitulé", max_length=200)
    signed_on = models.DateField("signée le")
    content: Any = models.JSONField("contenu")
    row_numbers: Any = models.JSONField("numéros des lignes")
    sha256 = models.CharField("empreinte", max_length=64)
    frozen_at = models.DateTimeField("figée le", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par")
    is_example = models.BooleanField("exemple", default=False)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = "version signée"
        verbose_name_plural = "versions signées"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "number"], name="version_number_once",
                violation_error_message="Une version de ce numéro est déjà figée.",
            ),
            models.UniqueConstraint(
                fields=["convention"], condition=Q(kind="initial"), name="version_one_initial",
                violation_error_message="La version initiale est déjà figée.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a signed version never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("a signed version never changes")

    @property
    def territory_id(self) -> int:
        return self.convention.territory_id


class Amendment(models.Model):
    """A change of what was signed: what it changes is the difference between its base and the plan as it is."""

    class State(models.TextChoices):
        DRAFT = "draft", "En préparation"
        SIGNED = "signed", "Signé"
        ABANDONED = "abandoned", "Abandonné"

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="amendments", verbose_name="convention")
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("objet", max_length=200)
    reason = models.TextField("motif")
    base = models.ForeignKey(PlanVersion, models.PROTECT, related_name="followers", verbose_name="modifie")
    opened_on = models.DateField("ouvert le")
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    closed_on = models.DateField("signé ou abandonné le", null=True, blank=True)
    without_all = models.TextField("pourquoi sans tous les accords", blank=True)
    result = models.OneToOneField(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="amendment", verbose_name="donne"
    )
    is_example = models.BooleanField("exemple", default=False)

    class Meta:
        verbose_name = "avenant"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "number"], name="amendment_number_once"),
            models.UniqueConstraint(
                fields=["convention"], condition=Q(state="draft"), name="amendment_one_open",
                violation_error_message="Un avenant est déjà en préparation : signez-le ou abandonnez-le d’abord.",
            ),
            models.CheckConstraint(
                condition=Q(state="signed", result__isnull=False) | (~Q(state="signed") & Q(result=None)),
                name="amendment_signed_gives_a_version",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Avenant n° {self.number} : {self.title}"

    @property
    def territory_id(self) -> int:
        return self.convention.territory_id

    @property
    def is_open(self) -> bool:
        return self.state == self.State.DRAFT


class AmendmentAgreement(models.Model):
    """One signatory agrees to an amendment, by a deliberation of its own."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="agreements", verbose_name="avenant")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="signataire")
    agreed_on = models.DateField("accord donné le")
    deliberation_number = models.CharField("numéro de délibération", max_length=60, blank=True)
    note = models.TextField("précision", blank=True)

    class Meta:
        verbose_name = "accord d’un signataire"
        verbose_name_plural = "accords des signataires"
        ordering = ["agreed_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "organization"], name="agreement_once",
                violation_error_message="L’accord de ce signataire est déjà noté.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organization}, {self.amendment}"

    @property
    def territory_id(self) -> int:
        return self.amendment.territory_id
