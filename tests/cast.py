"""The demo, loaded for the tests that cross capabilities: its cast, its spaces, one row of everything."""

from dataclasses import dataclass
from typing import Any

from maillage.amendments.models import Amendment, PlanVersion
from maillage.demo.cast import CAST, GASCOGNE, NEXT_DOOR
from maillage.demo.load import load_demo
from maillage.discussion.models import Comment, Mention
from maillage.documents.models import Document
from maillage.exchange.models import ColumnMapping, HeldFile, WordTemplate
from maillage.network.models import Contact, Organization
from maillage.news.models import NewsAttachment, NewsCampaign, NewsProposal, NewsRequest
from maillage.people.models import Membership, User
from maillage.plan.models import (
    Action,
    ActionIndicator,
    ActionPartner,
    BulkEdit,
    Commitment,
    Convention,
    Funding,
    Goal,
    Milestone,
    Note,
    PlanImport,
    ProgressMarker,
    Reading,
    SavedView,
    Scheme,
    Signatory,
    Step,
    SubAction,
)
from maillage.territories.models import Territory

#: Path of fields from a model to its territory, to find one row of each in a space.
HOMES: dict[type, str] = {
    Action: "territory", Goal: "territory", Convention: "territory", Organization: "territory", Contact: "territory",
    Membership: "territory", PlanImport: "territory", Document: "territory", Scheme: "territory", BulkEdit: "territory", SavedView: "territory",
    PlanVersion: "convention__territory", Amendment: "convention__territory",
    Milestone: "action__territory", SubAction: "action__territory", Note: "action__territory", Funding: "action__territory",
    ActionPartner: "action__territory", ActionIndicator: "action__territory", Reading: "indicator__action__territory",
    ProgressMarker: "goal__territory", Signatory: "convention__territory", Step: "convention__territory",
    Commitment: "signatory__convention__territory",
    NewsCampaign: "convention__territory", NewsRequest: "action__territory",
    NewsProposal: "request__action__territory", NewsAttachment: "proposal__request__action__territory",
    ColumnMapping: "territory", HeldFile: "plan_import__territory",
    Comment: "territory", Mention: "comment__territory", WordTemplate: "territory",
}  # fmt: skip


@dataclass
class World:
    here: Territory
    next_door: Territory
    people: dict[str, User]

    def one(self, model: type, **filters: Any) -> Any:
        """A row of ours."""
        return model.objects.filter(**{HOMES[model]: self.here}, **filters).order_by("pk")[0]


def load_world() -> World:
    load_demo()
    people = {actor.key: User.objects.get(email=actor.email) for actor in CAST}
    here = Territory.objects.get(slug=GASCOGNE)
    return World(here, Territory.objects.get(slug=NEXT_DOOR), people)
