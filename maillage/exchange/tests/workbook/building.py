"""Workbooks made for the tests, in the shape of the national template."""

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data" / "plans"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared workbooks are not beside this checkout")

HEADERS = [
    "Axe (x)", "Sous-axe (x.x)", "Sous-sous axe (x.x.x)", "Titre de la fiche action", "Titre de la sous-action", "Descriptif",
    "Instances de gouvernance", "Objectifs", "Indicateurs liés", "Structure pilote", "Moyens humains et techniques",
    "Partenaires ", "Direction ou service pilote", "Personne pilote", "Élu·e référent·e ", "Participation Citoyenne",
    "Financements", "Financeur 1", "Montant € HT", "Financeur 2", "Montant € HT", "Financeur 3", "Montant € HT",
    "Budget prévisionnel total € HT", "Statut ", "Niveau de priorité", "Date de début", "Date de fin",
    "Action en amélioration continue", "Calendrier", "Mesures liées", "Notes", "Etapes de la fiche action", "Communes concernées",
]  # fmt: skip


def workbook(*rows: dict[Any, Any], headers: list[str] | None = None, sheet: str = "Plan") -> io.BytesIO:
    """A workbook whose rows (from row 3) are given by header; for a repeated header, by (header, rank)."""
    headers = headers or HEADERS
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    page.append(["Plan d’action"])
    page.append(headers)
    for row in rows:
        seen: dict[str, int] = {}
        cells = []
        for header in headers:
            rank = seen[header] = seen.get(header, 0) + 1
            cells.append(row.get((header, rank), row.get(header) if rank == 1 else None))
        page.append(cells)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def action(title: str = "Une action", more: dict[Any, Any] | None = None) -> dict[Any, Any]:
    return {"Axe (x)": "1. Un axe", "Titre de la fiche action": title} | (more or {})


def archive(entries: dict[str, bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
    file.seek(0)
    return file
