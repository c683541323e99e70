"""Word documents from a .docx template that anybody can edit in a word processor (docxtpl: Jinja in the text)."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment


class WrongTemplate(ValueError):
    """The template cannot be filled; its text is the French sentence that says what to mend."""


class _Environment(SandboxedEnvironment):
    """Reads the page and nothing else: no loop over a made-up range, no text multiplied until the memory is full."""

    intercepted_binops = frozenset(["*", "**", "%"])
    #: Filters that widen a text as much as they are told to.
    widening = ("center", "format", "indent")

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined)
        self.globals.clear()
        for name in self.widening:
            del self.filters[name]

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"l’opération « {operator} » n’est pas permise")

    def wrap_str_format(self, value: Any) -> None:
        """The sandbox lends texts a safe `format`; a template needs none."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not isinstance(obj, str) and super().is_safe_attribute(obj, attr, value)


def render_word(template: str | Path | IO[bytes], data: Mapping[str, Any]) -> bytes:
    """The .docx of a template filled with plain data; what people wrote is escaped.

    The template may come from a territory: it is filled in a sandbox, where it can read `data` and nothing else.
    Raises `WrongTemplate` when a field or a tag of the template is not understood.
    """
    try:
        document = DocxTemplate(template)
        document.render(dict(data), jinja_env=_Environment(), autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except UndefinedError as fault:
        raise WrongTemplate(
            f"Ce modèle Word nomme un champ que Maillage ne connaît pas ({fault}). Voyez la liste des champs."
        ) from fault
    except TemplateError as fault:
        raise WrongTemplate(f"Ce modèle Word contient une balise mal écrite : {fault}.") from fault
    except (RecursionError, ArithmeticError) as fault:
        raise WrongTemplate(
            "Ce modèle Word contient un calcul impossible, ou qui ne finit pas : retirez ce calcul, puis réessayez."
        ) from fault
    except (KeyError, ValueError, TypeError, AttributeError, BadZipFile, SyntaxError) as fault:
        raise WrongTemplate("Ce modèle Word ne peut pas être lu. Enregistrez-le de nouveau en .docx.") from fault
    return out.getvalue()
