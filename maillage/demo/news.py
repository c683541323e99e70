"""A campaign for news under way: all of it is invented and says so. Written beside the mails, for none may leave."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from maillage.network.models import Contact
from maillage.news.models import NewsCampaign, NewsRequest
from maillage.news.operations.answering import Said, propose_news
from maillage.news.operations.asking import new_request
from maillage.news.operations.deciding import accept_proposal
from maillage.news.queries.campaigns import open_actions
from maillage.news.queries.sheet import sheet_of
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Action, Convention
from maillage.plan.operations.news import Answer
from maillage.territories.models import Territory
from maillage.ui.french import folded

#: Action → what its lead answered by the link; the first is in the plan already, the others wait.
ANSWERS = {
    "4.2": Said(Answer.ADVANCES, "La neuvième matinée est calée avec la mission locale, trente inscrits."),
    "2.1": Said(
        Answer.ADVANCES, "Le bail du troisième logement est prêt, signature à la mairie de Ségoufielle."
    ),
    "3.4": Said(Answer.NEEDS_HELP, "L’appel d’offres attend l’accord du Département sur sa part."),
}  # fmt: skip


def load_news(territory: Territory, *, by: User) -> None:
    _give_addresses(territory)
    convention = Convention.objects.get(territory=territory)
    on = today()
    campaign = NewsCampaign.objects.create(
        convention=convention, title="Avant le comité de pilotage", meeting_title="Comité de pilotage",
        meeting_on=on + dt.timedelta(days=8), answers_by=on + dt.timedelta(days=5), by=by, is_example=True,
        started_at=timezone.now() - dt.timedelta(days=3),
        message="Le comité de pilotage regarde chaque action pendant deux minutes : dites-nous où vous en êtes.",
    )  # fmt: skip
    NewsCampaign.objects.create(
        convention=convention, title="Bilan de fin de convention", meeting_title="Comité technique",
        meeting_on=on + dt.timedelta(days=40), answers_by=on + dt.timedelta(days=30), by=by, is_example=True,
        message="Un dernier point sur vos actions avant l’évaluation.",
    )  # fmt: skip
    asked = {
        action.number: _ask(action, campaign, by)
        for action in open_actions(convention)
        if action.lead_person and action.lead_person.email
    }
    for number, said in ANSWERS.items():
        if number not in asked:
            continue
        proposal = propose_news(asked[number], _with_figures(asked[number].action, said))
        if number == "4.2":
            accept_proposal(proposal, proposal.revision, by=by)


def _give_addresses(territory: Territory) -> None:
    """Invented addresses, of a domain that reaches nobody; two people stay without, to show the gesture."""
    for contact in Contact.objects.filter(territory=territory, led_actions__isnull=False).distinct():
        if contact.name not in {"Léa Montant", "Julien Mazères"}:
            contact.email = f"{folded(contact.name).replace(' ', '.')}@example.org"
            contact.save(update_fields=["email"])


def _ask(action: Action, campaign: NewsCampaign, by: User) -> NewsRequest:
    assert action.lead_person is not None  # noqa: S101 (chosen so)
    request = new_request(action, action.lead_person, campaign=campaign, by=by)
    request.sent_at = campaign.started_at
    request.save()
    return request


def _with_figures(action: Action, said: Said) -> Said:
    """The figures that the page asks for, one step further than the plan knows."""
    sheet = sheet_of(action, None, today())
    line = sheet.funding
    return Said(
        said.answer, said.sentence,
        readings={item.indicator.pk: item.value + 1 for item in sheet.measures[:1] if item.value is not None},
        spent={line.pk: (line.spent or Decimal(0)) + 640} if line else {},
    )  # fmt: skip
