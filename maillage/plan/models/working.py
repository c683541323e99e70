"""What a team keeps while it works on a plan: views that it comes back to, edits of many actions at once."""

from typing import Any

from django.conf import settings
from django.db import models

from maillage.territories.models import Territory


class SavedView(models.Model):
    """A way of looking at the plan, kept under a name: the page and the query of its address."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="saved_views", verbose_name="territoire")
    name = models.CharField("nom", max_length=80)
    page = models.CharField("page", max_length=40)
    query = models.TextField("adresse", blank=True)
    is_shared = models.BooleanField("partagée avec l’équipe", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="par")

    class Meta:
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "by", "name"], name="saved_view_name_once",
                violation_error_message="Vous avez déjà une vue de ce nom. Choisissez-en un autre.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class BulkEdit(models.Model):
    """One edit of many actions. `before` keeps what each action held, so that one click gives it back.

    `key` names the preview that was agreed to, so that a yes said twice counts once; `left` are the actions that the
    undoing left alone, and why.
    """

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="bulk_edits", verbose_name="territoire")
    sentence = models.CharField("phrase", max_length=300)
    before: Any = models.JSONField("avant", default=list)
    key = models.UUIDField("clé de l’aperçu", unique=True, null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par")
    at = models.DateTimeField("le", auto_now_add=True)
    undone_at = models.DateTimeField("annulée le", null=True, blank=True)
    left: Any = models.JSONField("laissé tel quel", default=list)

    class Meta:
        verbose_name = "modification groupée"
        verbose_name_plural = "modifications groupées"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.sentence
