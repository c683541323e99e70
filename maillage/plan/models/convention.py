from django.db import models
from django.db.models import F, Q

from maillage.network.models import Organization
from maillage.territories.models import Territory
from maillage.themes.models import Theme


class Scheme(models.Model):
    """Another scheme that the convention or an action is tied to: CLS, PEDT, SDSF, contrat de ville…"""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="schemes", verbose_name="territoire")
    name = models.CharField("nom", max_length=200)
    short_name = models.CharField("sigle", max_length=30, blank=True)

    class Meta:
        verbose_name = "dispositif lié"
        verbose_name_plural = "dispositifs liés"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "name"], name="scheme_name_once",
                violation_error_message="Ce dispositif est déjà dans la liste.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.short_name or self.name


class Convention(models.Model):
    """The agreement of a territory with its family-allowance fund and other signatories."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="conventions", verbose_name="territoire")
    title = models.CharField("intitulé", max_length=200)
    starts_on = models.DateField("prend effet le")
    ends_on = models.DateField("prend fin le")
    signed_on = models.DateField("signée le", null=True, blank=True)
    central_stake = models.TextField("enjeu central", blank=True)
    presentation = models.TextField("présentation", blank=True)
    governance = models.TextField("gouvernance", blank=True, help_text="Qui propose, qui valide, qui délibère.")
    team_fte = models.DecimalField("temps de l’équipe (ETP)", max_digits=5, decimal_places=2, null=True, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thèmes couverts")
    schemes = models.ManyToManyField(Scheme, blank=True, related_name="conventions", verbose_name="dispositifs liés")
    is_example = models.BooleanField("exemple", default=False)

    class Meta:
        verbose_name = "convention"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="convention_ends_after_start",
                violation_error_message="La convention prend fin avant d’avoir pris effet. Corrigez une date.",
            ),
            models.UniqueConstraint(
                fields=["territory", "starts_on"], name="convention_starts_once",
                violation_error_message="Une convention de ce territoire prend déjà effet ce jour-là.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> str:
        """« 2022-2026 »: the years of effect, which is how everybody names a convention."""
        return f"{self.starts_on.year}-{self.ends_on.year}"


class Signatory(models.Model):
    """A party to the convention, with the deliberation of its own assembly."""

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="signatories", verbose_name="convention")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="signatures", verbose_name="partenaire")
    position = models.PositiveSmallIntegerField("rang", default=0)
    deliberation_number = models.CharField("numéro de délibération", max_length=60, blank=True)
    deliberation_on = models.DateField("délibération du", null=True, blank=True)
    signed_on = models.DateField("signature le", null=True, blank=True)
    scope = models.TextField("champ de l’engagement", blank=True)

    class Meta:
        verbose_name = "signataire"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "organization"], name="signatory_once",
                violation_error_message="Ce partenaire est déjà signataire de la convention.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def territory_id(self) -> int:
        return self.convention.territory_id


class Commitment(models.Model):
    """What one signatory promises, and until when."""

    signatory = models.ForeignKey(Signatory, models.CASCADE, related_name="commitments", verbose_name="signataire")
    text = models.TextField("engagement")
    due_on = models.DateField("échéance", null=True, blank=True)
    kept_on = models.DateField("tenu le", null=True, blank=True)
    evidence = models.TextField("preuve", blank=True)
    is_example = models.BooleanField("exemple", default=False)

    class Meta:
        verbose_name = "engagement"
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.text[:120]

    @property
    def territory_id(self) -> int:
        return self.signatory.territory_id


class Step(models.Model):
    """One step of the approach, with its dates and what it must deliver."""

    class Kind(models.TextChoices):
        FRAMING = "framing", "Cadrage"
        DIAGNOSIS = "diagnosis", "Diagnostic partagé"
        STAKES = "stakes", "Enjeux"
        PLAN = "plan", "Plan d’action"
        SIGNATURE = "signature", "Signature"
        DELIVERY = "delivery", "Mise en œuvre"
        REVIEW = "review", "Bilan"
        EVALUATION = "evaluation", "Évaluation"
        RENEWAL = "renewal", "Renouvellement"

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="steps", verbose_name="convention")
    kind = models.CharField("étape", max_length=20, choices=Kind)
    title = models.CharField("précision", max_length=200, blank=True)
    starts_on = models.DateField("commence le", null=True, blank=True)
    due_on = models.DateField("échéance", null=True, blank=True)
    done_on = models.DateField("achevée le", null=True, blank=True)
    deliverable = models.TextField("livrables", blank=True)
    is_example = models.BooleanField("exemple", default=False)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "étape de la démarche"
        verbose_name_plural = "étapes de la démarche"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.title}" if self.title else self.get_kind_display()

    @property
    def territory_id(self) -> int:
        return self.convention.territory_id
