"""The closed lists that both the data and the rules speak of; no query, so that rules stay pure."""

from django.db.models import TextChoices


class ActionState(TextChoices):
    """Where an action stands. « Ajoutée en cours de plan » is not a state: it stays true to the end."""

    TO_COME = "to_come", "À venir"
    ONGOING = "ongoing", "En cours"
    PAUSED = "paused", "En pause"
    DONE = "done", "Réalisée"
    ABANDONED = "abandoned", "Abandonnée"


class Health(TextChoices):
    GOOD = "good", "Bonne"
    WATCH = "watch", "À surveiller"
    BLOCKED = "blocked", "Bloquée"


class GoalKind(TextChoices):
    STAKE = "stake", "Enjeu"
    AXIS = "axis", "Axe"
    CHANGE = "change", "Changement visé"
    OBJECTIVE = "objective", "Objectif"


#: A tree of goals has one to five levels.
MAX_LEVELS = 5
