import hashlib
import os
import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command

from maillage.access.roles import Role
from maillage.documents.models import Document
from maillage.documents.operations import attach_document, remove_document
from maillage.documents.tests.conftest import member_of, upload
from maillage.documents.tests.samples import PDF, png
from maillage.journal.models import Entry
from maillage.territories.models import Territory

pytestmark = pytest.mark.django_db


def files_on(disk) -> list[str]:
    return [path.name for path in disk.rglob("*") if path.is_file()]


def test_a_joined_document_keeps_its_bytes_and_its_name_says_nothing_on_the_disk(territory, coordinator, disk):
    document = attach_document(territory, upload(), by=coordinator)
    document.refresh_from_db()
    with document.file.open() as kept:
        assert kept.read() == PDF
    assert (document.name, document.media_type, document.size) == ("délibération.pdf", "application/pdf", len(PDF))
    assert document.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (document.territory, document.subject, document.uploaded_by) == (territory, territory, coordinator)
    [name] = files_on(disk)
    assert "pdf" not in name and "lib" not in name


def test_joining_writes_one_entry_in_the_history_of_the_subject(territory, coordinator):
    attach_document(territory, upload(), by=coordinator)
    entry = Entry.objects.get()
    assert (entry.subject, entry.actor, entry.verb) == (territory, coordinator, "territory.edit")
    assert entry.sentence == "Document joint : « délibération.pdf »"


def test_who_may_not_edit_the_subject_may_not_join_nor_remove(territory, coordinator, reader, disk):
    with pytest.raises(PermissionDenied):
        attach_document(territory, upload(), by=reader)
    assert not files_on(disk)
    document = attach_document(territory, upload(), by=coordinator)
    with pytest.raises(PermissionDenied):
        remove_document(document, by=reader)
    assert Document.objects.exists() and files_on(disk)


def test_a_refused_file_leaves_nothing(territory, coordinator, disk):
    with pytest.raises(ValidationError, match="macros"):
        attach_document(territory, upload("plan.xlsm"), by=coordinator)
    assert not Document.objects.exists() and not Entry.objects.exists() and not files_on(disk)


def test_the_limit_is_a_setting(territory, coordinator, settings):
    settings.DOCUMENT_MAX_BYTES = 20
    with pytest.raises(ValidationError, match="dépasse"):
        attach_document(territory, upload(), by=coordinator)


def test_the_same_file_is_joined_once_to_a_subject(territory, coordinator, disk):
    attach_document(territory, upload(), by=coordinator)
    with pytest.raises(ValidationError, match="déjà joint ici"):
        attach_document(territory, upload("autre nom.pdf"), by=coordinator)
    assert Document.objects.count() == 1 and len(files_on(disk)) == 1


def test_a_full_disk_is_said_in_a_sentence_and_leaves_neither_row_nor_bytes(territory, coordinator, disk, monkeypatch):
    def half_written(storage, name, content):
        path = disk / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(10))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", half_written)
    with pytest.raises(ValidationError, match="la place manque"):
        attach_document(territory, upload(), by=coordinator)
    assert not Document.objects.exists() and not files_on(disk)


def test_a_subject_deleted_meanwhile_takes_no_document(elsewhere, disk):
    from_memory = Territory.objects.get(pk=elsewhere.pk)
    coordinator = member_of(elsewhere, Role.COORDINATOR)
    coordinator.remember_role(elsewhere.pk, "coordinator")
    elsewhere.delete()
    with pytest.raises(ValidationError, match="supprimé"):
        attach_document(from_memory, upload(), by=coordinator)
    assert not files_on(disk)


def test_removing_takes_the_row_now_and_the_bytes_once_it_is_certain(
    territory, coordinator, disk, django_capture_on_commit_callbacks
):
    document = attach_document(territory, upload(), by=coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(document, by=coordinator)
        assert files_on(disk)
    assert not files_on(disk) and not Document.objects.exists()
    entry = Entry.objects.order_by("pk").last()
    assert (
        entry.sentence == "Document retiré : « délibération.pdf »"
        and document.sha256[:16] in entry.changes[0]["before"]
    )


def test_removing_twice_is_said_in_a_sentence(territory, coordinator):
    document = attach_document(territory, upload(), by=coordinator)
    remove_document(Document.objects.get(), by=coordinator)
    with pytest.raises(ValidationError, match="déjà retiré"):
        remove_document(document, by=coordinator)


def test_cleaning_sweeps_what_nothing_names_and_nothing_else(territory, coordinator, disk, capsys):
    kept = attach_document(territory, upload(), by=coordinator)
    orphan = attach_document(territory, upload("plan.png", png()), by=coordinator)
    Document.objects.filter(pk=orphan.pk).update(subject_id=999_999)
    old = disk / "ab" / "abandoned"
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(b"x")
    (disk / "ab" / "being-written").write_bytes(b"x")
    for path in disk.rglob("*"):
        if path.is_file() and path.name != "being-written":
            os.utime(path, (time.time() - 7_200,) * 2)
    call_command("clean_documents")
    assert "Documents supprimés : 1. Fichiers supprimés : 2." in capsys.readouterr().out
    assert list(Document.objects.all()) == [kept]
    assert sorted(files_on(disk)) == sorted(["being-written", kept.file.name.rpartition("/")[2]])
