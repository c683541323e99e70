"""Who may open what: one row a URL name. A new page without a row fails `test_pages.py`."""

from collections.abc import Callable
from typing import Any

from maillage.amendments.models import Amendment, PlanVersion
from maillage.discussion.models import Comment, Mention
from maillage.documents.models import Document
from maillage.network.models import Contact, Organization
from maillage.news.models import NewsAttachment, NewsCampaign, NewsProposal, NewsRequest
from maillage.people.models import Membership
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
from tests.cast import World

ALL = {"coordinator", "elected", "signatory", "field_actor", "reader"}
TEAM = {"coordinator"}
Arguments = Callable[[World], list[Any]]


def space(world: World) -> list[Any]:
    return [world.here.slug]


def row(model: type, *after: Any, **filters: Any) -> Arguments:
    return lambda world: [world.here.slug, world.one(model, **filters).pk, *after]


def part(word: str, model: type, **filters: Any) -> Arguments:
    return lambda world: [world.here.slug, word, world.one(model, **filters).pk]


def holder(word: str, model: type, **filters: Any) -> Arguments:
    return lambda world: [world.here.slug, word, world.here.pk if model is None else world.one(model, **filters).pk]


def party(kind: str) -> Arguments:
    """The agreement of the signatory of that kind to the amendment in preparation."""
    return lambda world: [
        world.here.slug, world.one(Amendment, state="draft").pk, world.one(Signatory, organization__kind=kind).organization_id,
    ]  # fmt: skip


