import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from maillage.documents.kinds import BY_MEDIA_TYPE
from maillage.territories.models import Territory


def stored_name(_document: "Document", _name: str) -> str:
    """A name that says nothing and cannot be guessed; what the person called the file stays in the database."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class Document(models.Model):
    """A file joined to something of a territory. Its access is its subject’s, asked again at each reading."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="documents", verbose_name="territoire")
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="type d’objet")
    subject_id = models.PositiveBigIntegerField("numéro de l’objet")
    subject = GenericForeignKey("subject_type", "subject_id")
    name = models.CharField("nom", max_length=200)
    file = models.FileField("fichier", upload_to=stored_name)
    media_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField("taille en octets")
    sha256 = models.CharField("empreinte", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ajouté par"
    )
    uploaded_at = models.DateTimeField("ajouté le", auto_now_add=True)

    class Meta:
        verbose_name = "document"
        ordering = ["-uploaded_at", "-id"]
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
