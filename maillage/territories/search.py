"""Finding a place by typing its name or its number."""

from dataclasses import dataclass
from functools import cache

from maillage.territories.areas import LATEST, Commune, commune, departement_name, edition
from maillage.ui.french import folded


@dataclass(frozen=True, slots=True)
class Place:
    """What a search finds: `kind` « epci » or « commune », `label` tells homonyms apart."""

    kind: str
    code: str
    name: str
    label: str
    population: int


@cache
def _places() -> list[tuple[str, Place]]:
    known = edition()
    found = []
    for area in known.communes.values():
        label = f"{area.name}, commune, {departement_name(area.departement)} ({area.code})"
        found.append((folded(area.name), Place("commune", area.code, area.name, label, area.population or 0)))
    for group in known.epcis.values():
        people = sum(known.communes[code].population or 0 for code in group.members if code in known.communes)
        homes = sorted({known.communes[code].departement for code in group.members if code in known.communes})
        where = ", ".join(departement_name(home) for home in homes)
        label = f"{group.name}, {len(group.members)} communes, {where} (SIREN {group.siren})"
        found.append((folded(group.name), Place("epci", group.siren, group.name, label, people)))
    return found


def search(text: str, limit: int = 20) -> list[Place]:
    """Communes and EPCI whose name holds every word typed (as the beginning of a word), or whose number it is.

    An EPCI comes before a commune, a name that begins with the words before one that holds them, then the most peopled.
    """
    wanted = folded(text)
    if not wanted:
        return []
    words = wanted.split()
    ranked = []
    for name, place in _places():
        if place.code.casefold() == wanted.replace(" ", ""):
            return [place]
        padded = f" {name}"
        if all(f" {word}" in padded for word in words):
            ranked.append((place.kind != "epci", not name.startswith(wanted), -place.population, place))
    ranked.sort(key=lambda item: item[:3])
    return [place for *_rank, place in ranked[:limit]]


@cache
def _by_name(year: int) -> dict[str, list[Commune]]:
    names: dict[str, list[Commune]] = {}
    for area in edition(year).communes.values():
        names.setdefault(folded(area.name), []).append(area)
    return names


def communes_named(name: str, *, within: tuple[str, ...] | None = None, year: int = LATEST) -> list[Commune]:
    """Every commune of exactly that name (homonyms are many), or only those of a perimeter; a code is found too."""
    bare = name.strip()
    found = _by_name(year).get(folded(bare), [])
    if not found and bare in edition(year).communes:
        found = [commune(bare, year)]
    return [area for area in found if within is None or area.code in within]
