"""Two people edit the same row: the second is shown what changed, and nothing that was typed is lost."""

import datetime as dt
import html
import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from maillage.access.roles import Role
from maillage.journal.models import Entry
from maillage.people.tests.factories import member
from maillage.plan.models import Action, Funding, Milestone
from maillage.plan.operations import edit_action, edit_part
from maillage.plan.tests.factories import ActionFactory, GoalFactory, OrganizationFactory, partner_member
from maillage.themes.models import Theme

pytestmark = pytest.mark.django_db


class Editor:
    """A person with a page open: what its form holds, to be sent later."""

    def __init__(self, user):
        self.client, self.user = Client(), user
        self.client.force_login(user)

    def open(self, url):
        self.url = url
        form = self.client.get(url).context["form"]
        self.data = {"vu": form.seen_token}
        for field in form:
            value = field.value()
            if isinstance(value, list):
                self.data[field.name] = [getattr(item, "pk", item) for item in value]
            elif value not in (None, "", False):
                self.data[field.name] = value.isoformat() if isinstance(value, dt.date) else value
        return self

    def send(self, **typed):
        answer = self.client.post(self.url, self.data | typed)
        if found := re.search(r'name="vu" value="([^"]*)"', answer.content.decode()):
            self.data |= typed | {"vu": html.unescape(found[1])}
        return answer


@pytest.fixture
def action(convention):
    return ActionFactory(convention=convention, title="Ouvrir un accueil", need="Un besoin")


@pytest.fixture
def claire(coordinator):
    coordinator.name = "Claire Dupuy"
    coordinator.save()
    return Editor(coordinator)


@pytest.fixture
def paul(territory):
    user = member(territory)
    user.name = "Paul Rey"
    user.save()
    return Editor(user)


def section(action, name):
    return reverse("action_edit", args=[action.territory.slug, action.pk, name])


def page(answer):
    return answer.content.decode()


def test_what_only_the_other_changed_stays_and_is_said(action, claire, paul):
    url = section(action, "contenu")
    claire.open(url), paul.open(url)
    paul.send(description="Écrit par Paul")
    answer = claire.client.post(url, claire.data | {"need": "Écrit par Claire"}, follow=True)
    action.refresh_from_db()
    assert (action.need, action.description) == ("Écrit par Claire", "Écrit par Paul")
    assert "a aussi changé : Description (Paul Rey)" in page(answer).replace("\u00a0", " ")


def test_what_both_changed_is_shown_side_by_side_with_who_and_when(action, claire, paul):
    url = section(action, "contenu")
    claire.open(url), paul.open(url)
    paul.send(need="Écrit par Paul")
    answer = claire.send(need="Écrit par Claire", brakes="Des freins")
    text = page(answer)
    assert answer.status_code == 200
    assert all(words in text for words in ("Écrit par Claire", "Écrit par Paul", "Paul Rey, le", "Des freins"))
    action.refresh_from_db()
    assert (action.need, action.brakes) == ("Écrit par Paul", "")


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Écrit par Claire"), ("theirs", "Écrit par Paul")])
def test_one_chooses_field_by_field(choice, kept, action, claire, paul):
    url = section(action, "contenu")
    claire.open(url), paul.open(url)
    paul.send(need="Écrit par Paul")
    claire.send(need="Écrit par Claire", brakes="Des freins")
    assert claire.send(**{"garde-need": choice}).status_code == 302
    action.refresh_from_db()
    assert (action.need, action.brakes) == (kept, "Des freins")


def test_without_a_choice_nothing_is_stored_and_the_page_asks_again(action, claire, paul):
    url = section(action, "contenu")
    claire.open(url), paul.open(url)
    paul.send(need="Écrit par Paul", brakes="Freins de Paul")
    claire.send(need="Écrit par Claire", brakes="Freins de Claire")
    answer = claire.send(**{"garde-need": "theirs"})
    assert answer.status_code == 200 and "Freins de Paul" in page(answer)
    assert re.search(r'name="garde-need" value="theirs" checked', page(answer)), "the choice made is kept"
    action.refresh_from_db()
    assert (action.need, action.brakes) == ("Écrit par Paul", "Freins de Paul")


def test_a_third_change_in_between_is_asked_again(action, claire, paul):
    url = section(action, "contenu")
    claire.open(url), paul.open(url)
    paul.send(need="Premier")
    claire.send(need="Écrit par Claire")
    paul.open(url).send(need="Second")
    answer = claire.send(**{"garde-need": "mine"})
    assert answer.status_code == 200 and "Second" in page(answer)


