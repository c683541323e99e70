import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from maillage.territories.models import Territory


def stored_name(_document: "Document", _name: str) -> str:
    """A name that says nothing and cannot be guessed; what the person called the file stays in the database."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class Document(models.Model):
    """A file attached to something of a territory; read only through a view that asks the permission again."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="documents", verbose_name="territoire")
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="type d’objet")
    subject_id = models.PositiveBigIntegerField("numéro de l’objet")
    subject = GenericForeignKey("subject_type", "subject_id")
    name = models.CharField("nom", max_length=200)
    file = models.FileField("fichier", upload_to=stored_name)
    media_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField("taille")
    sha256 = models.CharField("empreinte", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ajouté par"
    )
    uploaded_at = models.DateTimeField("ajouté le", auto_now_add=True)

    class Meta:
        verbose_name = "document"
        ordering = ["-uploaded_at", "-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="document_of_subject")]

    def __str__(self) -> str:
        return self.name
