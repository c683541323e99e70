"""A whole convention as a folder: take it away, send one, look at what was read, load it, undo it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.exchange.content.gathering import UnreadableFolder, files_of_archive
from maillage.exchange.content.schema import TABLES
from maillage.exchange.content.writing import write_archive
from maillage.exchange.forms import FolderForm
from maillage.exchange.operations.folders import (
    content_for,
    load_folder,
    read_complete_workbook,
    read_folder,
    undo_folder,
)
from maillage.exchange.operations.imports import UNDO_DAYS
from maillage.exchange.workbook import UnreadableWorkbook
from maillage.exchange.workbook.draft import ERROR
from maillage.people.spaces import person, territory_for, today
from maillage.plan.models import PlanImport
from maillage.plan.views.action_edit import convention_or_404
from maillage.printing.answers import ZIP, file_answer
from maillage.ui.answering import done

FOLDER = PlanImport.Mode.FOLDER
SHOWN_PROBLEMS = 200


@require_safe
def folder_download(request: HttpRequest, slug: str) -> HttpResponse:
    convention = convention_or_404(territory_for(request, slug, "plan.export_all"))
    archive = write_archive(content_for(convention, by=person(request)))
    return file_answer(archive, f"{slugify(convention.title)}-{today().isoformat()}.zip", ZIP)


@require_http_methods(["GET", "POST"])
def folder_new(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "plan.import")
    form = FolderForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.name.lower().endswith(".xlsx"):
                found = read_complete_workbook(territory, upload.file, upload.name, by=person(request))
            else:
                found = read_folder(territory, files_of_archive(upload.file), upload.name, by=person(request))
            return redirect("folder", slug, found.pk)
        except (UnreadableFolder, UnreadableWorkbook) as refusal:
            form.add_error("file", str(refusal))
    past = PlanImport.objects.filter(territory=territory, mode=FOLDER).exclude(state=PlanImport.State.READ)
    context = {"title": "Reprendre une convention d’un dossier", "form": form, "past": past.select_related("by")[:20]}
    return render(request, "exchange/folder_new.html", context)


@require_safe
def folder(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = folder_for(request, slug, pk)
    context = {
        "title": f"Ce qui a été lu dans « {found.file_name} »",
        "import": found,
        "refused": any(problem["severity"] == ERROR for problem in found.problems),
        "problems": found.problems[:SHOWN_PROBLEMS],
        "hidden": max(len(found.problems) - SHOWN_PROBLEMS, 0),
        "convention": found.draft["convention"][0] if found.draft else None,
        "goals": found.draft["goals"] if found.draft else [],
        "counts": [(table.model._meta.verbose_name_plural, found.counts[table.name]) for table in TABLES
                   if found.counts[table.name]],
        "undo_days": UNDO_DAYS,
    }  # fmt: skip
    return render(request, "exchange/folder.html", context)


@require_POST
def folder_load(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = folder_for(request, slug, pk)
    said = "La convention est chargée. Vous pouvez l’annuler pendant sept jours."
    if done(request, lambda: load_folder(found, by=person(request)), said):
        return redirect("convention", slug)
    return redirect("folder", slug, pk)


@require_POST
def folder_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = folder_for(request, slug, pk)
    done(request, lambda: undo_folder(found, by=person(request)), "La convention reprise du dossier est retirée.")
    return redirect("folder", slug, pk)


def folder_for(request: HttpRequest, slug: str, pk: int) -> PlanImport:
    territory = territory_for(request, slug, "plan.import")
    folders = PlanImport.objects.filter(territory=territory, mode=FOLDER)
    found = folders.filter(pk=pk).select_related("by", "territory").first()
    if found is None:
        raise Http404("Ce dossier n’existe pas.")
    return found
