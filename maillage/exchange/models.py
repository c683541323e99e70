"""What is kept of the files that come in: how their columns were read, and what waits until somebody has said it."""

from typing import Any

from django.db import models

from maillage.plan.models import PlanImport
from maillage.territories.models import Territory


class ColumnMapping(models.Model):
    """What a territory said once of the columns of a sheet. `fingerprint` is that of its headers.

    `headers` and `fields` go together: a field's name, `note`, or `skipped`.
    """

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="column_mappings", verbose_name="territoire")
    fingerprint = models.CharField("empreinte des titres", max_length=64)
    headers: Any = models.JSONField("titres", default=list)
    fields: Any = models.JSONField("champs", default=list)
    updated_at = models.DateTimeField("mise à jour le", auto_now=True)

    class Meta:
        verbose_name = "correspondance de colonnes"
        verbose_name_plural = "correspondances de colonnes"
        ordering = ["updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "fingerprint"], name="column_mapping_once"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.headers)[:120]


class HeldFile(models.Model):
    """The cells of a file while one says what its columns hold; gone once the plan is loaded."""

    plan_import = models.OneToOneField(PlanImport, models.CASCADE, related_name="held", verbose_name="import")
    sheets: Any = models.JSONField("feuilles", default=list)
    choice: Any = models.JSONField("choix", null=True, blank=True)

    class Meta:
        verbose_name = "fichier en attente"
        verbose_name_plural = "fichiers en attente"

    def __str__(self) -> str:
        return str(self.plan_import)

    @property
    def territory_id(self) -> int:
        return self.plan_import.territory_id
