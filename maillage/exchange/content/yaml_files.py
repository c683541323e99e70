"""YAML written plainly (long texts as blocks, dates and figures as such) and read with the line of each value.

Every scalar is read as the text that it is: the schema says what it means, so that « 1.10 » stays a number of an
action and « no » a word. Aliases are refused: nothing of ours writes them, and they hide bombs.
"""

from dataclasses import dataclass
from typing import Any

import yaml

MAX_DEPTH = 6
#: What YAML takes for the end of a line, and nobody types.
RARE_BREAKS = ("\x85", "\u2028", "\u2029")


class Day(str):
    """A text written as a YAML date."""


class Figure(str):
    """A text written as a YAML number."""


class UnreadableYaml(ValueError):
    """`line` counts from 1; the text is a French sentence."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a file with its line: a text, None, a list or a mapping of such."""

    value: Any
    line: int


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: Any, text: str) -> Any:
    # The emitter falls back on quotes by itself for what a block cannot hold, save for rare breaks that it would fold.
    style = '"' if any(sign in text for sign in RARE_BREAKS) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Day, lambda dumper, day: dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(day)))
_Dumper.add_representer(Figure, lambda dumper, figure: dumper.represent_scalar("tag:yaml.org,2002:float", str(figure)))


def write(data: Any) -> bytes:
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=110)
    return str(text).encode()


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            line: int = self.get_mark().line + 1
            raise UnreadableYaml(line, "les renvois (*) ne sont pas acceptés.")
        return super().compose_node(parent, index)


def read(content: bytes) -> Said:
    """The document, each value with its line. Raises `UnreadableYaml`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableYaml(line, "ce fichier n’est pas écrit en UTF-8. Enregistrez-le en UTF-8.") from None
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableYaml(mark.line + 1 if mark else 1, "cette ligne n’est pas du YAML.") from None
    except (yaml.YAMLError, RecursionError):
        raise UnreadableYaml(1, "ce fichier n’est pas du YAML.") from None
    return Said(None, 1) if node is None else _said(node, 0)


def _said(node: Any, depth: int) -> Said:
    line = node.start_mark.line + 1
    if depth > MAX_DEPTH:
        raise UnreadableYaml(line, "des listes sont emboîtées trop profondément.")
    if isinstance(node, yaml.ScalarNode):
        return Said(None if node.tag == "tag:yaml.org,2002:null" else node.value, line)
    if isinstance(node, yaml.SequenceNode):
        return Said([_said(item, depth + 1) for item in node.value], line)
    found: dict[str, Said] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in found:
            name = getattr(key, "value", "")
            raise UnreadableYaml(key.start_mark.line + 1, f"« {name} » est écrit deux fois, ou n’est pas un nom.")
        found[key.value] = Said(_said(value, depth + 1).value, key.start_mark.line + 1)
    return Said(found, line)
