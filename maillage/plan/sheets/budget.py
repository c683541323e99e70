"""The budget as sheets: the three tables of each unit, then every line; euros and working time never in one column."""

from collections.abc import Iterator

from maillage.plan.models import Funding
from maillage.plan.queries.budget import Budget, BudgetLine, Share
from maillage.plan.rules.money import Total
from maillage.printing.sheets import Cell, Sheet

AMOUNTS = ["Prévu", "Obtenu", "Dépensé", "Reste à obtenir", "Reste à dépenser"]
LINE_HEADER = [
    "N° de l’action", "Action", "Financeur", "Année", "Unité", "Prévu", "Obtenu", "Dépensé", "À vérifier", "Exemple",
]  # fmt: skip
UNITS = {Funding.Unit.EURO.value: "euros", Funding.Unit.FTE.value: "ETP"}


def budget_sheets(budget: Budget) -> Iterator[Sheet]:
    for found in budget.units:
        unit = UNITS[found.unit]
        for title, first, shares in (
            ("Par année", "Année", found.by_year),
            ("Par financeur", "Financeur", found.by_funder),
            ("Par objectif", "Objectif", found.by_goal),
        ):
            header = [first, *(f"{words} ({unit})" for words in AMOUNTS)]
            rows = [_share_row(share) for share in shares] + [["Total", *_amounts(found.total)]]
            yield Sheet(f"{title}, {unit}", [header], rows, [44, 16, 16, 16, 18, 18])
    yield Sheet("Lignes", [LINE_HEADER], line_rows(budget), [14, 60, 40, 10, 10, 14, 14, 14, 26, 10])


def line_rows(budget: Budget) -> list[list[Cell]]:
    return [_line_row(line) for line in budget.lines]


def _line_row(line: BudgetLine) -> list[Cell]:
    return [
        line.number, line.title, line.funder, line.year, UNITS[line.unit], line.planned, line.obtained, line.spent,
        line.excess, "exemple" if line.is_example else "",
    ]  # fmt: skip


def _share_row(share: Share) -> list[Cell]:
    return [f"{share.number} {share.name}".strip(), *_amounts(share.total)]


def _amounts(sums: Total) -> list[Cell]:
    return [sums.planned, sums.obtained, sums.spent, sums.to_obtain, sums.to_spend]