#: Pages of a space: URL name → [(arguments, who may open it)]. Several rows where the right depends on the object.
SPACE_PAGES: dict[str, list[tuple[Arguments, set[str]]]] = {
    "dashboard": [(space, ALL)],
    "overview": [(space, ALL)],
    "briefs": [(space, TEAM)],
    # Anne Lacoste is one of the referents, Sophie Delpech another.
    "brief": [
        (row(Contact, name="Anne Lacoste"), {"coordinator", "elected"}),
        (row(Contact, name="Sophie Delpech"), TEAM),
    ],
    "brief_pdf": [
        (row(Contact, name="Anne Lacoste"), {"coordinator", "elected"}),
        (row(Contact, name="Sophie Delpech"), TEAM),
    ],
    "plan": [(space, ALL)],
    "plan_table": [(space, ALL)],
    "plan_table_workbook": [(space, ALL)],
    "plan_table_lines": [(space, ALL)],
    "plan_bulk_edits": [(space, TEAM)],
    "saved_views": [(space, ALL)],
    "saved_view_new": [(space, ALL)],
    "saved_view_delete": [(row(SavedView), TEAM)],
    "search": [(space, ALL)],
    "to_do": [(space, ALL)],
    "territory": [(space, ALL)],
    "perimeter_edit": [(space, TEAM)],
    "journal": [(space, ALL)],
    "members": [(space, ALL)],
    "member_invite": [(space, TEAM)],
    "member_edit": [(row(Membership), TEAM)],
    "member_end": [(row(Membership), TEAM)],
    "news": [(space, TEAM)],
    "news_ask": [(row(Action, number="3.2"), TEAM)],
    "news_attachment": [(row(NewsAttachment), TEAM)],
    "proposal_return": [(row(NewsProposal, state="proposed"), TEAM)],
    "campaign_new": [(space, TEAM)],
    "campaign": [(row(NewsCampaign, started_at__isnull=False), TEAM), (row(NewsCampaign, started_at=None), TEAM)],
    "campaign_edit": [(row(NewsCampaign), TEAM)],
    "organizations": [(space, ALL)],
    "organization_new": [(space, TEAM)],
    "organization": [(row(Organization), ALL)],
    "organization_edit": [(row(Organization), TEAM)],
    "contact_new": [(row(Organization), TEAM)],
    "contact_edit": [(row(Contact), TEAM)],
    "convention": [(space, ALL)],
    "convention_new": [(space, TEAM)],
    "convention_edit": [(space, TEAM)],
    "convention_history": [(space, ALL)],
    "levels": [(space, TEAM)],
    "plan_board": [(space, ALL)],
    "plan_timeline": [(space, ALL)],
    "plan_communes": [(space, ALL)],
    "plan_themes": [(space, ALL)],
    "plan_partners": [(space, ALL)],
    "commitments": [(space, ALL)],
    "timeline_print": [(space, ALL)],
    "budget": [(space, ALL)],
    "budget_workbook": [(space, ALL)],
    "budget_lines": [(space, ALL)],
    "goal": [(row(Goal), ALL)],
    "goal_new": [(space, TEAM)],
    "goal_edit": [(row(Goal), TEAM)],
    "goal_delete": [(row(Goal), TEAM)],
    "goal_history": [(row(Goal), ALL)],
    "action": [(row(Action), ALL)],
    "action_new": [(space, TEAM)],
    "action_history": [(row(Action), ALL)],
    "action_edit": [
        (row(Action, section), TEAM) for section in ("identite", "pilotage", "contenu", "moyens", "calendrier")
    ],
    # Inès Carbonel's service leads action 3.2 and not action 1.1.
    "action_state": [(row(Action, number="3.2"), {"coordinator", "field_actor"}), (row(Action, number="1.1"), TEAM)],
    "action_health": [(row(Action, number="3.2"), {"coordinator", "field_actor"})],
    "action_news": [(row(Action, number="3.2"), {"coordinator", "field_actor"}), (row(Action, number="1.1"), TEAM)],
    "action_goals": [(row(Action), TEAM)],
    "action_copy": [(row(Action), TEAM)],
    "action_delete": [(row(Action), TEAM)],
    "part_add": [
        (holder("etapes", Action, number="3.2"), {"coordinator", "field_actor"}),
        (holder("sous-actions", Action, number="3.2"), {"coordinator", "field_actor"}),
        (holder("notes", Action, number="1.1"), TEAM),
        (holder("financements", Action, number="3.2"), TEAM),
        (holder("roles", Action), TEAM),
        (holder("indicateurs", Action), TEAM),
        (holder("releves", ActionIndicator, action__number="3.2"), {"coordinator", "field_actor"}),
        (holder("marqueurs", Goal), TEAM),
        (holder("signataires", Convention), TEAM),
        # Paul Rey speaks for the CAF.
        (holder("engagements", Signatory, organization__kind="caf"), {"coordinator", "signatory"}),
        (holder("engagements", Signatory, organization__kind="msa"), TEAM),
        (holder("demarche", Convention), TEAM),
        (holder("dispositifs", None), TEAM),  # type: ignore[arg-type]
    ],
    "part_edit": [
        (part("etapes", Milestone, action__number="3.2"), {"coordinator", "field_actor"}),
        (part("sous-actions", SubAction), {"coordinator", "field_actor"}),
        (part("notes", Note), TEAM),
        (part("financements", Funding), TEAM),
        (part("roles", ActionPartner), TEAM),
        (part("indicateurs", ActionIndicator), TEAM),
        (part("releves", Reading, indicator__action__number="3.2"), {"coordinator", "field_actor"}),
        (part("marqueurs", ProgressMarker), TEAM),
        (part("signataires", Signatory), TEAM),
        (part("engagements", Commitment, signatory__organization__kind="caf"), {"coordinator", "signatory"}),
        (part("engagements", Commitment, signatory__organization__kind="cpam"), TEAM),
        (part("demarche", Step), TEAM),
        (part("dispositifs", Scheme), TEAM),
    ],
    "part_remove": [(part("etapes", Milestone, action__number="1.1"), TEAM), (part("financements", Funding), TEAM)],
    "import_new": [(space, TEAM)],
    "plan_export": [
        (lambda world, form=form: [world.here.slug, form], ALL) for form in ("complet", "national", "word", "pdf")
    ],
    "word_templates": [(space, TEAM)],
    "word_template": [(lambda world: [world.here.slug, "action"], TEAM)],
    "word_template_download": [(lambda world, kind=kind: [world.here.slug, kind], TEAM) for kind in ("action", "plan")],
    "action_export": [(row(Action, form), ALL) for form in ("word", "pdf")],
    "import": [(row(PlanImport, mode="add"), TEAM)],
    "versions": [(space, ALL)],
    "version": [(lambda world: [world.here.slug, world.one(PlanVersion).number], ALL)],
    "version_freeze": [(space, TEAM)],
    "version_compare": [(space, ALL)],
    "amendment": [(row(Amendment, state="draft"), ALL), (row(Amendment, state="signed"), ALL)],
    "amendment_pdf": [(row(Amendment, state="draft"), ALL)],
    "amendment_new": [(space, TEAM)],
    "amendment_edit": [(row(Amendment, state="draft"), TEAM)],
    "amendment_sign": [(row(Amendment, state="draft"), TEAM)],
    "amendment_abandon": [(row(Amendment, state="draft"), TEAM)],
    # Paul Rey speaks for the CAF.
    "amendment_agree": [(party("caf"), {"coordinator", "signatory"}), (party("cpam"), TEAM)],
    "folder_new": [(space, TEAM)],
    "folder_download": [(space, TEAM)],
    "folder": [(row(PlanImport, mode="folder"), TEAM)],
    "blueprint_new": [(space, TEAM)],
    "import_columns": [(row(PlanImport, held__isnull=False), TEAM)],
    "discussion": [
        (lambda world: [world.here.slug, "action", world.one(Action).pk], ALL),
        (lambda world: [world.here.slug, "goal", world.one(Goal).pk], ALL),
        (lambda world: [world.here.slug, "convention", world.one(Convention).pk], ALL),
    ],
    # Inès Carbonel wrote it, to Claire Dupuy.
    "comment_edit": [(row(Comment, mentions__isnull=False), {"field_actor"})],
    "comment_withdraw": [(row(Comment, mentions__isnull=False), {"coordinator", "field_actor"})],
    "document_download": [(row(Document), ALL)],
    "document_remove": [(row(Document), TEAM)],
    "document_attach": [
        (lambda world: [world.here.slug, "action", world.one(Action, number="3.2").pk], {"coordinator", "field_actor"}),
        (lambda world: [world.here.slug, "convention", world.one(Convention).pk], TEAM),
    ],
}

