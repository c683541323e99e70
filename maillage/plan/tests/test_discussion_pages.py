import pytest
from django.urls import reverse

from maillage.access.roles import Role
from maillage.discussion.models import Comment, Mention, Watch
from maillage.discussion.operations import add_comment
from maillage.people.tests.factories import member
from maillage.plan.tests.factories import ActionFactory, GoalFactory

pytestmark = pytest.mark.django_db


def named(user, name):
    user.name = name
    user.save()
    return user


@pytest.fixture
def action(convention):
    return ActionFactory(convention=convention, title="Relais itinérant")


@pytest.fixture
def sheet(action):
    return reverse("action", args=["ici", action.pk])


@pytest.fixture
def ines(territory):
    return named(member(territory, Role.FIELD_ACTOR), "Inès Carbonel")


@pytest.fixture
def claire(coordinator):
    return named(coordinator, "Claire Dupuy")


def text_of(answer):
    return answer.content.decode()


def test_one_comments_on_the_page_of_an_action_and_calls_somebody(action, sheet, claire, ines, client):
    client.force_login(claire)
    assert "Inès Carbonel" in text_of(client.get(sheet))
    url = reverse("discussion", args=["ici", "action", action.pk])
    answer = client.post(url, {"text": "Peut-on avancer ?", "people": [ines.pk]}, follow=True)
    comment = Comment.objects.get()
    assert answer.redirect_chain[-1][0] == f"{sheet}#commentaire-{comment.pk}"
    assert "Peut-on avancer" in text_of(answer) and "Vous suivez cette action" in text_of(answer)
    client.force_login(ines)
    assert "J’ai lu" in text_of(client.get(sheet))
    client.post(reverse("mention_read", args=["ici", Mention.objects.get().pk]))
    assert "J’ai lu" not in text_of(client.get(sheet))


def test_an_empty_comment_comes_back_with_its_sentence(action, claire, client):
    client.force_login(claire)
    answer = client.post(reverse("discussion", args=["ici", "action", action.pk]), {"text": " "})
    assert answer.status_code == 200 and "Écrivez votre commentaire." in text_of(answer)


def test_a_refusal_keeps_what_was_typed(action, claire, ines, client):
    client.force_login(claire)
    sent = {"text": "Entre nous", "people": [ines.pk], "team": "on"}
    answer = client.post(reverse("discussion", args=["ici", "action", action.pk]), sent)
    assert "Inès Carbonel ne pourrait pas le lire" in text_of(answer) and "Entre nous" in text_of(answer)


@pytest.mark.parametrize("role", list(Role))
def test_what_the_team_says_to_itself_is_shown_to_the_team(role, action, sheet, claire, client):
    comment = add_comment(action, "Le maire hésite", team=True, by=claire)
    add_comment(action, "Bonjour à tous", by=claire)
    client.force_login(member(action.territory, role))
    for url in (sheet, reverse("discussion", args=["ici", "action", action.pk]), reverse("journal", args=["ici"])):
        assert ("Le maire hésite" in text_of(client.get(url))) is (role == Role.COORDINATOR and "journal" not in url)
    assert "Bonjour à tous" in text_of(client.get(sheet))
    if role != Role.COORDINATOR:
        for name in ("comment_edit", "comment_withdraw"):
            assert client.get(reverse(name, args=["ici", comment.pk])).status_code == 404


def test_a_reader_reads_without_a_form(action, sheet, claire, client):
    add_comment(action, "Bonjour", by=claire)
    client.force_login(member(action.territory, Role.READER))
    answer = text_of(client.get(sheet))
    assert "Bonjour" in answer and "Écrire un commentaire" not in answer and "Suivre cette action" in answer
    url = reverse("discussion", args=["ici", "action", action.pk])
    assert client.post(url, {"text": "Moi aussi"}).status_code == 403


def test_one_changes_and_withdraws_one_s_comment(action, sheet, claire, client):
    client.force_login(claire)
    comment = add_comment(action, "Jeudi", by=claire)
    client.post(reverse("comment_edit", args=["ici", comment.pk]), {"text": "Vendredi"})
    assert "Vendredi" in text_of(client.get(sheet)) and "modifié" in text_of(client.get(sheet))
    url = reverse("comment_withdraw", args=["ici", comment.pk])
    assert "Son texte ne sera gardé nulle part" in text_of(client.get(url))
    client.post(url)
    assert "Commentaire retiré" in text_of(client.get(sheet)) and "Vendredi" not in text_of(client.get(sheet))


def test_one_follows_a_goal_and_the_convention(action, claire, client):
    goal = GoalFactory(convention=action.convention)
    client.force_login(claire)
    for word, row, words in [
        ("goal", goal, "cet objectif"),
        ("convention", action.convention, "la convention"),
    ]:
        url = reverse("watch", args=["ici", word, row.pk])
        assert f"Vous suivez {words}" in text_of(client.post(url, {"suivre": "oui"}, follow=True))
        assert f"Suivre {words}" in text_of(client.post(url, {"suivre": "non"}, follow=True))
    assert not Watch.objects.exists()


def test_the_page_shows_the_last_comments_and_leads_to_all(action, sheet, claire, client):
    for number in range(8):
        add_comment(action, f"Remarque {number}", by=claire)
    client.force_login(claire)
    answer = text_of(client.get(sheet))
    assert "Remarque 2" not in answer and answer.index("Remarque 3") < answer.index("Remarque 7")
    assert "Remarque 0" in text_of(client.get(reverse("discussion", args=["ici", "action", action.pk])))


def test_what_nobody_discusses_has_no_address(action, claire, client):
    client.force_login(claire)
    for word in ("milestone", "user", "territory"):
        assert client.get(reverse("discussion", args=["ici", word, action.pk])).status_code == 404
