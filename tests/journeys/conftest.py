"""Stories told in a real browser, on the demo: Debian's Chromium, no download."""

import shutil
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from maillage.people.proof import PROVED_AT
from tests.cast import World, load_world

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Without a browser the stories are not told, and one line says how to get one."""
    for item in items:
        if "journeys" in str(item.fspath):
            item.add_marker(pytest.mark.journey)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt install chromium, then run the tests again"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def last_requests_end(live_server: Any) -> Iterator[None]:
    """The server of the stories stops once its requests are over: they close a database that is still theirs."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=5)


@pytest.fixture
def world(live_server: Any, last_requests_end: None, django_db_serialized_rollback: None) -> World:
    django_settings.BASE_URL = live_server.url
    return load_world()


@pytest.fixture
def visit(chromium: Browser, live_server: Any, world: World) -> Iterator[Any]:
    """`visit("coordinator", phone=True)` opens a browser where that person is signed in; errors of a page fail the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_as(who: str | None = None, *, phone: bool = False, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=PHONE if phone else WIDE, locale="fr-FR", java_script_enabled=script
        )
        opened.append(context)
        if who:
            context.add_cookies([session_cookie(world, who, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        return page

    yield open_as
    for context in opened:
        context.close()
    # A refused sending answers 4xx, and a connection is cut, on purpose in some stories; the rest is a fault of the page.
    on_purpose = ("status of 40", "status of 410", "Error Code 40", "ERR_INTERNET_DISCONNECTED")
    assert [text for text in complaints if not any(words in text for words in on_purpose)] == []


def session_cookie(world: World, who: str, url: str) -> Any:
    user = world.people[who]
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[PROVED_AT] = time.time()
    session.save()
    return {"name": django_settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": url}
