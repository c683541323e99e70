import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.template import Context, Template
from django.urls import reverse
from icalendar import Calendar

from maillage.people.models import Membership
from maillage.reminders.models import ReminderSettings
from maillage.reminders.operations import change_calendar_address, choose_digest, close_calendar
from maillage.reminders.queries import Week, settings_of, week_of
from maillage.reminders.secrecy import calendar_address, hash_of, stop_address
from maillage.reminders.tests.conftest import TODAY, duty, member_of, territory_called

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC), tick=False):
        yield


def path_of(address: str) -> str:
    return address.removeprefix("http://127.0.0.1:8000")


def test_the_page_groups_what_waits_the_latest_first(client, claire, due):
    due["ici"] = [duty("a", None, "Sans date"), duty("b", 40, "Loin"), duty("c", 2, "Bientôt"), duty("d", -9, "Tard")]
    client.force_login(claire)
    page = client.get("/espace/ici/a-faire/").content.decode()
    places = [page.index(words) for words in ("En retard</h2>", "Tard", "Dans les sept jours", "Bientôt", "Plus tard")]
    assert places == sorted(places)
    assert "Cette semaine, deux choses vous attendent" in page
    assert 'href="/espace/ici/action/d/"' in page


def test_the_page_says_so_when_nothing_waits(client, claire, due):
    client.force_login(claire)
    assert "Rien n’attend votre réponse" in client.get("/espace/ici/a-faire/").content.decode()


def test_a_stranger_gets_404_on_the_page(client, territory, due):
    client.force_login(member_of(territory_called("ailleurs", "Ailleurs"), email="x@exemple.fr"))
    assert client.get("/espace/ici/a-faire/").status_code == 404


def test_the_page_costs_the_same_whatever_waits(client, claire, due, django_assert_max_num_queries):
    due["ici"] = [duty(f"k{rank}") for rank in range(300)]
    client.force_login(claire)
    with django_assert_max_num_queries(5):
        client.get("/espace/ici/a-faire/")


def test_the_block_of_the_dashboard_shows_what_presses_without_a_query(
    claire, territory, due, django_assert_num_queries
):
    due["ici"] = [duty(f"k{rank}", 1, f"Chose {rank}") for rank in range(9)] + [duty("late", 90, "Loin")]
    week = week_of(claire, territory, TODAY)
    with django_assert_num_queries(0):
        page = block(week)
    assert "Tout mon travail (10)" in page and page.count("<li>") == 6 and "Loin" not in page


def test_the_block_announces_the_next_deadline_when_nothing_presses():
    week = Week(TODAY, [], [duty("a", 40, "Signer l’avenant")])
    assert "Signer l’avenant" in block(week) and "3\u00a0janvier 2027" in block(week)


def block(week: Week) -> str:
    return Template("{% load reminders %}{% week_block week 'ici' %}").render(Context({"week": week}))


def test_the_calendar_holds_every_dated_duty_of_every_space(client, claire, territory, due):
    other = territory_called("la-bas", "Vallée")
    Membership.objects.create(territory=other, user=claire, role="reader")
    due["ici"] = [duty("m-1", -3, "Relancer ; le relais, vite", "Première ligne\nseconde"), duty("m-2", None)]
    due["la-bas"] = [duty("m-1", 5, "Signer")]
    change_calendar_address(claire, by=claire)
    answer = client.get(path_of(calendar_address(settings_of(claire))))
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store" and answer["Referrer-Policy"] == "no-referrer"
    late, signing = Calendar.from_ical(answer.content).walk("VEVENT")
    assert late["SUMMARY"] == "Relancer ; le relais, vite (Gascogne)"
    assert (late.decoded("DTSTART"), late.decoded("DTEND")) == (dt.date(2026, 11, 21), dt.date(2026, 11, 22))
    assert late["DESCRIPTION"] == "Première ligne\nseconde\nhttp://127.0.0.1:8000/espace/ici/action/m-1/"
    assert late["URL"] == "http://127.0.0.1:8000/espace/ici/action/m-1/"
    assert late["UID"] == f"{territory.pk}-m-1@127.0.0.1" and signing["UID"] == f"{other.pk}-m-1@127.0.0.1"
    assert not late.walk("VALARM")


