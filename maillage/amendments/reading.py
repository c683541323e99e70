"""A version as a plan that one reads: goals with their actions, money, signatories, the perimeter of its day."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from maillage.amendments.models import PlanVersion
from maillage.amendments.queries import side_of
from maillage.amendments.rules.differences import communes_on
from maillage.amendments.rules.freezing import Row
from maillage.amendments.rules.totals import totals_of
from maillage.amendments.saying import amount_in_words, commune_names
from maillage.plan.rules.goals import hue_of


@dataclass(slots=True)
class ReadAction:
    """`planned` says what is planned in words; `texts` are its long fields that are filled, labelled."""

    row: Row
    lead: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    planned: str
    texts: list[tuple[str, str]]
    milestones: list[tuple[str, dt.date | None]]


@dataclass(slots=True)
class ReadGoal:
    row: Row
    depth: int
    hue: int
    actions: list[ReadAction] = field(default_factory=list)


@dataclass(slots=True)
class ReadPlan:
    convention: Row
    communes: list[str]
    signatories: list[tuple[str, Row, list[tuple[str, dt.date | None]]]]
    goals: list[ReadGoal]
    loose: list[ReadAction]
    totals: list[str]


TEXTS = [
    ("need", "Besoin"), ("description", "Description"), ("objectives", "Objectifs de l’action"),
    ("expected_results", "Résultats attendus"), ("human_means", "Moyens humains"), ("calendar", "Calendrier"),
]  # fmt: skip


def plan_of(version: PlanVersion) -> ReadPlan:
    """The whole plan of a version, from its frozen content alone: no query."""
    side = side_of(version)
    content = side.content
    inside = {name: _by(content[name], "action") for name in ("fundings", "milestones")}
    goals = {row["key"]: row for row in content["goals"]}
    read: dict[str, ReadGoal] = {}
    tops = 0
    for key, row in goals.items():
        parent = read.get(row["parent"])
        if parent is None:
            tops += 1
        read[key] = ReadGoal(row, parent.depth + 1 if parent else 1, parent.hue if parent else hue_of(tops - 1))
    loose: list[ReadAction] = []
    for row in content["actions"]:
        action = ReadAction(
            row, side.name("organizations", row["lead_organization"]), _day(row["starts_on"]), _day(row["ends_on"]),
            _planned(inside["fundings"][row["key"]]),
            [(label, row[name]) for name, label in TEXTS if row[name]],
            [(step["title"], _day(step["due_on"])) for step in inside["milestones"][row["key"]]],
        )  # fmt: skip
        (read[row["main_goal"]].actions if row["main_goal"] else loose).append(action)
    promises = _by(content["commitments"], "signatory")
    return ReadPlan(
        convention={**content["convention"][0], "starts_on": _day(content["convention"][0]["starts_on"]),
                    "ends_on": _day(content["convention"][0]["ends_on"])},
        communes=commune_names(communes_on(side)),
        signatories=[
            (side.name("organizations", row["organization"]), row,
             [(promise["text"], _day(promise["due_on"])) for promise in promises[row["organization"]]])
            for row in content["signatories"]
        ],
        goals=list(read.values()),
        loose=loose,
        totals=[amount_in_words(unit, total) for unit, total in totals_of(side).items() if total],
    )  # fmt: skip


def _planned(rows: list[Row]) -> str:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row["unit"]] += Decimal(row["planned"] or 0)
    return " et ".join(amount_in_words(unit, total) for unit, total in sums.items() if total)


def _by(rows: list[Row], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found


def _day(text: Any) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
