"""« Financements »: what was planned, obtained and spent, by year, by funder, by goal; on screen and as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
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
def budget_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The tables that the address keeps, as a workbook; or the lines alone, as CSV."""
    convention = convention_or_404(territory_for(request, slug))
    found = budget_of(convention, BudgetFilter.read(request.GET))
    name = f"financements-{slug}-{today():%Y-%m-%d}"
    if kind == "classeur":
        return file_answer(write_workbook(budget_sheets(found)), f"{name}.xlsx", EXCEL)
    if kind == "lignes":
        return file_answer(write_csv(LINE_HEADER, line_rows(found)), f"{name}.csv", CSV)
    raise Http404("Ce format n’existe pas.")
