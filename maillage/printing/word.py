"""Word documents from a .docx template that anybody can edit in a word processor (docxtpl: Jinja in the text)."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment


class WrongTemplate(ValueError):
    """The template cannot be filled; its text is the French sentence that says what to mend."""


def render_word(template: str | Path | IO[bytes], data: Mapping[str, Any]) -> bytes:
    """The .docx of a template filled with plain data; what people wrote is escaped.

    The template may come from a territory: it is filled in a sandbox, where it can read `data` and nothing else.
    Raises `WrongTemplate` when a field or a tag of the template is not understood.
    """
    try:
        document = DocxTemplate(template)
        document.render(dict(data), jinja_env=SandboxedEnvironment(), autoescape=True)
    except TemplateError as fault:
        raise WrongTemplate(f"Le modèle Word contient une balise mal écrite : {fault}.") from fault
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise WrongTemplate("Ce modèle Word ne peut pas être lu. Enregistrez-le de nouveau en .docx.") from fault
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
