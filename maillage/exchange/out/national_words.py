"""How the national template says what our fields hold."""

from collections.abc import Callable
from decimal import Decimal

from maillage.exchange.content import Row
from maillage.exchange.out.whole import Whole
from maillage.exchange.workbook.values import CellError, as_state
from maillage.plan.models import Action, Funding
from maillage.plan.vocabulary import ActionState, Health
from maillage.territories.areas import commune_of_any_year
from maillage.territories.search import communes_named
from maillage.ui.french import number

STATE: dict[str, str] = {
    ActionState.TO_COME: "À venir", ActionState.ONGOING: "En cours", ActionState.PAUSED: "En pause",
    ActionState.DONE: "Réalisé", ActionState.ABANDONED: "Abandonné",
}  # fmt: skip
PRIORITY: dict[str, str] = {
    Action.Priority.HIGH: "Élevé", Action.Priority.MEDIUM: "Moyen", Action.Priority.LOW: "Bas",
}  # fmt: skip
PARTICIPATION: dict[str, str] = {
    **dict(Action.Participation.choices), Action.Participation.NONE: "Pas de participation citoyenne",
}  # fmt: skip


def meaning(status: str) -> tuple[str, str]:
    """(state, health) of a status, empty for what is no status."""
    try:
        return as_state(status)
    except CellError:
        return "", ""


def health_words(action: Row, status: str) -> str:
    """« À surveiller : le motif », unless the status already says it as a file said it."""
    if action["health"] == Health.GOOD:
        return ""
    said = meaning(status) == (action["state"], action["health"])
    if said and action["health_note"] in {"", f"« {status} » dans le fichier importé"}:
        return ""
    return f"{Health(action['health']).label} : {action['health_note']}"


def milestone_lines(milestones: list[Row]) -> str:
    """The titles, one a line."""
    titles = (" ".join(milestone["title"].split()).strip("-•– ") for milestone in milestones)
    return "\n".join(filter(None, titles))


def commune_cells(codes: list[str]) -> tuple[str, str]:
    """(names that the reader finds again, others): a name that two communes bear is written as its code."""
    found, others = [], []
    for code in codes:
        name = commune_of_any_year(code).name
        same = [area.code for area in communes_named(name)]
        if communes_named(code):
            found.append(name if same == [code] and "," not in name else code)
        else:
            others.append(f"{name} ({code})")
    return ", ".join(found), ", ".join(others)


def budget_lines(fundings: list[Row], name: Callable[[str], str]) -> dict[str, Decimal]:
    """Funder → euros planned over all the years, obtained or spent where nothing was planned."""
    sums: dict[str, Decimal] = {}
    for line in fundings:
        if line["unit"] == Funding.Unit.EURO and (funder := name(line["funder"])):
            amounts = (line["planned"], line["obtained"], line["spent"])
            sums[funder] = sums.get(funder, Decimal(0)) + next(Decimal(text) for text in amounts if text is not None)
    return sums


def fte_words(fundings: list[Row], name: Callable[[str], str]) -> str:
    """« CAF : 0,5 ETP en 2026 », one line a funding in working time."""
    lines = []
    for line in fundings:
        if line["unit"] == Funding.Unit.FTE:
            amount = next(text for text in (line["planned"], line["obtained"], line["spent"]) if text is not None)
            year = f" en {line['year']}" if line["year"] else ""
            lines.append(f"{name(line['funder'])} : {number(Decimal(amount))} ETP{year}")
    return "\n".join(lines)


#: What an action says and no column of the template holds: title of our column → its words.
MORE: dict[str, Callable[[Whole, Row], str]] = {
    "Numéro": lambda whole, action: str(action["number"]),
    "Besoin": lambda whole, action: str(action["need"]),
    "Résultats attendus": lambda whole, action: str(action["expected_results"]),
    "Freins": lambda whole, action: str(action["brakes"]),
    "Leviers": lambda whole, action: str(action["levers"]),
    "Thèmes": lambda whole, action: ", ".join(whole.labels(action["themes"])),
    "Publics visés": lambda whole, action: ", ".join(whole.labels(action["publics"])),
    "Dispositifs liés": lambda whole, action: ", ".join(whole.name("schemes", key) for key in action["schemes"]),
}
