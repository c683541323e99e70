"""A territory takes a Word template of its own, or goes back to ours."""

import io
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from maillage.access.may import require
from maillage.documents.models import stored_name
from maillage.documents.rules import accept
from maillage.documents.storing import put_away, take_out
from maillage.exchange.models import WordTemplate
from maillage.exchange.out.example import example_page
from maillage.journal.operations import record
from maillage.people.models import User
from maillage.printing.answers import WORD
from maillage.printing.word import WrongTemplate, render_word
from maillage.territories.models import Territory

MAX_BYTES = 5 * 1024 * 1024


def choose_template(territory: Territory, kind: str, upload: "UploadedFile[Any]", *, by: User) -> WordTemplate:
    """Takes a .docx as the template of that document, once it has been filled with an example.

    Raises `ValidationError` when the file is refused or a tag is wrong; the template in use then stays.
    """
    require(by, "word_template.edit", territory)
    stream: Any = upload
    accepted = accept(upload.name or "", upload.size or 0, stream, max_bytes=MAX_BYTES)
    if accepted.media_type != WORD:
        raise ValidationError("Un modèle est un texte Word (.docx). Enregistrez-le sous ce format, puis réessayez.")
    stream.seek(0)
    content = stream.read()
    try:
        render_word(io.BytesIO(content), example_page(kind))
    except WrongTemplate as fault:
        raise ValidationError(str(fault)) from fault
    path = put_away(stored_name(None, ""), io.BytesIO(content))  # type: ignore[arg-type]
    try:
        with transaction.atomic():
            Territory.objects.select_for_update().get(pk=territory.pk)
            template = WordTemplate.objects.filter(territory=territory, kind=kind).first()
            before = template.file.name if template else ""
            template = template or WordTemplate(territory=territory, kind=kind)
            template.name, template.size, template.uploaded_by = accepted.name, len(content), by
            template.file.name = path
            template.full_clean(exclude=["file"])
            template.save()
            record(template, "word_template.edit", f"Modèle Word choisi : {template}", by=by)
            if before:
                transaction.on_commit(partial(take_out, before))
    except BaseException:
        take_out(path)
        raise
    return template


@transaction.atomic
def drop_template(territory: Territory, kind: str, *, by: User) -> None:
    """Goes back to our template."""
    require(by, "word_template.edit", territory)
    template = WordTemplate.objects.select_for_update().filter(territory=territory, kind=kind).first()
    if template is None:
        raise ValidationError("Ce document suit déjà le modèle de Maillage.")
    record(template, "word_template.edit", f"Modèle Word retiré : {template}", by=by)
    transaction.on_commit(partial(take_out, str(template.file.name)))
    template.delete()
