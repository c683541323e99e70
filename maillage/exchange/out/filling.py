"""The Word documents: the territory's template, or ours, filled with the pages."""

import io
from pathlib import Path
from typing import Any

from django.http import Http404

from maillage.exchange.models import WordTemplate
from maillage.printing.word import render_word
from maillage.territories.models import Territory

OURS = Path(__file__).resolve().parent.parent / "word"


def template_of(territory: Territory, kind: str) -> bytes:
    """The bytes of the template in use. `Http404` when the server has lost them."""
    own = WordTemplate.objects.filter(territory=territory, kind=kind).first()
    if own is None:
        return (OURS / f"{kind}.docx").read_bytes()
    try:
        with own.file.open("rb") as stream:
            content: bytes = stream.read()
            return content
    except OSError:
        raise Http404("Ce modèle manque sur le serveur. Prévenez l’équipe qui héberge votre espace.") from None


def fill_word(territory: Territory, kind: str, page: dict[str, Any]) -> bytes:
    """The document, from the template that the territory uses."""
    return render_word(io.BytesIO(template_of(territory, kind)), page)
