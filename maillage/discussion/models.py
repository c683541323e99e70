from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from maillage.territories.models import Territory


class Comment(models.Model):
    """What a member says about something of the territory. Withdrawn, it leaves its place and loses its text."""

    class Audience(models.TextChoices):
        TEAM = "team", "Interne à l’équipe de coopération"
        MEMBERS = "members", "Tous les membres"

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="comments", verbose_name="territoire")
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="type d’objet")
    subject_id = models.PositiveBigIntegerField("numéro de l’objet")
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_label = models.CharField("objet", max_length=320)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par")
    at = models.DateTimeField("le", auto_now_add=True)
    text = models.TextField("commentaire", validators=[MaxLengthValidator(4000)], blank=True)
    audience = models.CharField("qui le lit", max_length=10, choices=Audience, default=Audience.MEMBERS)
    edited_at = models.DateTimeField("modifié le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "commentaire"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="comment_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(text=""), name="comment_withdrawn_has_no_text",
                violation_error_message="Un commentaire retiré ne garde pas son texte.",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(withdrawn_at__isnull=False), name="comment_says_something",
                violation_error_message="Écrivez votre commentaire.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Commentaire de {self.author}"


class Mention(models.Model):
    """A comment asks for the attention of one person, until she says that she has read it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions", verbose_name="commentaire")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions", verbose_name="pour")
    read_at = models.DateTimeField("lue le", null=True, blank=True)

    class Meta:
        verbose_name = "mention"
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="mention_once")]
        indexes = [models.Index(fields=["user"], condition=Q(read_at=None), name="mention_unread")]

    def __str__(self) -> str:
        return f"{self.comment}, pour {self.user}"

    @property
    def territory_id(self) -> int:
        return self.comment.territory_id


class Watch(models.Model):
    """Somebody follows something: what changes there is told in her reminders."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="watches", verbose_name="territoire")
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="type d’objet")
    subject_id = models.PositiveBigIntegerField("numéro de l’objet")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches", verbose_name="par")

    class Meta:
        verbose_name = "suivi"
        constraints = [models.UniqueConstraint(fields=["user", "subject_type", "subject_id"], name="watch_once")]

    def __str__(self) -> str:
        return f"Suivi par {self.user}"
