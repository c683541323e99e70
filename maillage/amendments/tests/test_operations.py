"""Freezing, preparing, agreeing, signing: each refusal, each trace, and a past that nothing changes."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.access.roles import Role
from maillage.amendments.models import Amendment, AmendmentAgreement, PlanVersion
from maillage.amendments.operations import (
    abandon_amendment,
    edit_amendment,
    freeze_signed_version,
    give_agreement,
    open_amendment,
    remove_agreement,
    sign_amendment,
)
from maillage.amendments.queries import difference_of, last_version, side_of, side_today
from maillage.amendments.reading import plan_of
from maillage.amendments.rules.differences import difference
from maillage.amendments.rules.freezing import print_of
from maillage.exchange.content.collecting import collect
from maillage.exchange.content.writing import write_files
from maillage.exchange.operations.folders import load_folder, read_folder, undo_folder
from maillage.journal.models import Entry
from maillage.people.spaces import today
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.models import Convention, Funding, Milestone, Note, Signatory
from maillage.plan.operations import (
    add_part,
    change_state,
    create_action,
    create_goal,
    delete_action,
    edit_action,
    edit_part,
    move_action,
    remove_part,
)
from maillage.plan.tests.factories import (
    ActionFactory,
    ConventionFactory,
    GoalFactory,
    OrganizationFactory,
    partner_member,
)
from maillage.plan.vocabulary import ActionState

pytestmark = pytest.mark.django_db

TODAY = {"agreed_on": dt.date(2024, 1, 1), "deliberation_number": "2024-1", "note": ""}


def agree(amendment, party, by, **more):
    return give_agreement(amendment, party.organization, TODAY | more, by=by)


def test_a_version_holds_the_plan_of_its_day_and_the_journal_says_so(version, convention, coordinator):
    assert (version.number, version.kind) == (1, "initial")
    assert version.sha256 == print_of(version.content)
    assert [row["organization"] for row in version.content["signatories"]] == ["caf", "msa"]
    entry = Entry.objects.get(verb="version.freeze")
    assert (entry.subject, entry.sentence) == (convention, "Version signée figée : Convention initiale")


def test_a_version_never_changes_and_never_goes(version, convention):
    version.title = "Autre"
    for act in (version.save, version.delete, PlanVersion.objects.all().delete):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(TypeError):
        PlanVersion.objects.update(title="Autre")
    with pytest.raises(Exception, match="PROTECT|protected"), transaction.atomic():
        convention.delete()


def test_the_first_version_is_frozen_once_and_after_its_signature(convention, coordinator):
    with pytest.raises(ValidationError, match="à venir"):
        freeze_signed_version(convention, "X", today() + dt.timedelta(days=1), by=coordinator)
    freeze_signed_version(convention, "X", today(), by=coordinator)
    with pytest.raises(ValidationError, match="passe maintenant par un avenant"):
        freeze_signed_version(convention, "Y", today(), by=coordinator)


def test_an_amendment_asks_a_signed_version_and_is_alone(convention, coordinator):
    data = {"title": "x", "reason": "y"}
    with pytest.raises(ValidationError, match="Figez d’abord"):
        open_amendment(convention, data, by=coordinator)
    freeze_signed_version(convention, "X", today(), by=coordinator)
    first = open_amendment(convention, data, by=coordinator)
    assert (first.number, first.base.number) == (1, 1)
    with pytest.raises(ValidationError, match="déjà en préparation"):
        open_amendment(convention, data, by=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.create(convention=convention, number=9, base=first.base, opened_on=today(), **data)
    with pytest.raises(ValidationError, match="pourquoi"):
        abandon_amendment(first, " ", by=coordinator)
    abandon_amendment(first, "Plus besoin", by=coordinator)
    assert open_amendment(convention, data, by=coordinator).number == 2


def test_what_an_amendment_changes_follows_the_plan_until_it_is_signed(amendment, convention, parties, coordinator):
    action = create_action(convention, {"title": "Une action"}, main_goal=None, by=coordinator)
    assert [change.what for change in difference_of(amendment).actions] == ["added"]
    for party in parties:
        agree(amendment, party, coordinator)
    version = sign_amendment(amendment, dt.date(2024, 1, 2), by=coordinator)
    amendment.refresh_from_db()
    assert (version.number, version.title, amendment.state) == (2, "Avenant n° 1 : une action de plus", "signed")
    delete_action(action, by=coordinator)
    assert [change.what for change in difference_of(amendment).actions] == ["added"]
    entry = Entry.objects.filter(verb="amendment.edit").first()
    assert "signé le 2 janv. 2024" in entry.sentence.replace("\u00a0", " ")
    with pytest.raises(ValidationError, match="plus en préparation"):
        edit_amendment(amendment, {"title": "x"}, by=coordinator)
    with pytest.raises(ValidationError, match="plus en préparation"):
        sign_amendment(amendment, today(), by=coordinator)


def test_signing_without_an_agreement_asks_why_and_keeps_the_answer(amendment, parties, coordinator):
    agree(amendment, parties[0], coordinator)
    with pytest.raises(ValidationError, match="sans eux"):
        sign_amendment(amendment, today(), by=coordinator)
    assert PlanVersion.objects.count() == 1
    sign_amendment(amendment, today(), without_all="La MSA n’est pas concernée.", by=coordinator)
    amendment.refresh_from_db()
    assert amendment.without_all == "La MSA n’est pas concernée."


def test_a_signatory_notes_its_own_agreement_and_no_other(amendment, parties):
    caf = partner_member(amendment.convention.territory, parties[0].organization, Role.SIGNATORY)
    agreement = agree(amendment, parties[0], caf)
    agree(amendment, parties[0], caf, deliberation_number="2024-2")
    agreement.refresh_from_db()
    assert agreement.deliberation_number == "2024-2"
    assert Entry.objects.filter(verb="amendment.agree").count() == 2
    with pytest.raises(PermissionDenied):
        agree(amendment, parties[1], caf)
    remove_agreement(agreement, by=caf)
    assert not AmendmentAgreement.objects.exists()


@pytest.mark.parametrize("role", [Role.ELECTED, Role.FIELD_ACTOR, Role.READER, Role.SIGNATORY])
def test_only_the_team_freezes_and_signs(role, amendment, parties):
    by = member(amendment.convention.territory, role)
    acts = [
        lambda: freeze_signed_version(amendment.convention, "x", today(), by=by),
        lambda: open_amendment(amendment.convention, {"title": "x", "reason": "y"}, by=by),
        lambda: edit_amendment(amendment, {"title": "x"}, by=by),
        lambda: abandon_amendment(amendment, "x", by=by),
        lambda: sign_amendment(amendment, today(), without_all="x", by=by),
        lambda: agree(amendment, parties[0], by),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_an_agreement_is_given_by_a_signatory_and_not_tomorrow(amendment, parties, coordinator):
    other = Signatory(organization=OrganizationFactory(territory=amendment.convention.territory))
    with pytest.raises(ValidationError, match="n’est pas signataire"):
        agree(amendment, other, coordinator)
    with pytest.raises(ValidationError, match="à venir"):
        agree(amendment, parties[0], coordinator, agreed_on=today() + dt.timedelta(days=1))


def test_the_follow_up_of_an_action_changes_nothing_of_what_was_signed(convention, coordinator):
    action = ActionFactory(convention=convention)
    line = add_part(
        Funding, action, {"funder": OrganizationFactory(territory=convention.territory), "planned": 10}, by=coordinator
    )
    freeze_signed_version(convention, "X", today(), by=coordinator)
    change_state(action, ActionState.ONGOING, by=coordinator)
    edit_part(line, {"obtained": 10, "spent": 3}, by=coordinator)
    add_part(Note, action, {"on": today(), "text": "Entre nous"}, by=coordinator)
    found = difference(side_of(last_version(convention)), side_today(convention))
    assert found.is_empty
    assert found.followed == {"actions": 1, "fundings": 1}


def test_a_convention_with_a_signed_version_is_not_undone_with_its_folder(convention, coordinator):
    space = TerritoryFactory()
    by = member(space)
    found = read_folder(space, write_files(collect(convention).content), "x.zip", by=by)
    freeze_signed_version(load_folder(found, by=by), "X", today(), by=by)
    with pytest.raises(ValidationError, match="version signée"), transaction.atomic():
        undo_folder(found, by=by)
    assert Convention.objects.filter(territory=space).exists()


# — whatever happens —

ACTS = st.lists(
    st.tuples(st.sampled_from(["add", "rename", "delete", "money", "cut", "step", "move", "sign", "abandon", "undo"]),
              st.integers(0, 5)), max_size=14,
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_no_sequence_of_acts_touches_what_was_signed(acts):
    convention = ConventionFactory()
    by = member(convention.territory)
    goals = [GoalFactory(convention=convention) for _ in range(2)]
    funder = OrganizationFactory(territory=convention.territory)
    freeze_signed_version(convention, "X", today(), by=by)
    known = {}
    for act, rank in acts:
        do(act, rank, convention, goals, funder, by)
        for version in PlanVersion.objects.filter(convention=convention):
            known.setdefault(version.number, version.sha256)
            assert print_of(version.content) == version.sha256 == known[version.number]
        # Every amendment is still there, and says what it said.
        for amendment in convention.amendments.filter(state="signed"):
            told = (len(difference_of(amendment).actions), difference_of(amendment).money.totals)
            assert known.setdefault(("told", amendment.number), told) == told
    signed = list(PlanVersion.objects.filter(convention=convention))
    assert len(signed) == 1 + convention.amendments.filter(state="signed").count()


def do(act, rank, convention, goals, funder, by):
    actions = list(convention.actions.order_by("pk"))
    action = actions[rank % len(actions)] if actions else None
    if act == "add":
        create_action(convention, {"title": f"Action {rank}"}, main_goal=goals[0], by=by)
    elif act in {"sign", "abandon"}:
        opened = convention.amendments.filter(state="draft").first() or open_amendment(
            convention, {"title": "x", "reason": "y"}, by=by
        )
        if act == "sign":
            sign_amendment(opened, today(), without_all="x", by=by)
        else:
            abandon_amendment(opened, "x", by=by)
    elif action is None:
        create_goal(convention, {"title": "But"}, by=by)
    elif act == "rename":
        edit_action(action, {"title": f"Autre {rank}"}, by=by)
    elif act == "delete":
        delete_action(action, by=by)
    elif act == "money":
        add_part(Funding, action, {"funder": funder, "planned": 100 * rank + 1}, by=by)
    elif act == "cut" and (line := action.fundings.first()):
        remove_part(line, by=by)
    elif act == "step":
        add_part(Milestone, action, {"title": "Étape"}, by=by)
    elif act == "move":
        move_action(action, goals[rank % 2], [], by=by)


def test_a_version_signed_before_a_field_existed_is_still_read_and_compared(convention, coordinator, parties):
    """In five years the sheets will say more than what was signed: an unknown field is an empty one."""
    action = ActionFactory(convention=convention, title="Une", need="Écrit ensuite", is_continuous=False)
    version = freeze_signed_version(convention, "Convention initiale", dt.date(2022, 12, 12), by=coordinator)
    for name in ("need", "is_continuous", "publics", "calendar"):
        del version.content["actions"][0][name]
    del version.content["perimeters"]
    found = difference(side_of(version), side_today(convention))
    assert [(change.row["title"], [field.clause.field for field in change.fields]) for change in found.actions] == [
        (action.title, ["need"])
    ]
    assert plan_of(version).loose[0].row["title"] == action.title
