"""The conventions of a territory."""

import datetime as dt

from django.db.models import F, Prefetch, QuerySet, Value

from maillage.people.spaces import today
from maillage.plan.models import Commitment, Convention, Signatory, Step
from maillage.territories.models import Territory


def conventions_of(territory: Territory) -> QuerySet[Convention]:
    """All of them, newest first."""
    return Convention.objects.filter(territory=territory).order_by("-starts_on")


def convention_of(territory: Territory) -> Convention | None:
    """The convention one works on: in force today, else the last that took effect, else the next.

    Read once a request: kept on the territory.
    """
    known: dict[str, Convention | None] = territory.__dict__.setdefault("_plan", {})
    if "convention" not in known:
        rows = list(conventions_of(territory))
        for row in rows:
            row.territory = territory  # known already: asking again would be one more trip
        started = [row for row in rows if row.starts_on <= today()]
        known["convention"] = next(iter(started or reversed(rows)), None)
        territory.__dict__["_conventions"] = rows
    return known["convention"]


def other_conventions(current: Convention) -> list[Convention]:
    """Those of the same territory beside this one, newest first, read with it when they were."""
    rows = current.territory.__dict__.get("_conventions")
    return [row for row in (rows or conventions_of(current.territory)) if row.pk != current.pk]


def remember_convention(territory: Territory, convention: Convention) -> None:
    """Spares a trip: a convention in force that a query has just brought is the one that one works on."""
    if convention.starts_on <= today() <= convention.ends_on:
        convention.territory = territory
        territory.__dict__.setdefault("_plan", {}).setdefault("convention", convention)


def level_and_theme_names(convention: Convention) -> tuple[list[str], list[str]]:
    """Two short lists of the same page, each in its order; one query."""
    levels = convention.levels.order_by().annotate(kind_of=Value("level"), rank=F("depth"))
    themes = convention.themes.order_by().annotate(kind_of=Value("theme"), rank=F("position"))
    found = sorted(levels.values_list("kind_of", "rank", "name").union(themes.values_list("kind_of", "rank", "name")))
    names: dict[str, list[str]] = {"level": [], "theme": []}
    for kind, _rank, name in found:
        names[kind].append(name)
    return names["level"], names["theme"]


def signatories_of(convention: Convention) -> list[Signatory]:
    """The parties in order, each with its commitments; two queries."""
    commitments = Prefetch("commitments", Commitment.objects.order_by("due_on", "id"))
    return list(convention.signatories.select_related("organization", "convention").prefetch_related(commitments))


def steps_of(convention: Convention) -> list[Step]:
    """The steps of the approach in order. Read once a request: kept on the convention."""
    known: list[Step] | None = convention.__dict__.get("_steps")
    if known is None:
        known = convention.__dict__["_steps"] = list(convention.steps.all())
    return known


def countdown(convention: Convention, on: dt.date) -> dict[str, object]:
    """Days left before the end (negative after it), percent elapsed, and the steps of the approach."""
    elapsed = (on - convention.starts_on).days / max((convention.ends_on - convention.starts_on).days, 1)
    steps = steps_of(convention)
    return {
        "days_left": (convention.ends_on - on).days,
        "elapsed": round(100 * min(max(elapsed, 0), 1), 1),
        "steps": steps,
        "steps_done": sum(1 for step in steps if step.done_on),
    }
