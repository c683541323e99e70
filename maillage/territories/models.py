from typing import Any

from django.db import models
from django.db.models import F, Q


class Territory(models.Model):
    """A working space: the tenant. The official places it covers are in its dated perimeters."""

    class Kind(models.TextChoices):
        EPCI = "epci", "Intercommunalité"
        SEVERAL_EPCI = "several_epci", "Plusieurs intercommunalités"
        COMMUNE_LIST = "commune_list", "Liste de communes (syndicat, pays…)"
        COMMUNE = "commune", "Commune"

    slug = models.SlugField("adresse", unique=True, max_length=80)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("nature", max_length=20, choices=Kind)
    sirens = models.JSONField("numéros SIREN", default=list, blank=True)
    is_example = models.BooleanField("exemple", default=False)
    created_at = models.DateTimeField("ouvert le", auto_now_add=True)

    class Meta:
        verbose_name = "territoire"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def territory_id(self) -> int:
        """A territory belongs to itself: `may` and the journal ask every subject the same way."""
        return int(self.pk)


class Perimeter(models.Model):
    """The communes of a territory from a day (included) to another (excluded). Codes are INSEE codes."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="perimeters", verbose_name="territoire")
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au (exclu)", null=True, blank=True)
    commune_codes: Any = models.JSONField("communes")
    edition = models.PositiveSmallIntegerField("édition du code officiel géographique")
    reason = models.CharField("motif", max_length=300, blank=True)

    class Meta:
        verbose_name = "périmètre daté"
        verbose_name_plural = "périmètres datés"
        ordering = ["territory", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                "territory",
                "starts_on",
                name="perimeter_starts_once",
                violation_error_message="Un périmètre commence déjà ce jour-là.",
            ),
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(ends_on=None),
                name="perimeter_one_current",
                violation_error_message="Ce territoire a déjà un périmètre en cours.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="perimeter_ends_after_start",
                violation_error_message="Un périmètre se termine après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory} à partir du {self.starts_on:%d/%m/%Y}"
