"""The fields that a Word template may name, read from the page itself: the screen and the guide say the same."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from maillage.exchange.out.example import example_page


class Field(NamedTuple):
    """`tag` is what one writes in the template, `kind` what one finds there."""

    tag: str
    kind: str


def fields_of(document: str) -> list[Field]:
    """Every field of that document (« action » or « plan »), those of a list after it, under a name for its rows."""
    return list(_fields(example_page(document), ""))


def _fields(page: dict[str, Any], of: str) -> Iterator[Field]:
    for name, value in page.items():
        tag = f"{of}{name}"
        if isinstance(value, bool):
            yield Field(tag, "oui ou non")
        elif not isinstance(value, list):
            yield Field(tag, "texte")
        elif value and isinstance(value[0], dict):
            yield Field(tag, "liste")
            if name not in {"actions", "actions_sans_objectif"}:
                yield from _fields(value[0], f"{tag}[].")
        else:
            yield Field(tag, "liste de textes")


def fields_page(document: str) -> str:
    """The table of the fields, in Markdown."""
    rows = [f"| `{tag}` | {kind} |" for tag, kind in fields_of(document)]
    return "\n".join(["| Champ | Contenu |", "| --- | --- |", *rows])
