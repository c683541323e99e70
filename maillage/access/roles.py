from django.db import models


class Role(models.TextChoices):
    """What a person is in one territory. One role a territory; several territories a person."""

    COORDINATOR = "coordinator", "Chargé ou chargée de coopération"
    ELECTED = "elected", "Élu ou élue"
    SIGNATORY = "signatory", "Représentant ou représentante d’un signataire"
    FIELD_ACTOR = "field_actor", "Acteur ou actrice de terrain"
    READER = "reader", "Lecteur ou lectrice"


#: Roles that speak for one organisation: an invitation must name it.
SPEAKING_FOR_AN_ORGANIZATION = frozenset({Role.SIGNATORY, Role.FIELD_ACTOR})
