import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maillage.people.models import User
from maillage.people.spaces import today
from maillage.reminders.digest import send_digest

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Envoie à chacun ce qui l’attend. À lancer chaque matin ; relancée, la commande n’envoie rien deux fois."

    def handle(self, *args: Any, **options: Any) -> None:
        on, sent, failed = today(), 0, 0
        for person in User.objects.filter(is_active=True).order_by("pk").iterator(500):
            try:
                sent += send_digest(person, on)
            except Exception:
                # One unreachable mailbox must not deprive the others.
                log.exception("the digest of person %s did not leave", person.pk)
                failed += 1
        self.stdout.write(f"Courriels de rappel envoyés : {sent}.")
        if failed:
            raise CommandError(f"Courriels non envoyés : {failed}. Ils partiront au prochain lancement.")
