"""What each role sees first, and what it may do from there."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.urls import reverse

from maillage.access.roles import Role
from maillage.network.models import Contact
from maillage.people.spaces import today
from maillage.people.tests.factories import member
from maillage.plan.models import Action, ActionIndicator, ActionPartner, Commitment, Funding, Milestone, Signatory
from maillage.plan.queries.filters import PlanFilter
from maillage.plan.tests.factories import ActionFactory, GoalFactory, OrganizationFactory, partner_member

pytestmark = pytest.mark.django_db


def page_of(client, user, name, *args):
    client.force_login(user)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer


def text(answer):
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def nursery(territory):
    return OrganizationFactory(territory=territory, name="Service petite enfance")


@pytest.fixture
def action(convention, nursery):
    return ActionFactory(convention=convention, title="Relais itinérant", lead_organization=nursery, state="ongoing")


@pytest.mark.parametrize(
    ("role", "template"),
    [
        (Role.COORDINATOR, "plan/dashboard.html"),
        (Role.READER, "plan/dashboard.html"),
        (Role.ELECTED, "plan/brief.html"),
        (Role.FIELD_ACTOR, "plan/mine.html"),
        (Role.SIGNATORY, "plan/mine.html"),
    ],
)
def test_each_role_has_its_own_home_and_the_state_of_the_plan_one_click_away(role, template, client, convention):
    user = member(convention.territory, role)
    answer = page_of(client, user, "dashboard", convention.territory.slug)
    assert answer.templates[0].name == template
    assert page_of(client, user, "overview", convention.territory.slug).templates[0].name == "plan/dashboard.html"


@pytest.mark.parametrize("role", Role)
def test_without_a_convention_every_home_says_where_to_start(role, client, territory):
    assert "Aucune convention" in text(page_of(client, member(territory, role), "dashboard", territory.slug))


class TestDashboard:
    def lists(self, client, coordinator, territory):
        context = page_of(client, coordinator, "dashboard", territory.slug).context
        return {
            found.kind.title: [line.action.title for line in found.lines]
            for found in [*context["worries"], *context["lacks"]]
        }

    def test_an_action_stands_in_every_list_that_asks_for_it(self, client, coordinator, convention, nursery):
        ActionFactory(convention=convention, title="Nue")
        ActionFactory(convention=convention, title="Finie", state="done")
        full = ActionFactory(
            convention=convention, title="Pleine", lead_organization=nursery, news_on=today(), starts_on=today(),
            health="blocked", health_note="rien", state="ongoing",
        )  # fmt: skip
        ActionIndicator.objects.create(action=full, kind="output", name="Familles")
        Milestone.objects.create(action=full, title="Ouvrir", due_on=today() - dt.timedelta(days=3))
        assert self.lists(client, coordinator, convention.territory) == {
            "En retard": ["Pleine"],
            "À surveiller ou bloquées": ["Pleine"],
            "Sans nouvelles depuis six mois": ["Nue"],
            "Sans structure pilote": ["Nue"],
            "Sans indicateur": ["Nue"],
            "Sans date": ["Nue"],
        }

    def test_the_table_behind_a_list_holds_what_the_list_counts(self, client, coordinator, convention, nursery):
        ActionFactory(convention=convention)
        ActionFactory(convention=convention, state="abandoned")
        ActionFactory(
            convention=convention, state="done", health="watch", health_note="lent", lead_organization=nursery
        )
        ActionFactory(convention=convention, health="watch", health_note="lent", lead_organization=nursery)
        ActionFactory(convention=convention, state="paused", ends_on=dt.date(2020, 1, 1), starts_on=dt.date(2019, 1, 1))
        context = page_of(client, coordinator, "dashboard", convention.territory.slug).context
        actions = Action.objects.filter(convention=convention)
        for found in [*context["worries"], *context["lacks"]]:
            kept = PlanFilter.from_query(QueryDict(found.kind.asked)).apply(actions)
            assert (found.kind.title, kept.count()) == (found.kind.title, found.total)
            assert client.get(found.url).status_code == 200
            for line in found.lines:
                assert client.get(line.url).status_code == 200

    def test_the_gesture_leads_the_team_to_the_form_and_others_to_the_sheet(self, client, coordinator, convention):
        bare = ActionFactory(convention=convention)
        slug = convention.territory.slug
        form = reverse("action_edit", args=[slug, bare.pk, "pilotage"])
        assert form in text(page_of(client, coordinator, "overview", slug))
        assert form not in text(page_of(client, member(convention.territory, Role.READER), "overview", slug))

    def test_progress_is_told_three_ways_with_its_origin_and_never_counts_twice(self, client, coordinator, convention):
        first, second = GoalFactory(convention=convention), GoalFactory(convention=convention)
        done = ActionFactory(convention=convention, state="done", weight=3)
        other = ActionFactory(convention=convention, state="ongoing", health="watch", health_note="lent")
        for row in (done, other):
            row.goal_links.create(goal=first, is_main=True)
            row.goal_links.create(goal=second)
        answer = page_of(client, coordinator, "dashboard", convention.territory.slug)
        assert "1 action réalisée sur 2, pondérées" in text(answer)
        assert "Non évaluable : aucun indicateur" in text(answer)
        assert answer.context["whole"].done.counted == 2
        assert [(item.advance.done.counted, item.also) for item in answer.context["progress"]] == [(2, 0), (0, 2)]
        assert answer.context["progress"][0].advance.fares.words == "1 à surveiller"


class TestMyActions:
    def test_she_sees_what_her_organisation_leads_or_puts_into_practice(self, client, convention, nursery, action):
        joined = ActionFactory(convention=convention, title="Menée avec d’autres")
        ActionPartner.objects.create(action=joined, organization=nursery, role="operational")
        paid = ActionFactory(convention=convention, title="Seulement payée")
        ActionPartner.objects.create(action=paid, organization=nursery, role="financial")
        shown = text(
            page_of(client, partner_member(convention.territory, nursery), "dashboard", convention.territory.slug)
        )
        assert "Relais itinérant" in shown and "Menée avec d’autres" in shown and "Seulement payée" not in shown
        assert "Vous faites avancer deux actions" in shown

    @pytest.mark.parametrize("answer", ["advances", "done"])
    def test_one_tap_says_what_happened_and_comes_back_home(self, answer, client, nursery, action):
        client.force_login(partner_member(action.territory, nursery))
        sent = client.post(
            reverse("action_news", args=[action.territory.slug, action.pk]), {"answer": answer, "from_home": "on"}
        )
        assert sent.url == reverse("dashboard", args=[action.territory.slug])
        action.refresh_from_db()
        assert (action.state, action.news_on) == ("done" if answer == "done" else "ongoing", today())

    @pytest.mark.parametrize("answer", ["needs_help", "blocked"])
    def test_what_is_not_well_asks_for_its_sentence_and_keeps_the_answer(self, answer, client, nursery, action):
        client.force_login(partner_member(action.territory, nursery))
        url = reverse("action_news", args=[action.territory.slug, action.pk])
        asked = client.post(url, {"answer": answer, "sentence": "", "from_home": "on"})
        assert asked.status_code == 200 and "Dites en une phrase" in text(asked)
        assert asked.context["form"]["answer"].value() == answer
        assert 'name="from_home" value="on"' in text(asked)
        sent = client.post(url, {"answer": answer, "sentence": "Le véhicule est en panne", "from_home": "on"})
        assert sent.url == reverse("dashboard", args=[action.territory.slug])
        action.refresh_from_db()
        assert action.health_note == "Le véhicule est en panne"

    def test_a_milestone_is_done_from_home(self, client, nursery, action):
        step = Milestone.objects.create(action=action, title="Ouvrir")
        client.force_login(partner_member(action.territory, nursery))
        sent = client.post(reverse("milestone_done", args=[action.territory.slug, step.pk]), {"from_home": "on"})
        assert sent.url == reverse("dashboard", args=[action.territory.slug])
        step.refresh_from_db()
        assert step.done_on == today()

    def test_a_signatory_also_sees_what_it_promised_and_what_it_pays(self, client, convention, nursery, action):
        signatory = Signatory.objects.create(convention=convention, organization=nursery)
        Commitment.objects.create(signatory=signatory, text="Ouvrir une permanence")
        Funding.objects.create(action=ActionFactory(convention=convention), funder=nursery, year=2026, planned=12000)
        user = partner_member(convention.territory, nursery, Role.SIGNATORY)
        shown = text(page_of(client, user, "dashboard", convention.territory.slug))
        assert "Ouvrir une permanence" in shown and "12 000 €" in shown

    def test_who_speaks_for_nobody_is_told_whom_to_ask(self, client, convention):
        user = member(convention.territory, Role.FIELD_ACTOR)
        assert "rattaché à aucune structure" in text(page_of(client, user, "dashboard", convention.territory.slug))


def test_the_contact_of_a_member_is_the_one_tied_to_her_account_or_of_her_address(client, convention):
    anne = member(convention.territory, Role.ELECTED)
    stranger = Contact.objects.create(territory=convention.territory, name="Une autre")
    tied = Contact.objects.create(territory=convention.territory, name="Élue", user=anne)
    same = Contact.objects.create(territory=convention.territory, name="A. L.", email=anne.email.upper())
    client.force_login(anne)
    slug = convention.territory.slug
    codes = [client.get(reverse("brief", args=[slug, row.pk])).status_code for row in (tied, same, stranger)]
    assert codes == [200, 200, 403]
