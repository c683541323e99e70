"""The official geography of France, edition by edition: communes, EPCI, départements, régions.

Read from compact files of our own (see `build/editions.py` and docs/data.md): each line is a state and the editions
that hold it. Nothing is read before it is asked for; an edition takes about 0.1 s the first time.
An edition is the state of the 1st of January of its year.
"""

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
EDITIONS = (2021, 2022, 2023, 2024, 2025, 2026)
LATEST = EDITIONS[-1]
#: The census behind the populations of the latest edition.
POPULATION_VINTAGE = "Insee, recensement 2023, population municipale"


class UnknownArea(LookupError):
    """A code that no edition, or not this one, knows; its text is a French sentence."""


@dataclass(frozen=True, slots=True)
class Commune:
    """`kind` is COM, COMD (déléguée), COMA (associée) or ARM (arrondissement municipal); all but COM have a `parent`.

    `epci` is a SIREN, empty without EPCI; `population` is None where the edition gives none.
    """

    code: str
    kind: str
    name: str
    departement: str
    parent: str
    epci: str
    population: int | None


@dataclass(frozen=True, slots=True)
class Epci:
    siren: str
    kind: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One year: communes of full right by code, parts of communes apart (a déléguée may bear its parent's code)."""

    communes: dict[str, Commune]
    parts: dict[str, Commune]
    epcis: dict[str, Epci]


def _lines(name: str) -> list[list[str]]:
    return [line.split(";") for line in gzip.decompress((DATA / f"{name}.txt.gz").read_bytes()).decode().splitlines()]


@cache
def edition(year: int = LATEST) -> Edition:
    """The whole geography of one edition."""
    if year not in EDITIONS:
        raise UnknownArea(f"L’édition {year} du code officiel géographique n’est pas disponible.")
    rank = 1 + EDITIONS.index(year)
    populations = {row[0]: int(row[rank]) for row in _lines("populations") if row[rank]}
    communes: dict[str, Commune] = {}
    parts: dict[str, Commune] = {}
    members: dict[str, list[str]] = {}
    for code, kind, name, home, parent, epci, first, last in _lines("communes"):
        if int(first) <= year <= int(last):
            area = Commune(code, kind, name, home, parent, epci, populations.get(code) if kind == "COM" else None)
            (communes if kind == "COM" else parts)[code] = area
            if epci:
                members.setdefault(epci, []).append(code)
    epcis = {
        siren: Epci(siren, kind, name, tuple(members.get(siren, ())))
        for siren, kind, name, first, last in _lines("epci")
        if int(first) <= year <= int(last)
    }
    return Edition(communes, parts, epcis)


def commune(code: str, year: int = LATEST) -> Commune:
    """A commune of full right, or else a part of one, of that edition. Raises `UnknownArea`."""
    known = edition(year)
    found = known.communes.get(code) or known.parts.get(code)
    if found is None:
        raise UnknownArea(f"Le code commune « {code} » n’existe pas dans l’édition {year}.")
    return found


def commune_of_any_year(code: str) -> Commune:
    """The commune as its latest edition knows it: for perimeters that hold a commune merged since."""
    for year in reversed(EDITIONS):
        if found := edition(year).communes.get(code):
            return found
    raise UnknownArea(f"Le code commune « {code} » est inconnu depuis {EDITIONS[0]}.")


def epci(siren: str, year: int = LATEST) -> Epci:
    """An intercommunality with its members in that edition. Raises `UnknownArea`."""
    found = edition(year).epcis.get(siren)
    if found is None:
        raise UnknownArea(f"Aucune intercommunalité ne porte le SIREN « {siren} » dans l’édition {year}.")
    return found


@cache
def departements() -> dict[str, tuple[str, str]]:
    """Code → (name, code of the région)."""
    return {code: (name, region) for code, name, region in _lines("departements")}


@cache
def regions() -> dict[str, str]:
    """Code → name."""
    return dict(_lines("regions"))


def departement_name(code: str) -> str:
    return departements().get(code, (code, ""))[0]


def population_of(codes: tuple[str, ...] | list[str], year: int = LATEST) -> int:
    """Inhabitants of a list of communes; a commune without a figure counts for nothing."""
    known = edition(year).communes
    return sum(known[code].population or 0 for code in codes if code in known)


@dataclass(frozen=True, slots=True)
class PerimeterState:
    """The members of an EPCI from one edition on, until the next state."""

    edition: int
    members: tuple[str, ...]
    arrived: tuple[str, ...]
    left: tuple[str, ...]


def history_of(siren: str) -> list[PerimeterState]:
    """How the members of an EPCI changed through the editions; the first state has no arrival."""
    states: list[PerimeterState] = []
    for year in EDITIONS:
        known = edition(year).epcis.get(siren)
        if known is None:
            continue
        now = known.members
        before = states[-1].members if states else now
        if not states or set(before) != set(now):
            arrived = tuple(sorted(set(now) - set(before)))
            left = tuple(sorted(set(before) - set(now)))
            states.append(PerimeterState(year, now, arrived, left))
    return states
