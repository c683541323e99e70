from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from maillage.network.models import Organization
from maillage.plan.models.actions import Action


class Funding(models.Model):
    """What one funder brings to an action in one year, in euros or in working time."""

    class Unit(models.TextChoices):
        EURO = "euro", "€"
        FTE = "fte", "ETP"

    action = models.ForeignKey(Action, models.CASCADE, related_name="fundings", verbose_name="action")
    funder = models.ForeignKey(Organization, models.PROTECT, related_name="fundings", verbose_name="financeur")
    year = models.PositiveSmallIntegerField(
        "année", null=True, blank=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    unit = models.CharField("unité", max_length=5, choices=Unit, default=Unit.EURO)
    planned = models.DecimalField("prévu", max_digits=12, decimal_places=2, null=True, blank=True)
    obtained = models.DecimalField("obtenu", max_digits=12, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField("dépensé", max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "financement"
        ordering = ["year", "funder__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(planned=None) | Q(planned__gte=0))
                & (Q(obtained=None) | Q(obtained__gte=0))
                & (Q(spent=None) | Q(spent__gte=0)),
                name="funding_not_negative",
                violation_error_message="Un montant ne peut pas être négatif.",
            ),
            models.CheckConstraint(
                condition=Q(planned__isnull=False) | Q(obtained__isnull=False) | Q(spent__isnull=False),
                name="funding_has_an_amount",
                violation_error_message="Indiquez au moins un montant : prévu, obtenu ou dépensé.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.funder}, {self.year or 'sans année'}"

    @property
    def territory_id(self) -> int:
        return self.action.territory_id
