"""Whatever is sent, corrected, accepted, returned or revoked, in any order: accepted once at most, and no line is lost."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.journal.models import Entry
from maillage.network.models import Contact
from maillage.news.operations.answering import Said, hand_over, propose_news
from maillage.news.operations.asking import ask_for_news, renew_link, revoke_link
from maillage.news.operations.deciding import accept_proposal, dismiss_handover, return_proposal
from maillage.news.queries.requests import proposal_of, request_behind
from maillage.news.secrecy import token_of
from maillage.people.tests.factories import member
from maillage.plan.models import Funding
from maillage.plan.operations.news import Answer
from maillage.plan.rules.money import total
from maillage.plan.tests.factories import ActionFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("send"),
            st.integers(0, 99_999),
            st.sampled_from([Answer.ADVANCES, Answer.NEEDS_HELP, Answer.BLOCKED]),
        ),
        st.tuples(
            st.sampled_from(
                ["accept", "accept stale", "return", "revoke", "renew", "hand over", "dismiss", "remove line"]
            )
        ),
    ),
    max_size=14,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_news_are_accepted_once_and_the_money_of_the_plan_is_what_was_accepted(acts):
    action = ActionFactory(state="ongoing")
    team = member(action.territory)
    marc = Contact.objects.create(territory=action.territory, name="Marc", email="marc@example.org")
    funder = OrganizationFactory(territory=action.territory)
    asked_line, other = (action.fundings.create(funder=funder, year=2026, planned=n, spent=n) for n in (100, 70))
    request = ask_for_news(action, marc, by=team)
    spent, accepted, alive = Decimal(100), 0, True
    for act, *given_ in acts:
        request = type(request).objects.select_related("proposal").get(pk=request.pk)
        proposal = proposal_of(request)
        try:
            if act == "send":
                propose_news(
                    request, Said(given_[1], "Mot", spent={asked_line.pk: Decimal(given_[0])} if alive else {})
                )
            elif act == "remove line" and alive:
                Funding.objects.filter(pk=asked_line.pk).delete()
                alive, spent = False, Decimal(0)
            elif act.startswith("accept") and proposal:
                accept_proposal(proposal, proposal.revision - (act == "accept stale"), by=team)
                accepted += 1
                spent = Decimal(proposal.spent.get(str(asked_line.pk), spent)) if alive else spent
            elif act == "return" and proposal:
                return_proposal(proposal, proposal.revision, "Encore", by=team)
            elif act == "revoke":
                revoke_link(request, by=team)
            elif act == "renew":
                renew_link(request, by=team)
            elif act == "hand over":
                hand_over(request, "Jeanne", "jeanne@example.org")
            elif act == "dismiss":
                dismiss_handover(request, by=team)
        except ValidationError:
            pass
    lines = list(action.fundings.all())
    assert len(lines) == (2 if alive else 1)
    assert total(lines, "euro").spent == spent + other.spent
    assert total(lines, "euro").planned == (170 if alive else 70)
    assert accepted <= 1
    assert Entry.objects.filter(subject_id=action.pk, sentence__startswith="Nouvelles : ").count() == accepted
    found = request_behind(token_of(type(request).objects.get(pk=request.pk)))
    assert found is not None and found.action_id == action.pk
