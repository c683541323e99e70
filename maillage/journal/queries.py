"""Reading what happened."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from maillage.journal.models import Entry


def history_of(subject: models.Model) -> QuerySet[Entry]:
    """What was done to one object, newest first."""
    return Entry.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    ).select_related("actor")


def journal_of(territory_id: int) -> QuerySet[Entry]:
    """What was done in a territory, newest first."""
    return Entry.objects.filter(territory_id=territory_id).select_related("actor", "subject_type")
