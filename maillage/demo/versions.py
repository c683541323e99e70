"""The signed versions of the demo, and its two amendments: one signed, one in preparation."""

import copy
import tomllib
from pathlib import Path
from typing import Any

from maillage.amendments.models import Amendment, AmendmentAgreement, PlanVersion
from maillage.amendments.operations import add_version
from maillage.exchange.content import Content
from maillage.exchange.content.collecting import Collected, collect
from maillage.people.models import User
from maillage.plan.models import Convention

CONTENT = Path(__file__).parent / "content" / "versions.toml"
INSIDE_AN_ACTION = ("partners", "sub_actions", "milestones", "fundings", "indicators")


def load_versions(convention: Convention, *, by: User) -> None:
    given = tomllib.loads(CONTENT.read_text())
    today = collect(convention)
    versions = [_version(convention, today, past, by) for past in given["version"]]
    for number, said in enumerate(given["amendment"], start=1):
        result = versions[number] if number < len(versions) else None
        amendment = Amendment.objects.create(
            convention=convention, number=number, title=said["title"], reason=said["reason"], base=versions[number - 1],
            opened_on=said["opened_on"], is_example=True, result=result,
            state=Amendment.State.SIGNED if result else Amendment.State.DRAFT,
            closed_on=result.signed_on if result else None,
        )  # fmt: skip
        _agree(amendment, said)


def _version(convention: Convention, today: Collected, past: dict[str, Any], by: User) -> PlanVersion:
    content, numbers = copy.deepcopy(today.content), copy.deepcopy(today.numbers)
    content["perimeters"] = content["perimeters"][: past["perimeters_known"]]
    content["perimeters"][-1]["ends_on"] = None
    for row in content["organizations"]:
        row["name"] = past["former_names"].get(row["name"], row["name"])
    keys = {row["number"]: row["key"] for row in content["actions"]}
    without = {keys[number] for number in past["without_actions"]}
    _drop(content, numbers, "actions", "key", without)
    for table in INSIDE_AN_ACTION:
        _drop(content, numbers, table, "action", without)
    for row in content["actions"]:
        row |= past["actions"].get(row["number"], {})
    funders = {row["key"]: row["name"] for row in today.content["organizations"]}
    for number, funder, year, planned in past["fundings"]:
        for row in content["fundings"]:
            if (row["action"], funders[row["funder"]], row["year"]) == (keys[number], funder, year):
                row["planned"] = planned
    data = {key: past[key] for key in ("title", "signed_on", "kind")} | {"is_example": True}
    return add_version(convention, content, numbers, data, by=by)


def _drop(content: Content, numbers: dict[str, list[int]], table: str, field: str, gone: set[str]) -> None:
    kept = [rank for rank, row in enumerate(content[table]) if row[field] not in gone]
    content[table] = [content[table][rank] for rank in kept]
    numbers[table] = [numbers[table][rank] for rank in kept]


def _agree(amendment: Amendment, said: dict[str, Any]) -> None:
    parties = {str(row.organization.name): row.organization for row in
               amendment.convention.signatories.select_related("organization")}  # fmt: skip
    given = [(name, said["agreed_on"], "") for name in parties] if said.get("everybody") else said["agreements"]
    for name, agreed_on, number in given:
        AmendmentAgreement.objects.create(
            amendment=amendment, organization=parties[name], agreed_on=agreed_on, deliberation_number=number
        )
