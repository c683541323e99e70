from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from maillage.plan.models.actions import Action
from maillage.ui.french import number


class Milestone(models.Model):
    """A dated point of passage of an action."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="milestones", verbose_name="action")
    position = models.PositiveIntegerField("rang", default=0)
    title = models.CharField("étape", max_length=300)
    owner = models.CharField("qui s’en charge", max_length=200, blank=True)
    due_on = models.DateField("échéance", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)
    depends_on = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followers", verbose_name="vient après"
    )

    class Meta:
        verbose_name = "étape"
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on=None), name="milestone_open_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def territory_id(self) -> int:
        return self.action.territory_id


class ActionIndicator(models.Model):
    """What is measured to know whether an action advances or changes something."""

    class Kind(models.TextChoices):
        OUTPUT = "output", "Réalisation"
        OUTCOME = "outcome", "Résultat"
        IMPACT = "impact", "Impact"

    action = models.ForeignKey(Action, models.CASCADE, related_name="indicators", verbose_name="action")
    position = models.PositiveIntegerField("rang", default=0)
    kind = models.CharField("nature", max_length=10, choices=Kind)
    name = models.CharField("indicateur", max_length=200)
    unit = models.CharField("unité", max_length=60, blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    baseline = models.DecimalField("départ", max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.DecimalField("cible", max_digits=14, decimal_places=3, null=True, blank=True)
    target_on = models.DateField("cible à atteindre le", null=True, blank=True)

    class Meta:
        verbose_name = "indicateur d’une action"
        verbose_name_plural = "indicateurs d’une action"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_id(self) -> int:
        return self.action.territory_id


class Reading(models.Model):
    """One value of an indicator, on a day."""

    indicator = models.ForeignKey(ActionIndicator, models.CASCADE, related_name="readings", verbose_name="indicateur")
    on = models.DateField("le")
    value = models.DecimalField("valeur", max_digits=14, decimal_places=3)
    comment = models.CharField("précision", max_length=300, blank=True)

    class Meta:
        verbose_name = "relevé"
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "on"], name="reading_once_a_day",
                violation_error_message="Cet indicateur a déjà un relevé ce jour-là.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.indicator} : {number(self.value)}"

    @property
    def territory_id(self) -> int:
        return self.indicator.territory_id


class Note(models.Model):
    """A dated note of an action. A labelled note keeps what an imported file said and no field holds."""

    class Audience(models.TextChoices):
        TEAM = "team", "Interne à l’équipe de coopération"
        PARTNERS = "partners", "Partagée avec les partenaires"
        PUBLIC = "public", "Destinée au public"

    action = models.ForeignKey(Action, models.CASCADE, related_name="notes", verbose_name="action")
    on = models.DateField("le")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )
    label = models.CharField("intitulé", max_length=200, blank=True)
    text = models.TextField("note")
    audience = models.CharField("qui la lit", max_length=10, choices=Audience, default=Audience.PARTNERS)

    class Meta:
        verbose_name = "note"
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.label or Truncator(self.text).words(14)

    @property
    def territory_id(self) -> int:
        return self.action.territory_id
