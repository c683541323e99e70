"""Files back into a content. Everything that is wrong is said, each with its file and its line; nothing is guessed."""

import csv
import io
import re
from collections import Counter
from typing import Any

from maillage.exchange.content import FORMAT, Content, Row, yaml_files
from maillage.exchange.content.schema import BY_NAME, TABLES, Column, Kind, Table
from maillage.exchange.content.values import Refused, read, unsheltered
from maillage.exchange.content.writing import Files
from maillage.exchange.content.yaml_files import Said, UnreadableYaml
from maillage.exchange.workbook.draft import Problem

ACTIONS = BY_NAME["actions"]
_ACTION_FILE = re.compile(r"actions/([a-z0-9_-]{1,80})\.yaml")
#: What an operating system leaves in a folder, and nobody wrote.
_LITTER = re.compile(r"(^|/)(\.[^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(/|$)", re.IGNORECASE)
#: A field larger than this is not a text that somebody wrote.
csv.field_size_limit(1_000_000)


class FolderReader:
    """Reads files one after the other; `places` keeps where each row was said, for what is judged afterwards."""

    def __init__(self, files: Files) -> None:
        self.files = {name: data for name, data in files.items() if not _LITTER.search(name)}
        self.problems: list[Problem] = []
        self.content: Content = {table.name: [] for table in TABLES}
        self.places: dict[str, list[tuple[str, int]]] = {table.name: [] for table in TABLES}

    def read(self) -> Content:
        self._expect()
        for table in TABLES:
            if table.name == "actions":
                self._actions()
            elif table.file in self.files:
                (self._csv if table.file.endswith(".csv") else self._yaml)(table, table.file)
        return self.content

    def wrong(self, file: str, line: int, column: str, message: str) -> None:
        self.problems.append(Problem(file, line, column, message))

    def _expect(self) -> None:
        """Every file of the schema and no other, so that nothing is lost in silence."""
        for table in TABLES:
            if table.name != "actions" and table.file not in self.files:
                self.wrong(table.file, 0, "", "Ce fichier manque dans le dossier.")
        known = {table.file for table in TABLES}
        for name in self.files:
            if name not in known and not _ACTION_FILE.fullmatch(name):
                self.wrong(name, 0, "", "Ce fichier n’est pas attendu ici. Retirez-le du dossier.")

    def _yaml(self, table: Table, file: str, key: str = "") -> None:
        try:
            said = yaml_files.read(self.files[file])
        except UnreadableYaml as refusal:
            return self.wrong(file, refusal.line, "", _sentence(str(refusal)))
        items = said.value if table.name == "goals" else [said]
        if not isinstance(items or [], list):
            return self.wrong(file, said.line, "", "On attend une liste d’objectifs.")
        for item in items or []:
            if not isinstance(item.value, dict):
                self.wrong(file, item.line, "", "On attend des lignes « nom: valeur ».")
                continue
            fields = dict(item.value)
            if table.name == "convention" and not self._format(file, fields.pop("format", None)):
                return None
            self._row(table, file, item.line, fields, key)
        return None

    def _format(self, file: str, said: Said | None) -> bool:
        """Whether this version of the format is one that we read."""
        text = str(said.value) if said else ""
        line = said.line if said else 1
        if not text.isascii() or not text.isdigit():
            self.wrong(file, line, "format", "La version du format manque : la première ligne dit « format: 1 ».")
            return False
        if int(text) > FORMAT:
            self.wrong(
                file, line, "format",
                f"Ce dossier est écrit au format {text}, plus récent que celui de Maillage ici ({FORMAT}). "
                "Mettez Maillage à jour, puis réessayez.",
            )  # fmt: skip
            return False
        return True

    def _actions(self) -> None:
        for file in sorted(self.files):
            if match := _ACTION_FILE.fullmatch(file):
                self._yaml(ACTIONS, file, match[1])
        pairs = sorted(
            zip(self.content["actions"], self.places["actions"], strict=True),
            key=lambda pair: (pair[0]["position"] or 0, pair[0]["key"] or ""),
        )
        self.content["actions"] = [row for row, _place in pairs]
        self.places["actions"] = [place for _row, place in pairs]

    def _csv(self, table: Table, file: str) -> None:
        try:
            text = self.files[file].decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.files[file][: error.start].count(b"\n") + 1
            return self.wrong(file, line, "", "Ce fichier n’est pas écrit en UTF-8. Enregistrez-le en UTF-8.")
        delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            header = next(lines, [])
            if not self._header(table, file, header):
                return None
            before = lines.line_num
            for cells in lines:
                self._cells(table, file, before + 1, header, cells)
                before = lines.line_num
        except csv.Error:
            self.wrong(file, lines.line_num, "", "Un guillemet de cette ligne n’est pas refermé.")
        return None

    def _header(self, table: Table, file: str, header: list[str]) -> bool:
        expected = {column.name for column in table.columns}
        for name in sorted(expected - set(header)):
            self.wrong(file, 1, name, f"La colonne « {name} » manque.")
        for name in header:
            if name not in expected:
                self.wrong(file, 1, name, f"La colonne « {name} » n’est pas attendue ici.")
        twice = [name for name, count in Counter(header).items() if count > 1]
        for name in twice:
            self.wrong(file, 1, name, f"La colonne « {name} » est donnée deux fois.")
        return set(header) == expected and not twice

    def _cells(self, table: Table, file: str, line: int, header: list[str], cells: list[str]) -> None:
        if not any(cells):
            return
        if len(cells) != len(header):
            self.wrong(file, line, "", f"Cette ligne compte {len(cells)} cellules ; on en attend {len(header)}.")
            return
        fields = {name: Said(unsheltered(text), line) for name, text in zip(header, cells, strict=True)}
        self._row(table, file, line, fields)

    def _row(self, table: Table, file: str, line: int, said: dict[str, Said], key: str = "") -> None:
        row: Row = {}
        for column in table.columns:
            given = said.pop(column.name, None)
            if key and column.kind == Kind.KEY:
                row[column.field] = key
                continue
            row[column.field] = self._value(table, column, file, line, given)
        for name, value in said.items():
            self.wrong(file, value.line, name, f"« {name} » n’est pas attendu ici.")
        self.content[table.name].append(row)
        self.places[table.name].append((file, line))

    def _value(self, table: Table, column: Column, file: str, line: int, given: Said | None) -> Any:
        value = given.value if given else None
        if isinstance(value, list):
            value = [item.value for item in value]
        try:
            return read(table, column, value)
        except Refused as refusal:
            self.wrong(file, given.line if given else line, column.name, _sentence(str(refusal)))
            return read(table, Column(column.name, column.field, column.kind), None)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