#: Acts of a space that only answer to POST: URL name → (arguments, who may).
SPACE_ACTS: dict[str, list[tuple[Arguments, set[str]]]] = {
    "mention_read": [(row(Mention), TEAM)],
    "watch": [(lambda world: [world.here.slug, "action", world.one(Action).pk], ALL)],
    "plan_bulk": [(space, TEAM)],
    "plan_bulk_undo": [(row(BulkEdit), TEAM)],
    "action_move": [
        (row(Action, number="3.2"), {"coordinator", "field_actor"}),
        (row(Action, number="1.1"), TEAM),
    ],
    "proposals_accept": [(space, TEAM)],
    "proposal_accept": [(row(NewsProposal), TEAM)],
    "successor_accept": [(row(NewsRequest), TEAM)],
    "handover_dismiss": [(row(NewsRequest), TEAM)],
    "link_renew": [(row(NewsRequest), TEAM)],
    "link_revoke": [(row(NewsRequest), TEAM)],
    "campaign_start": [(row(NewsCampaign), TEAM)],
    "campaign_remind": [(row(NewsCampaign), TEAM)],
    "campaign_close": [(row(NewsCampaign), TEAM)],
    "campaign_delete": [(row(NewsCampaign), TEAM)],
    "milestone_done": [(row(Milestone, action__number="3.2"), {"coordinator", "field_actor"})],
    "member_send_again": [(row(Membership), TEAM)],
    "import_load": [(row(PlanImport, mode="add"), TEAM)],
    "import_update": [(row(PlanImport, mode="update"), TEAM)],
    "word_template_drop": [(lambda world: [world.here.slug, "plan"], TEAM)],
    "import_undo": [(row(PlanImport, mode="add"), TEAM)],
    "amendment_disagree": [(party("caf"), {"coordinator", "signatory"})],
    "folder_load": [(row(PlanImport, mode="folder"), TEAM)],
    "folder_undo": [(row(PlanImport, mode="folder"), TEAM)],
}

#: Pages that anybody may open, and those of one's own account.
PUBLIC = {
    "home",
    "accessibility",
    "help",
    "sign_in",
    "send_link",
    "enter_by_link",
    "invitation",
    "calendar",
    "digest_stop",
    "news_by_link",
    "news_hand_over",
}
OWN = {
    "sign_out", "prove", "account", "account_name", "account_password", "new_space", "reminders_edit", "calendar_renew",
    "calendar_close",
}  # fmt: skip
