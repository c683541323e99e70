"""Who may bring a plan in."""

from maillage.access.roles import Role
from maillage.access.tables import Verb, declare

declare(Verb("plan.import", "importer un plan", {Role.COORDINATOR: True}))
