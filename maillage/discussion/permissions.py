"""Who may take part in a discussion."""

from maillage.access.roles import Role
from maillage.access.tables import Verb, declare

EVERYONE = dict.fromkeys(Role, True)

declare(
    Verb("discussion.comment", "commenter", {role: True for role in Role if role != Role.READER}),
    Verb("discussion.follow", "suivre une action, un objectif ou la convention", EVERYONE),
    Verb("discussion.team", "lire et écrire les commentaires internes à l’équipe", {Role.COORDINATOR: True}),
    Verb("discussion.moderate", "retirer le commentaire d’une autre personne", {Role.COORDINATOR: True}),
)
