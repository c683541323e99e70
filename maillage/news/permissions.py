"""Who asks people from outside for news, and reads what they answer."""

from maillage.access.roles import Role
from maillage.access.tables import Verb, declare

declare(Verb("news.ask", "demander et relire les nouvelles", {Role.COORDINATOR: True}))
