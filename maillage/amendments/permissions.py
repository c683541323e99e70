"""Who may freeze what was signed, and agree to change it."""

from maillage.access.roles import Role
from maillage.access.tables import Verb, When, declare
from maillage.plan.permissions import speaks_for_the_signatory

AGREES = When("pour sa propre structure, signataire", speaks_for_the_signatory)

declare(
    Verb("version.freeze", "figer une version signée", {Role.COORDINATOR: True}),
    Verb("amendment.edit", "préparer et signer un avenant", {Role.COORDINATOR: True}),
    Verb("amendment.agree", "noter l’accord d’un signataire", {Role.COORDINATOR: True, Role.SIGNATORY: AGREES}),
)
