from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.access.may import require
from maillage.documents.models import Document
from maillage.documents.operations import attach_document, remove_document
from maillage.documents.subjects import Subject, subject_of
from maillage.people.models import User
from maillage.people.spaces import territory_for


@require_safe
def document_download(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The file as an attachment, after a fresh look at the permission; never opened in the page."""
    document, _kind = document_for(request, slug, pk)
    try:
        response = FileResponse(document.file.open("rb"), as_attachment=True, filename=document.name)
    except FileNotFoundError:
        raise Http404("Ce fichier n’est plus sur le serveur. Prévenez votre hébergeur.") from None
    response["Content-Type"] = document.media_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def document_attach(request: HttpRequest, slug: str, word: str, subject_pk: int) -> HttpResponse:
    territory = territory_for(request, slug)
    kind = subject_of(word)
    subject = kind.model._default_manager.filter(pk=subject_pk, territory=territory).first() if kind else None
    if kind is None or subject is None:
        raise Http404("Cet élément n’existe pas, ou il a été supprimé.")
    require(cast(User, request.user), kind.edit, subject)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise ValidationError("Choisissez d’abord un fichier.")
        document = attach_document(subject, upload, by=cast(User, request.user))
        messages.success(request, f"« {document} » est joint.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(kind.url(subject))


@require_http_methods(["GET", "POST"])
def document_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    document, kind = document_for(request, slug, pk)
    require(cast(User, request.user), kind.edit, document.subject)
    back = kind.url(document.subject)
    if request.method == "POST":
        remove_document(document, by=cast(User, request.user))
        messages.success(request, f"« {document.name} » est retiré.")
        return redirect(back)
    context = {"title": "Retirer ce document ?", "document": document, "back": back}
    return render(request, "documents/remove.html", context)


def document_for(request: HttpRequest, slug: str, pk: int) -> tuple[Document, Subject]:
    """The document of that address with its kind of subject, for a person who may read it; 404 otherwise."""
    territory = territory_for(request, slug)
    document = Document.objects.filter(territory=territory, pk=pk).select_related("subject_type").first()
    kind = subject_of(document.subject_type.model) if document else None
    if document is None or kind is None or document.subject is None:
        raise Http404("Ce document n’existe pas, ou il a été retiré.")
    require(cast(User, request.user), kind.view, document.subject)
    return document, kind
