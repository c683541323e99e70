"""Who may bring a plan in."""

from maillage.access.roles import Role
from maillage.access.tables import Verb, declare

declare(
    Verb("plan.import", "importer un plan", {Role.COORDINATOR: True}),
    # The folder holds the notes of the team and the addresses of contacts.
    Verb("plan.export_all", "emporter la convention entière", {Role.COORDINATOR: True}),
    Verb("word_template.edit", "choisir les modèles Word", {Role.COORDINATOR: True}),
)
