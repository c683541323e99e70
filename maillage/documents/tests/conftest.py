from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from maillage.access.roles import Role
from maillage.documents import subjects
from maillage.documents.tests.samples import PDF
from maillage.people.models import Membership
from maillage.territories.models import Territory


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Documents go to a real disk, under the folder that is given back."""
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path, base_url=None))
    return tmp_path


@pytest.fixture(autouse=True)
def a_territory_carries_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """The capabilities that carry documents stand above: here a territory stands for their objects."""
    monkeypatch.setattr(subjects, "_subjects", {})
    subjects.register(Territory, "territory.view", "territory.edit", lambda row: f"/espace/{row.slug}/territoire/")


@pytest.fixture
def territory(db) -> Territory:
    return Territory.objects.create(slug="ici", name="Ici", kind=Territory.Kind.EPCI)


@pytest.fixture
def elsewhere(db) -> Territory:
    return Territory.objects.create(slug="ailleurs", name="Ailleurs", kind=Territory.Kind.EPCI)


@pytest.fixture
def coordinator(territory):
    return member_of(territory, Role.COORDINATOR)


@pytest.fixture
def reader(territory):
    return member_of(territory, Role.READER)


def member_of(territory: Territory, role: Role):
    user = get_user_model().objects.create_user(f"{role}@{territory.slug}.fr", name=role.label)
    Membership.objects.create(territory=territory, user=user, role=role)
    return user


def upload(name: str = "délibération.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")
