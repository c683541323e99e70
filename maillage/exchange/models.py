"""What is kept of the files that come in, and the Word templates by which the plan goes out."""

from typing import Any

from django.conf import settings
from django.db import models

from maillage.documents.models import stored_name
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


class WordTemplate(models.Model):
    """A .docx file that the territory fills instead of ours, for one action or for the whole plan."""

    class Kind(models.TextChoices):
        ACTION = "action", "Fiche d’une action"
        PLAN = "plan", "Plan d’action entier"

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="word_templates", verbose_name="territoire")
    kind = models.CharField("document", max_length=10, choices=Kind)
    name = models.CharField("nom", max_length=200)
    file = models.FileField("fichier", upload_to=stored_name)
    size = models.PositiveBigIntegerField("taille en octets")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ajouté par"
    )
    uploaded_at = models.DateTimeField("ajouté le", auto_now=True)

    class Meta:
        verbose_name = "modèle Word"
        verbose_name_plural = "modèles Word"
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "kind"], name="word_template_once",
                violation_error_message="Ce document a déjà un modèle.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.name}"
