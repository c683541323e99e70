"""Who may enter a territory, and who may let others in."""

from maillage.access.roles import Role
from maillage.access.tables import Verb, declare

EVERYONE = dict.fromkeys(Role, True)
COORDINATOR_ONLY = {Role.COORDINATOR: True}

declare(
    Verb("territory.view", "voir cet espace", EVERYONE),
    Verb("territory.edit", "modifier le territoire et son périmètre", COORDINATOR_ONLY),
    Verb("people.view", "voir qui a accès à l’espace", EVERYONE),
    Verb("people.invite", "inviter une personne ou changer son rôle", COORDINATOR_ONLY),
    Verb("journal.view", "lire le journal de l’espace", EVERYONE),
)
