"""The verb × role tables as a page that a coordinator can read and contest."""

from maillage.access.roles import Role
from maillage.access.tables import Right, When, all_verbs

HEAD = """# Qui peut faire quoi

Page produite par `make permissions` d’après les tables du code ; un test vérifie qu’elle dit vrai.
Qui n’est pas membre d’un espace ne peut rien y faire, et n’apprend pas qu’il existe.
"""


def permissions_page() -> str:
    """The whole page, in Markdown."""
    roles = list(Role)
    rows = [
        "| " + " | ".join([verb.label.capitalize(), *(_words(verb.rights.get(role, False)) for role in roles)]) + " |"
        for verb in sorted(all_verbs(), key=lambda verb: verb.key)
    ]
    head = "| Geste | " + " | ".join(role.label for role in roles) + " |"
    return "\n".join([HEAD, head, "| --- " * (len(roles) + 1) + "|", *rows, ""])


def _words(right: Right) -> str:
    if isinstance(right, When):
        return right.label
    return "oui" if right else "—"
