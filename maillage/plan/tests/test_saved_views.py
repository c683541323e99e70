import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from maillage.access.roles import Role
from maillage.journal.queries import journal_of
from maillage.people.tests.factories import member
from maillage.plan.models import SavedView
from maillage.plan.operations.saved_views import add_saved_view, delete_saved_view
from maillage.plan.queries.saved_views import address_of, views_of


def keep(territory, by, name="En retard", query="retard=oui&tri=-retard", page="plan_table", shared=False):
    return add_saved_view(territory, page, query, name, is_shared=shared, by=by)


def test_only_what_the_view_knows_of_its_address_is_kept(territory, coordinator):
    view = keep(
        territory, coordinator, query="etat=done&licorne=1&tri=-retard&etat=x&page=4&next=//ailleurs.fr&col=fin"
    )
    assert view.query == "etat=done&col=action&col=fin&tri=-retard"
    assert address_of(view, "ici") == reverse("plan_table", args=["ici"]) + "?" + view.query


def test_the_tree_keeps_no_filter_and_an_unknown_page_is_refused(territory, coordinator):
    assert keep(territory, coordinator, page="plan").query == ""
    with pytest.raises(ValidationError, match="ne s’enregistre pas"):
        keep(territory, coordinator, page="sign_out")


def test_names_are_told_apart(territory, coordinator):
    keep(territory, coordinator, shared=True)
    with pytest.raises(ValidationError, match="déjà une vue de ce nom"):
        keep(territory, coordinator)
    other = member(territory)
    with pytest.raises(ValidationError, match="L’équipe a déjà une vue"):
        keep(territory, other, name="en  RETARD", shared=True)
    keep(territory, other)


def test_the_team_shares_and_the_journal_says_it(territory, coordinator):
    view = keep(territory, coordinator, shared=True)
    delete_saved_view(view, by=member(territory))
    assert [entry.sentence for entry in journal_of(territory.pk)] == [
        "Vue partagée supprimée : En retard", "Vue partagée : En retard",
    ]  # fmt: skip


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_everybody_keeps_views_for_herself_and_only_the_team_shares(territory, coordinator, role):
    somebody = member(territory, role)
    mine = keep(territory, somebody)
    with pytest.raises(PermissionDenied):
        keep(territory, somebody, name="Autre", shared=True)
    shared = keep(territory, coordinator, shared=True)
    with pytest.raises(PermissionDenied):
        delete_saved_view(shared, by=somebody)
    assert set(views_of(territory, somebody)) == {mine, shared}
    assert set(views_of(territory, coordinator)) == {shared}
    delete_saved_view(mine, by=somebody)


def test_a_view_of_somebody_else_does_not_exist_for_me(territory, coordinator, client):
    hers = keep(territory, member(territory))
    client.force_login(coordinator)
    assert client.post(reverse("saved_view_delete", args=["ici", hers.pk])).status_code == 404
    assert SavedView.objects.filter(pk=hers.pk).exists()


def test_a_view_is_saved_from_the_table_found_above_it_and_removed(territory, convention, coordinator, client):
    client.force_login(coordinator)
    page = client.get(reverse("plan_table", args=["ici"]) + "?retard=oui")
    assert page.status_code == 200
    url = reverse("saved_view_new", args=["ici"]) + "?page=plan_table&adresse=retard%3Doui%26tri%3D-fin"
    answer = client.post(url, {"name": "  Mes  retards ", "is_shared": "on"})
    view = SavedView.objects.get()
    assert (view.name, view.is_shared, view.query) == ("Mes retards", True, "retard=oui&tri=-fin")
    assert answer.url == reverse("plan_table", args=["ici"]) + "?retard=oui&tri=-fin"
    again = client.post(url, {"name": "Mes retards"})
    assert "Vous avez déjà une vue de ce nom" in again.text
    assert "disparaîtra pour toute l’équipe" in client.get(reverse("saved_view_delete", args=["ici", view.pk])).text
    client.post(reverse("saved_view_delete", args=["ici", view.pk]))
    assert not SavedView.objects.exists()
