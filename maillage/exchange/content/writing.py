"""A content as files: YAML for the convention, the goals and each action, CSV for the tables."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from maillage.exchange.content import FORMAT, Content, Row, yaml_files
from maillage.exchange.content.schema import TABLES, Column, Kind, Table
from maillage.exchange.content.values import cell, in_words

Files = dict[str, bytes]
#: The day written on every file of an archive: the same content makes the same archive.
ARCHIVE_DAY = (2020, 1, 1, 0, 0, 0)


def write_files(content: Content) -> Files:
    """Path → bytes, the same for the same content."""
    files: Files = {}
    for table in TABLES:
        rows = content[table.name]
        if table.name == "convention":
            files[table.file] = yaml_files.write({"format": FORMAT, **_mapping(table, rows[0])})
        elif table.name == "actions":
            for row in rows:
                files[f"{table.file}{row['key']}.yaml"] = yaml_files.write(_mapping(table, row, without="key"))
        elif table.file.endswith(".yaml"):
            files[table.file] = yaml_files.write([_mapping(table, row) for row in rows])
        else:
            files[table.file] = _csv(table, rows)
    return files


def write_folder(content: Content, folder: Path) -> list[Path]:
    """Writes the files under `folder` (made when missing); the paths written."""
    written = []
    for name, data in write_files(content).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        written.append(target)
    return written


def write_archive(content: Content) -> bytes:
    """The same files in one .zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in write_files(content).items():
            archive.writestr(zipfile.ZipInfo(name, ARCHIVE_DAY), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _mapping(table: Table, row: Row, *, without: str = "") -> dict[str, Any]:
    """A row as a YAML mapping; what is empty is not written."""
    pairs = ((column, row[column.field]) for column in table.columns if column.field != without)
    return {column.name: _yaml(table, column, value) for column, value in pairs if value not in (None, "", [], False)}


def _yaml(table: Table, column: Column, value: Any) -> Any:
    if column.kind == Kind.DAY:
        return yaml_files.Day(value)
    if column.kind == Kind.AMOUNT:
        return yaml_files.Figure(value)
    return in_words(table, column, value)


def _csv(table: Table, rows: list[Row]) -> bytes:
    """As French spreadsheets open it: semicolons, UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([cell(table, column, row[column.field]) for column in table.columns] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()
