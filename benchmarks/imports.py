"""Rows of a workbook read, shown and loaded in a second, with 200 and 2,000 actions: `python -m benchmarks.imports`.

The server's time alone, on SQLite, in one run; each row fills the columns of the national template.
"""

import io
import os
import tempfile
import time
from typing import Any

SIZES = (200, 2000)
HEADERS = [
    "Axe (x)", "Sous-axe (x.x)", "Titre de la fiche action", "Descriptif", "Objectifs", "Structure pilote",
    "Moyens humains et techniques", "Partenaires", "Personne pilote", "Élu·e référent·e", "Participation Citoyenne",
    "Financements", "Financeur 1", "Montant € HT", "Financeur 2", "Montant € HT", "Budget prévisionnel total € HT",
    "Statut", "Niveau de priorité", "Date de début", "Date de fin", "Notes",
]  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {
            "MAILLAGE_VAR": folder,
            "STATIC_ROOT": f"{folder}/static",
            "DEBUG": "0",
            "SECRET_KEY": "benchmark",
        }
        times = [measure(size) for size in SIZES]
    print(f"{'geste':<12}" + "".join(f"{size:>9} lignes" for size in SIZES) + f"{'rapport':>10}{'lignes par s':>15}")
    for step in times[0]:
        found = [taken[step] for taken in times]
        print(f"{step:<12}" + "".join(f"{seconds:>14.2f} s" for seconds in found)
              + f"{found[1] / found[0]:>10.1f}{SIZES[1] / found[1]:>15.0f}")  # fmt: skip


def measure(size: int) -> dict[str, float]:
    """Seconds of each step for a workbook of that many rows, into an empty territory."""
    from django.core.management import call_command  # noqa: PLC0415 (the environment is set first)
    from django.test import Client  # noqa: PLC0415

    from benchmarks import prepare  # noqa: PLC0415
    from maillage.exchange.operations.imports import load_import, read_import  # noqa: PLC0415
    from maillage.plan.models import Convention  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    by, slug = prepare.visitor(f"i{size}", 0)
    convention = Convention.objects.select_related("territory").get(territory__slug=slug)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(by)
    times: dict[str, float] = {}

    def timed(step: str, act: Any) -> Any:
        began = time.perf_counter()
        answer = act()
        times[step] = time.perf_counter() - began
        return answer

    file = workbook(size)
    found = timed("lecture", lambda: read_import(convention, file, "plan.xlsx", by=by))
    address = f"/espace/{slug}/plan/imports/{found.pk}/"
    assert timed("aperçu", lambda: client.get(address)).status_code == 200
    timed("chargement", lambda: load_import(found, by=by))
    return times


def workbook(size: int) -> io.BytesIO:
    """That many full rows, under ten axes."""
    from maillage.printing.sheets import Sheet, write_workbook  # noqa: PLC0415

    rows: list[list[Any]] = [
        [
            f"{n % 10 + 1}. Axe {n % 10 + 1}", f"{n % 10 + 1}.1. Sous-axe", f"Action numéro {n}",
            "Ce que l’on fait, avec qui et pour qui. " * 8, "Un objectif par ligne", f"Structure {n % 40}",
            "Un mi-temps", f"Partenaire {n % 30}, Partenaire {n % 17}", f"Prénom NOM{n % 50}", f"Élu NOM{n % 20}",
            "Concertation", "En clair", f"Financeur {n % 12}", 12_000 + n, f"Financeur {n % 7 + 20}", 8_000, 20_000 + n,
            "En cours", "Moyen", "01/01/2024", "31/12/2026", "Une note",
        ]
        for n in range(size)
    ]  # fmt: skip
    return io.BytesIO(write_workbook([Sheet("Plan", [HEADERS], rows)]))


if __name__ == "__main__":
    main()
