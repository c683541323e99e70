import secrets
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from maillage.documents.kinds import BY_MEDIA_TYPE
from maillage.territories.models import Territory


def random_path(document: "Document", _name: str) -> str:
    """Where the bytes lie: a folder a territory, a name that says nothing and that nobody guesses."""
    return f"{document.territory_id}/{secrets.token_hex(16)}"


class Document(models.Model):
    """A file that somebody joined to an object of a territory. Its access is its subject's."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="documents", verbose_name="territoire")
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="type d’objet")
    subject_id = models.PositiveBigIntegerField("numéro de l’objet")
    subject = GenericForeignKey("subject_type", "subject_id")
    name = models.CharField("nom", max_length=150)
    file: Any = models.FileField("fichier", upload_to=random_path, max_length=100)
    media_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField("taille en octets")
    sha256 = models.CharField("empreinte", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="joint par"
    )
    at = models.DateTimeField("joint le", auto_now_add=True)

    class Meta:
        verbose_name = "document"
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "sha256"],
                name="document_once_a_subject",
                violation_error_message="Ce fichier est déjà joint ici.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """« PDF », « classeur Excel »: the type in the words of its reader."""
        return BY_MEDIA_TYPE[self.media_type].words
