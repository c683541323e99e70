from typing import Any, Never

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class EntryQuerySet(models.QuerySet["Entry"]):
    def update(self, **kwargs: Any) -> Never:
        raise TypeError("the journal is append-only")

    def delete(self) -> Never:
        raise TypeError("the journal is append-only")


class Entry(models.Model):
    """Who did what, when, to what, and why. Written once, never changed."""

    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, related_name="entries", verbose_name="territoire"
    )
    at = models.DateTimeField("le", auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="par")
    verb = models.CharField("verbe", max_length=60)
    sentence = models.CharField("phrase", max_length=500)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="type d’objet")
    subject_id = models.PositiveBigIntegerField("numéro de l’objet")
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_label = models.CharField("objet", max_length=300)
    changes = models.JSONField("changements", default=list, blank=True)
    reason = models.TextField("motif", blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "entrées du journal"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="entry_of_subject"),
            models.Index(fields=["territory", "-at"], name="entry_of_territory"),
        ]

    def __str__(self) -> str:
        return self.sentence

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the journal is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("the journal is append-only")
