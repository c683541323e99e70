"""Who may see and keep the partners."""

from maillage.access.roles import Role
from maillage.access.tables import Verb, declare

declare(
    Verb("network.view", "voir les partenaires", dict.fromkeys(Role, True)),
    Verb("network.edit", "modifier les partenaires et leurs contacts", {Role.COORDINATOR: True}),
)
