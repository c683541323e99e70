"""Dated perimeters in words: which communes are in, which left, and when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from maillage.territories.areas import UnknownArea, commune, commune_of_any_year, departement_name
from maillage.territories.models import Perimeter
from maillage.territories.search import communes_named


@dataclass(frozen=True, slots=True)
class Presence:
    """A commune that is or was of the territory; `left_on` is the first day without it."""

    code: str
    name: str
    departement: str
    population: int | None
    is_in: bool
    left_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Moment:
    """From a day on: how many communes, who came and who left, and why."""

    starts_on: dt.date
    size: int
    arrived: list[str]
    left: list[str]
    reason: str


def places_of(perimeters: Sequence[Perimeter], on: dt.date) -> list[Presence]:
    """Every commune of any perimeter, by name; those that left come last."""
    found = []
    for code in {code for perimeter in perimeters for code in perimeter.commune_codes}:
        holding = [perimeter for perimeter in perimeters if code in perimeter.commune_codes]
        is_in = any(p.starts_on <= on and (p.ends_on is None or p.ends_on > on) for p in holding)
        area = commune_of_any_year(code)
        left_on = None if is_in else max((p.ends_on for p in holding if p.ends_on), default=None)
        found.append(Presence(code, area.name, departement_name(area.departement), area.population, is_in, left_on))
    return sorted(found, key=lambda place: (not place.is_in, place.name))


def timeline_of(perimeters: Sequence[Perimeter]) -> list[Moment]:
    """The perimeters in order, each told by its difference with the one before."""
    moments = []
    before: set[str] | None = None
    for perimeter in perimeters:
        codes = set(perimeter.commune_codes)
        arrived, left = (codes - before, before - codes) if before is not None else (set(), set())
        moments.append(Moment(perimeter.starts_on, len(codes), _names(arrived), _names(left), perimeter.reason))
        before = codes
    return moments


def _names(codes: set[str]) -> list[str]:
    return sorted(f"{commune_of_any_year(code).name} ({code})" for code in codes)


def communes_typed(text: str) -> list[str]:
    """A commune a line, by code or by name → INSEE codes. Raises `ValidationError` naming each line not understood."""
    codes, wrong = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        first = line.split()[0]
        try:
            codes.append(commune(first).code)
        except UnknownArea:
            found = communes_named(line)
            if len(found) == 1:
                codes.append(found[0].code)
            elif found:
                wrong.append(f"« {line} » : plusieurs communes portent ce nom ({', '.join(a.code for a in found)}).")
            else:
                wrong.append(f"« {line} » n’est pas une commune connue.")
    if wrong:
        raise ValidationError({"communes": wrong})
    return list(dict.fromkeys(codes))
