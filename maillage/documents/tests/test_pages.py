import pytest
from django.contrib.messages import get_messages
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from maillage.access.roles import Role
from maillage.documents.models import Document
from maillage.documents.operations import attach_document
from maillage.documents.tests.conftest import member_of, upload
from maillage.documents.tests.samples import PDF, png
from maillage.people.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(territory, coordinator) -> Document:
    return attach_document(territory, upload("l’été à l’Isle.pdf"), by=coordinator)


def url(name: str, *args: object) -> str:
    return reverse(name, args=args)


def test_a_download_is_a_file_to_save_and_never_a_page(client, document, reader):
    client.force_login(reader)
    answer = client.get(url("document_download", "ici", document.pk))
    assert answer.status_code == 200 and b"".join(answer) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert (
        answer["Content-Disposition"]
        == "attachment; filename*=utf-8''l%E2%80%99%C3%A9t%C3%A9%20%C3%A0%20l%E2%80%99Isle.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_access_is_asked_again_at_each_download(client, document, reader):
    client.force_login(reader)
    assert b"".join(client.get(url("document_download", "ici", document.pk))) == PDF
    Membership.objects.filter(user=reader).update(ended_at=timezone.now())
    assert client.get(url("document_download", "ici", document.pk)).status_code == 404


@pytest.mark.parametrize("name", ["document_download", "document_remove"])
def test_a_stranger_gets_404_on_documents_under_either_space(client, document, elsewhere, name):
    client.force_login(member_of(elsewhere, Role.COORDINATOR))
    assert client.get(url(name, "ici", document.pk)).status_code == 404
    assert client.get(url(name, "ailleurs", document.pk)).status_code == 404


def test_a_stranger_gets_404_when_joining_to_what_belongs_to_another_space(client, territory, elsewhere):
    client.force_login(member_of(elsewhere, Role.COORDINATOR))
    for slug in ("ici", "ailleurs"):
        address = url("document_attach", slug, "territory", territory.pk)
        assert client.get(address).status_code == 404
        assert client.post(address, {"file": upload()}).status_code == 404
    assert not Document.objects.exists()


def test_nobody_enters_without_signing_in(client, document):
    assert client.get(url("document_download", "ici", document.pk)).status_code == 302


def test_a_member_without_the_verb_gets_403(client, document, territory, reader):
    client.force_login(reader)
    assert client.post(url("document_attach", "ici", "territory", territory.pk), {"file": upload()}).status_code == 403
    assert client.post(url("document_remove", "ici", document.pk)).status_code == 403


@pytest.mark.parametrize("word", ["territory", "unknown", "user"])
def test_what_carries_no_document_or_has_gone_answers_404(client, territory, coordinator, word):
    client.force_login(coordinator)
    assert client.get(url("document_attach", "ici", word, territory.pk + 99)).status_code == 404


def test_a_document_whose_subject_has_gone_answers_404(client, document, coordinator):
    Document.objects.update(subject_id=999_999)
    client.force_login(coordinator)
    assert client.get(url("document_download", "ici", document.pk)).status_code == 404


def test_a_document_whose_bytes_are_missing_answers_404(client, document, coordinator):
    document.file.storage.delete(document.file.name)
    client.force_login(coordinator)
    assert client.get(url("document_download", "ici", document.pk)).status_code == 404


def test_joining_leads_back_to_the_subject(client, territory, coordinator):
    client.force_login(coordinator)
    answer = client.post(url("document_attach", "ici", "territory", territory.pk), {"file": upload()})
    assert answer.status_code == 302 and answer["Location"] == "/espace/ici/territoire/"
    assert Document.objects.get().name == "délibération.pdf"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "Choisissez un fichier"),
        ({"file": upload("a.svg", b"<svg/>")}, "SVG"),
        ({"file": upload("a.pdf", b"")}, "vide"),
    ],
)
def test_a_refusal_comes_back_beside_the_field(client, territory, coordinator, files, words):
    client.force_login(coordinator)
    answer = client.post(url("document_attach", "ici", "territory", territory.pk), files)
    page = answer.content.decode()
    assert answer.status_code == 200 and words in page and 'aria-invalid="true"' in page
    assert not Document.objects.exists()


def test_removing_asks_first(client, document, coordinator):
    client.force_login(coordinator)
    address = url("document_remove", "ici", document.pk)
    assert "Gardez une copie" in client.get(address).content.decode()
    assert Document.objects.exists()
    answer = client.post(address)
    assert answer["Location"] == "/espace/ici/territoire/" and not Document.objects.exists()
    assert "est retiré" in str(list(get_messages(answer.wsgi_request))[0])


def block(territory, user, may_attach: bool) -> str:
    request = RequestFactory().get("/")
    request.user = user
    template = Template("{% load documents %}{% documents_of territory 'ici' may_attach %}")
    return template.render(Context({"request": request, "territory": territory, "may_attach": may_attach}))


def test_the_block_lists_documents_in_one_query(document, territory, coordinator, django_assert_num_queries):
    attach_document(territory, upload("plan.png", png()), by=coordinator)
    with django_assert_num_queries(1):
        page = block(territory, coordinator, True)
    assert page.index("plan.png") < page.index("l’été à l’Isle.pdf")
    assert "image PNG" in page and "Retirer" in page and 'enctype="multipart/form-data"' in page


def test_the_block_offers_no_gesture_to_who_may_not(document, territory, reader):
    page = block(territory, reader, False)
    assert "l’été à l’Isle.pdf" in page and "Retirer" not in page and "<form" not in page