def test_an_event_keeps_its_identity_when_its_date_moves(client, claire, due):
    change_calendar_address(claire, by=claire)
    address, uids = path_of(calendar_address(settings_of(claire))), []
    for days in (1, 20):
        due["ici"] = [duty("m-1", days)]
        uids += [event["UID"] for event in Calendar.from_ical(client.get(address).content).walk("VEVENT")]
    assert len(uids) == 2 and len(set(uids)) == 1


def test_a_changed_or_closed_address_stops_at_once(client, claire, due):
    change_calendar_address(claire, by=claire)
    first = path_of(calendar_address(settings_of(claire)))
    change_calendar_address(claire, by=claire)
    second = path_of(calendar_address(settings_of(claire)))
    assert first != second
    assert client.get(first).status_code == 404 and client.get(second).status_code == 200
    close_calendar(claire, by=claire)
    assert client.get(second).status_code == 404 and calendar_address(settings_of(claire)) == ""


def test_a_closed_account_has_no_calendar(client, claire, due):
    change_calendar_address(claire, by=claire)
    claire.is_active = False
    claire.save()
    assert client.get(path_of(calendar_address(settings_of(claire)))).status_code == 404


def test_the_database_alone_does_not_open_a_calendar(client, claire, due):
    change_calendar_address(claire, by=claire)
    row = ReminderSettings.objects.get()
    token = path_of(calendar_address(row)).removeprefix("/calendrier/").removesuffix(".ics")
    assert token not in {row.calendar_salt, row.calendar_hash} and hash_of(token) == row.calendar_hash
    for guess in (row.calendar_salt, row.calendar_hash):
        assert client.get(f"/calendrier/{guess}.ics").status_code == 404


def test_a_new_server_key_closes_the_calendars_instead_of_showing_a_dead_address(claire, settings):
    change_calendar_address(claire, by=claire)
    settings.SECRET_KEY = "another"
    assert calendar_address(settings_of(claire)) == ""


def test_the_account_shows_the_rhythm_and_offers_the_calendar(client, claire):
    client.force_login(claire)
    assert "Créer mon adresse" in client.get(reverse("account")).content.decode()
    assert not ReminderSettings.objects.exists()
    client.post(reverse("calendar_renew"))
    page = client.get(reverse("account")).content.decode()
    assert calendar_address(ReminderSettings.objects.get()) in page and "Copier l’adresse" in page
    client.post(reverse("calendar_close"))
    assert "Créer mon adresse" in client.get(reverse("account")).content.decode()


def test_the_rhythm_is_chosen_on_the_account(client, claire):
    client.force_login(claire)
    client.post(reverse("reminders_edit"), {"digest": "daily"})
    assert ReminderSettings.objects.get().digest == "daily"
    client.post(reverse("reminders_edit"), {"digest": "hourly"})
    assert ReminderSettings.objects.get().digest == "daily"


def test_nobody_settles_the_reminders_of_another(claire, territory):
    other = member_of(territory, email="autre@exemple.fr")
    for act in (change_calendar_address, close_calendar):
        with pytest.raises(PermissionDenied):
            act(claire, by=other)
    with pytest.raises(PermissionDenied):
        choose_digest(claire, "never", by=other)


def test_opening_the_link_changes_nothing_and_pressing_the_button_does(client, claire):
    address = path_of(stop_address(claire.pk))
    assert "Arrêter les rappels" in client.get(address).content.decode()
    assert not ReminderSettings.objects.exists()
    assert "ne recevrez plus" in client.post(address).content.decode()
    assert ReminderSettings.objects.get().digest == "never"


def test_a_forged_link_answers_404(client, claire):
    address = path_of(stop_address(claire.pk))
    assert client.post(address[:-3] + "xx/").status_code == 404
    assert client.post(path_of(stop_address(claire.pk + 99))).status_code == 404
