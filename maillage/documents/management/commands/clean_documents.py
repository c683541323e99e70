import datetime as dt
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from maillage.documents.holders import paths_held
from maillage.documents.models import Document
from maillage.documents.storing import take_out

#: A younger file may be one whose row is being written.
AGE = dt.timedelta(hours=1)


class Command(BaseCommand):
    help = "Supprime les documents dont l’objet a disparu et les fichiers que plus rien ne nomme."

    def handle(self, *args: Any, **options: Any) -> None:
        documents = remove_documents_without_subject()
        files = remove_files_without_document()
        self.stdout.write(f"Documents supprimés : {documents}. Fichiers supprimés : {files}.")


def remove_documents_without_subject() -> int:
    """Rows whose subject was deleted; their bytes fall in the next step, or at the next run."""
    gone = [row.pk for row in Document.objects.prefetch_related("subject").iterator(500) if row.subject is None]
    Document.objects.filter(pk__in=gone).delete()
    return len(gone)


def remove_files_without_document() -> int:
    swept = 0
    for folder in default_storage.listdir("")[0]:
        known = set(Document.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
        known |= paths_held(f"{folder}/")
        for name in default_storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if path not in known and timezone.now() - default_storage.get_modified_time(path) > AGE:
                take_out(path)
                swept += 1
    return swept