def test_an_error_elsewhere_keeps_the_choice_before_the_reader(action, claire, paul):
    url = section(action, "calendrier")
    claire.open(url), paul.open(url)
    paul.send(starts_on="2026-01-01")
    claire.send(starts_on="2026-02-01")
    answer = claire.send(**{"garde-starts_on": "mine", "ends_on": "31/13/2026"})
    assert "garde-starts_on" in page(answer)
    claire.send(**{"garde-starts_on": "mine", "ends_on": "31/12/2026"})
    action.refresh_from_db()
    assert (action.starts_on, action.ends_on) == (dt.date(2026, 2, 1), dt.date(2026, 12, 31))


def test_lists_and_communes_are_compared_too(action, claire, paul):
    url = section(action, "identite")
    claire.open(url), paul.open(url)
    themes = list(Theme.objects.all()[:2])
    paul.send(themes=[themes[0].pk], communes=["32016"])
    answer = claire.send(themes=[themes[1].pk], communes=["32038"])
    assert answer.status_code == 200
    assert "garde-themes" in page(answer) and "garde-commune_codes" in page(answer)
    assert str(themes[0]) in page(answer)
    claire.send(**{"garde-themes": "mine", "garde-commune_codes": "theirs"})
    action.refresh_from_db()
    assert list(action.themes.all()) == [themes[1]] and action.commune_codes == ["32016"]


def test_a_named_lead_is_compared_and_no_partner_is_left_behind_by_a_clash(action, claire, paul):
    url = section(action, "pilotage")
    claire.open(url), paul.open(url)
    paul.send(lead="CCAS")
    answer = claire.send(lead="Mission locale")
    assert "garde-lead_organization" in page(answer) and "CCAS" in page(answer)
    assert not action.territory.organizations.filter(name="Mission locale").exists()
    claire.send(**{"garde-lead_organization": "mine"})
    action.refresh_from_db()
    assert action.lead_organization.name == "Mission locale"


def test_the_goals_that_an_action_serves_are_compared(action, claire, paul, convention):
    one, two, three = (GoalFactory(convention=convention) for _ in range(3))
    url = reverse("action_goals", args=["ici", action.pk])
    claire.open(url), paul.open(url)
    paul.send(main_goal=one.pk, others=[three.pk])
    answer = claire.send(main_goal=two.pk)
    assert one.title in page(answer) and "garde-main_goal" in page(answer)
    claire.send(**{"garde-main_goal": "mine"})
    links = {link.goal_id: link.is_main for link in action.goal_links.all()}
    assert links == {two.pk: True, three.pk: False}, "what only Paul changed stays"


def test_a_goal_the_convention_its_levels_and_a_part_are_compared(claire, paul, convention, action):
    goal, funder = GoalFactory(convention=convention), OrganizationFactory(territory=convention.territory, name="CAF")
    funding = Funding.objects.create(action=action, funder=funder, year=2026, planned=100)
    for url, name, values in [
        (reverse("goal_edit", args=["ici", goal.pk]), "title", ("Un", "Deux")),
        (reverse("convention_edit", args=["ici"]), "central_stake", ("Un", "Deux")),
        (reverse("levels", args=["ici"]), "name_1", ("Un", "Deux")),
        (reverse("part_edit", args=["ici", "financements", funding.pk]), "planned", ("200", "300")),
    ]:
        claire.open(url), paul.open(url)
        assert paul.send(**{name: values[0]}).status_code == 302, url
        answer = claire.send(**{name: values[1]})
        assert answer.status_code == 200 and f"garde-{name}" in page(answer), url
        assert claire.send(**{f"garde-{name}": "mine"}).status_code == 302, url
    funding.refresh_from_db()
    goal.refresh_from_db()
    assert (funding.planned, goal.title, convention.levels.first().name) == (300, "Deux", "Deux")


def test_a_state_changed_meanwhile_is_shown_and_the_move_is_judged_on_today_s_state(action, claire, paul):
    url = reverse("action_state", args=["ici", action.pk])
    claire.open(url), paul.open(url)
    paul.send(state="abandoned", reason="Plus de locaux")
    answer = claire.send(state="paused", reason="On attend le bail")
    assert "Abandonnée" in page(answer) and "On attend le bail" in page(answer)
    answer = claire.send(**{"garde-state": "mine"})
    assert "Une action « Abandonnée » ne peut pas devenir « En pause »" in page(answer).replace("\u00a0", " ")
    assert "On attend le bail" in page(answer)
    assert claire.send(**{"garde-state": "theirs"}).status_code == 302
    action.refresh_from_db()
    assert action.state == "abandoned"
    assert Entry.objects.filter(reason="On attend le bail").exists(), "the reason that was typed stays in the journal"


