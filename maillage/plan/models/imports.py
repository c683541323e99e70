from typing import Any

from django.conf import settings
from django.db import models

from maillage.territories.models import Territory


class PlanImport(models.Model):
    """One workbook that came in. While it is `read` it waits for a yes; once loaded it can be undone for a week."""

    class State(models.TextChoices):
        READ = "read", "Lu, en attente"
        LOADED = "loaded", "Chargé"
        UNDONE = "undone", "Annulé"

    class Mode(models.TextChoices):
        ADD = "add", "Ajoute au plan"
        UPDATE = "update", "Met le plan à jour"
        FOLDER = "folder", "Reprend une convention entière"

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="plan_imports", verbose_name="territoire")
    file_name = models.CharField("fichier", max_length=255)
    sha256 = models.CharField("empreinte", max_length=64)
    draft: Any = models.JSONField("contenu lu", default=dict)
    counts: Any = models.JSONField("nombres", default=dict)
    problems: Any = models.JSONField("remarques", default=list)
    mode = models.CharField("effet", max_length=10, choices=Mode, default=Mode.ADD)
    before: Any = models.JSONField("avant", default=list)
    state = models.CharField("état", max_length=10, choices=State, default=State.READ)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="par")
    read_at = models.DateTimeField("lu le", auto_now_add=True)
    loaded_at = models.DateTimeField("chargé le", null=True, blank=True)
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "import d’un plan"
        verbose_name_plural = "imports de plans"
        ordering = ["-read_at"]

    def __str__(self) -> str:
        return self.file_name
