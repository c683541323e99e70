import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from maillage.news.models import NewsCampaign
from maillage.news.operations.campaigns import remind_campaign
from maillage.people.spaces import today

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Relance, une fois, ceux qui n’ont pas donné de nouvelles trois jours avant la date attendue."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = 0, 0
        rows = NewsCampaign.objects.filter(started_at__isnull=False, closed_at=None, answers_by__gte=today())
        for campaign in rows.select_related("convention"):
            try:
                sent += remind_campaign(campaign, by=None)
            except Exception as error:
                # One campaign that fails must not deprive the others; no text, for it may quote a link.
                log.error("the reminder of campaign %s did not leave (%s)", campaign.pk, type(error).__name__)
                failed += 1
        self.stdout.write(f"Demandes de nouvelles relancées : {sent}.")
        if failed:
            raise CommandError(f"Campagnes non relancées : {failed}. Elles le seront au prochain lancement.")