def test_health_given_by_two_people_is_compared(action, claire, paul):
    url = reverse("action_health", args=["ici", action.pk])
    claire.open(url), paul.open(url)
    paul.send(health="blocked", health_note="Plus de médecin")
    answer = claire.send(health="watch", health_note="Le bail tarde")
    assert "Plus de médecin" in page(answer) and "Le bail tarde" in page(answer)
    claire.send(**{"garde-health": "theirs", "garde-health_note": "mine"})
    action.refresh_from_db()
    assert (action.health, action.health_note) == ("blocked", "Le bail tarde")


def test_news_do_not_hide_news_given_meanwhile(action, claire, paul):
    url = reverse("action_news", args=["ici", action.pk])
    claire.open(url), paul.open(url)
    paul.send(answer="blocked", sentence="Plus de médecin")
    answer = claire.send(answer="advances", sentence="Le mobilier est livré")
    assert "Plus de médecin" in page(answer) and "Le mobilier est livré" in page(answer)
    claire.send(**{"garde-answer": "theirs"})
    action.refresh_from_db()
    assert action.health == "blocked"
    assert Entry.objects.filter(reason="Le mobilier est livré").exists()


def test_the_same_button_tapped_by_two_people_does_not_undo_itself(action, claire, paul):
    milestone = Milestone.objects.create(action=action, title="Signer")
    url = reverse("milestone_done", args=["ici", milestone.pk])
    for editor in (claire, paul):
        editor.client.post(url, {"faite": "oui"})
    milestone.refresh_from_db()
    assert milestone.done_on
    claire.client.post(url, {"faite": "non"})
    milestone.refresh_from_db()
    assert milestone.done_on is None


@pytest.mark.parametrize("gone", ["deleted", "right"])
def test_what_was_typed_for_a_row_that_is_gone_is_shown_to_be_copied(gone, convention, claire, territory):
    lead = OrganizationFactory(territory=territory)
    action = ActionFactory(convention=convention, lead_organization=lead)
    milestone = Milestone.objects.create(action=action, title="Signer")
    actor = Editor(partner_member(territory, lead)).open(reverse("part_edit", args=["ici", "etapes", milestone.pk]))
    if gone == "deleted":
        action.delete()
    else:
        Action.objects.update(lead_organization=None)
    answer = actor.send(title="Un long titre que j’ai écrit")
    assert answer.status_code == (404 if gone == "deleted" else 403)
    assert "Un long titre que j’ai écrit" in page(answer) and "Étape" in page(answer)


def test_a_session_that_ended_gives_back_what_was_typed(action, claire):
    claire.open(section(action, "contenu"))
    claire.client.logout()
    answer = claire.send(need="Écrit trop tard")
    assert answer.status_code == 403 and "Écrit trop tard" in page(answer)


def test_the_token_of_another_row_writes_over_nothing(action, claire, convention):
    other = ActionFactory(convention=convention, need="Déjà écrit")
    claire.open(section(action, "contenu"))
    claire.url = section(other, "contenu")
    assert "garde-need" in page(claire.send(need="Pour l’autre fiche"))
    other.refresh_from_db()
    assert other.need == "Déjà écrit"


def test_what_one_did_not_change_is_not_written_in_the_journal(action, claire):
    action.need = "Deux\nlignes"
    action.save()
    claire.open(section(action, "contenu")).send(need="Deux\r\nlignes", brakes="Un frein")
    entry = Entry.objects.get(subject_type=ContentType.objects.get_for_model(Action), subject_id=action.pk)
    assert [change["label"] for change in entry.changes] == ["Freins"]


def test_operations_called_without_a_form_write_what_they_are_given(action, coordinator):
    edit_action(action, {"need": "Autre"}, by=coordinator)
    milestone = Milestone.objects.create(action=action, title="Signer")
    edit_part(milestone, {"title": "Signer le bail"}, by=coordinator)
    action.refresh_from_db()
    assert action.need == "Autre"


def test_a_reader_still_has_no_form(action, territory, client):
    client.force_login(member(territory, Role.READER))
    assert client.get(section(action, "contenu")).status_code == 403
