"""From the yearly packages of the official code (COG) to one compact file where each state is written once.

Source: npm package `@etalab/decoupage-administratif`, made from INSEE's Code officiel géographique, the DGCL's list of
EPCI and La Poste's postal codes (Licence Ouverte 2.0). One npm version stands for one edition.
"""

import gzip
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from maillage.territories.areas import DATA

#: Edition (state of the 1st of January) → version of the npm package.
VERSIONS = {2021: "1.1.1", 2022: "2.3.1", 2023: "3.1.1", 2024: "4.1.0", 2025: "5.3.0", 2026: "6.0.0"}
KINDS = {
    "commune-actuelle": "COM", "commune-deleguee": "COMD", "commune-associee": "COMA", "arrondissement-municipal": "ARM"
}  # fmt: skip
Row = tuple[str, ...]


def build_editions() -> None:
    """Writes communes, populations, epci, departements and regions under `data/`."""
    packages = {edition: _package(version) for edition, version in VERSIONS.items()}
    _write("communes", _merged({edition: _communes(package) for edition, package in packages.items()}))
    _write("populations", _populations(packages))
    _write("epci", _merged({edition: _epci(package) for edition, package in packages.items()}))
    latest = packages[max(packages)]
    _write("departements", [(row["code"], row["nom"], row["region"]) for row in latest["departements"]])
    _write("regions", [(row["code"], row["nom"]) for row in latest["regions"]])


def _package(version: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        name = f"@etalab/decoupage-administratif@{version}"
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", folder, name], check=True)  # noqa: S603, S607
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as tar:
            return {
                key: json.load(tar.extractfile(f"package/data/{key}.json"))  # type: ignore[arg-type]
                for key in ("communes", "epci", "departements", "regions")
            }


def _communes(package: dict[str, Any]) -> Iterable[Row]:
    """(code, kind, name, departement, parent, epci): `parent` is the commune of a part of a commune."""
    epci_of = {member["code"]: epci["code"] for epci in package["epci"] for member in epci["membres"]}
    for row in package["communes"]:
        kind = KINDS[row["type"]]
        # Overseas collectivities have no département: their own code stands in.
        home = row.get("departement") or row.get("collectivite", {}).get("code", "")
        parent = row.get("chefLieu") or row.get("commune") or ""
        epci = epci_of.get(row["code"], "") if kind == "COM" else ""
        yield row["code"], kind, row["nom"], home, "" if kind == "COM" else parent, epci


def _epci(package: dict[str, Any]) -> Iterable[Row]:
    return ((row["code"], row["type"], row["nom"]) for row in package["epci"])


def _populations(packages: dict[int, dict[str, Any]]) -> Iterable[Row]:
    """Code of a commune, then its population in each edition, empty where it has none."""
    found = {
        edition: {row["code"]: str(row["population"]) for row in package["communes"]
                  if row["type"] == "commune-actuelle" and row.get("population") is not None}
        for edition, package in packages.items()
    }  # fmt: skip
    codes = sorted({code for rows in found.values() for code in rows})
    return ((code, *(found[edition].get(code, "") for edition in sorted(found))) for code in codes)


def _merged(by_edition: dict[int, Iterable[Row]]) -> list[Row]:
    """Each distinct state once, with the first and last edition that hold it."""
    spans: dict[Row, list[int]] = {}
    for edition in sorted(by_edition):
        for row in by_edition[edition]:
            spans.setdefault(row, []).append(edition)
    merged: list[Row] = []
    for row, editions in spans.items():
        first = editions[0]
        for here, following in zip(editions, [*editions[1:], None], strict=True):
            if following != here + 1:
                merged.append((*row, str(first), str(here)))
                first = following or 0
    return sorted(merged)


def _write(name: str, rows: Iterable[Row]) -> None:
    text = "".join(";".join(row) + "\n" for row in rows)
    (DATA / f"{name}.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
