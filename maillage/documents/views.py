from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.documents.forms import AttachForm
from maillage.documents.operations import attach_document, remove_document
from maillage.documents.queries import document_for, row_for
from maillage.documents.storing import stored_answer
from maillage.people.spaces import territory_for


@require_safe
def document_download(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """The bytes, after a fresh check."""
    document, _ = document_for(request.user, territory_for(request, slug), pk)
    return stored_answer(str(document.file.name), document.name, document.media_type)


@require_http_methods(["GET", "POST"])
def document_attach(request: HttpRequest, slug: str, word: str, subject_pk: int) -> HttpResponse:
    row, subject = row_for(request.user, territory_for(request, slug), word, subject_pk)
    form = AttachForm(request.POST, request.FILES) if request.method == "POST" else AttachForm()
    if form.is_valid():
        try:
            document = attach_document(row, form.cleaned_data["file"], by=request.user)
            messages.success(request, f"« {document} » est joint.")
            return redirect(subject.url(row))
        except ValidationError as refusal:
            form.add_error("file", refusal.messages)
    context = {"form": form, "title": "Joindre un document", "row": row, "back": subject.url(row)}
    return render(request, "documents/attach.html", context)


@require_http_methods(["GET", "POST"])
def document_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    document, subject = document_for(request.user, territory_for(request, slug), pk, edit=True)
    back = subject.url(document.subject)
    if request.method == "POST":
        try:
            remove_document(document, by=request.user)
            messages.success(request, f"« {document} » est retiré. Le journal en garde la trace.")
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        return redirect(back)
    context = {"title": "Retirer ce document ?", "document": document, "back": back}
    return render(request, "documents/remove.html", context)
