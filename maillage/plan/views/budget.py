"""« Financements »: what was planned, obtained and spent, by year, by funder, by goal; on screen and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.people.spaces import territory_for, today
from maillage.plan.queries.budget import SHOWN, BudgetFilter, budget_of
from maillage.plan.queries.conventions import convention_of
from maillage.plan.sheets.budget import LINE_HEADER, budget_sheets, line_rows
from maillage.plan.views.action_edit import convention_or_404
from maillage.printing.answers import CSV, EXCEL, file_answer
from maillage.printing.sheets import write_csv, write_workbook


@require_safe
def budget(request: HttpRequest, slug: str) -> HttpResponse:
    convention = convention_of(territory_for(request, slug))
    asked = BudgetFilter.read(request.GET)
    context: dict[str, Any] = {"title": "Financements", "convention": convention, "asked": asked, "budget": None}
    if convention:
        found = budget_of(convention, asked)
        context |= {"budget": found, "doubtful": found.doubtful[:SHOWN], "examples": convention.is_example or any(
            line.is_example for line in found.lines)}  # fmt: skip
    return render(request, "plan/budget.html", context)


@require_safe
def budget_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """The tables that the address keeps, and their lines, as a workbook."""
    convention = convention_or_404(territory_for(request, slug))
    found = budget_of(convention, BudgetFilter.read(request.GET))
    return file_answer(write_workbook(budget_sheets(found)), f"{name_of(slug)}.xlsx", EXCEL)


@require_safe
def budget_lines(request: HttpRequest, slug: str) -> HttpResponse:
    """The lines alone, as CSV."""
    convention = convention_or_404(territory_for(request, slug))
    found = budget_of(convention, BudgetFilter.read(request.GET))
    return file_answer(write_csv(LINE_HEADER, line_rows(found)), f"{name_of(slug)}.csv", CSV)


def name_of(slug: str) -> str:
    return f"financements-{slug}-{today():%Y-%m-%d}"
