"""What every test starts from: no network, no file outside a temporary folder, and a page that says what it lacks."""

import os
import socket
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

# Read by config/env.py when Django starts, hence before anything else.
os.environ.setdefault("DEBUG", "1")
os.environ["MAILLAGE_VAR"] = tempfile.mkdtemp(prefix="maillage-tests-")
os.environ.pop("MAILLAGE_DEMO", None)
os.environ["CONN_MAX_AGE"] = "0"  # the threads of the live server leave no connection behind
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser of the journeys runs its own loop beside ours

hypothesis_settings.register_profile("dev", deadline=None, max_examples=40)
hypothesis_settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

HERE = {"127.0.0.1", "::1", "localhost"}


class UndefinedVariable(str):
    """Makes a page fail when it names a variable that the view did not give."""

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"the template names « {name} », which the view does not give")


@pytest.fixture(autouse=True)
def quiet_settings(settings: Any, tmp_path: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "documents", "base_url": None},
        },
    }
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")


@pytest.fixture(autouse=True)
def empty_cache(quiet_settings: None) -> Iterator[None]:
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415 (Django is not ready yet)
    from django.core.cache import cache  # noqa: PLC0415

    cache.clear()
    ContentType.objects.clear_cache()  # a test that commits gives the types of objects other numbers
    yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine can be reached."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in HERE:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The browser of the journeys may leave a request behind, and PostgreSQL drops no database that somebody holds."""
    yield
    from django.db import connection  # noqa: PLC0415 (Django is not ready when this file is read)

    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
