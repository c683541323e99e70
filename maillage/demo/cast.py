"""The people of the demo and of the journeys: fictitious, one a role, and a stranger from the next territory."""

from dataclasses import dataclass

from maillage.access.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """`organization` is the partner for which the person speaks, empty for who speaks for none."""

    key: str
    email: str
    name: str
    role: Role
    space: str
    organization: str
    words: str


GASCOGNE = "gascogne-toulousaine"
NEXT_DOOR = "vallee-de-l-exemple"

CAST = [
    Actor("coordinator", "claire.dupuy@example.org", "Claire Dupuy", Role.COORDINATOR, GASCOGNE, "",
          "Chargée de coopération : elle tient le plan et la convention"),
    Actor("elected", "anne.lacoste@example.org", "Anne Lacoste", Role.ELECTED, GASCOGNE, "",
          "Élue : elle lit tout et suit ses actions"),
    Actor("signatory", "paul.rey@example.org", "Paul Rey", Role.SIGNATORY, GASCOGNE, "Caf du Gers",
          "Conseiller de la Caf : il tient ses engagements"),
    Actor("field_actor", "ines.carbonel@example.org", "Inès Carbonel", Role.FIELD_ACTOR, GASCOGNE,
          "Service petite enfance", "Actrice de terrain : elle donne des nouvelles de ses actions"),
    Actor("reader", "lucie.barrere@example.org", "Lucie Barrère", Role.READER, GASCOGNE, "",
          "Lectrice : elle regarde sans modifier"),
    Actor("stranger", "omar.benali@example.org", "Omar Benali", Role.COORDINATOR, NEXT_DOOR, "",
          "Coordinateur du territoire voisin (fictif) : il ne voit rien d’ici"),
]  # fmt: skip
