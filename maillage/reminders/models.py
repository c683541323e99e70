from django.db import models

from maillage.people.models import User


class ReminderSettings(models.Model):
    """How a person wants to be reminded. Without a row, she has the defaults and no calendar."""

    class Digest(models.TextChoices):
        DAILY = "daily", "Chaque matin où quelque chose m’attend"
        WEEKLY = "weekly", "Le lundi, pour la semaine"
        NEVER = "never", "Jamais"

    user = models.OneToOneField(User, models.CASCADE, related_name="reminder_settings", verbose_name="personne")
    digest = models.CharField("courriel de rappel", max_length=10, choices=Digest, default=Digest.WEEKLY)
    sent_on = models.DateField("dernier courriel le", null=True, blank=True)
    #: The secret address is made from this salt and the server's key, and found again by its hash:
    #: who reads the database alone cannot read a calendar.
    calendar_salt = models.CharField("sel de l’agenda", max_length=32, blank=True)
    calendar_hash = models.CharField(
        "empreinte de l’adresse de l’agenda", max_length=64, null=True, blank=True, unique=True
    )

    class Meta:
        verbose_name = "réglages des rappels"
        verbose_name_plural = "réglages des rappels"

    def __str__(self) -> str:
        return f"Rappels de {self.user}"
