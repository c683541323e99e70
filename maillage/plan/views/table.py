"""« Tableau »: the plan in rows, filtered, sorted, gathered; all of it kept in the address."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.access.may import may
from maillage.people.spaces import person, territory_for, today
from maillage.plan.forms.bulk import KIND_CHOICES
from maillage.plan.models import Convention
from maillage.plan.queries.conventions import convention_of
from maillage.plan.queries.filters import Filtering, filtering_of
from maillage.plan.queries.table import Table, table_of
from maillage.plan.rules.table import COLUMNS, GROUPS, Layout
from maillage.plan.sheets.table import csv_of, sheets_of
from maillage.plan.views.action_edit import convention_or_404
from maillage.printing.answers import CSV, EXCEL, file_answer
from maillage.printing.sheets import write_workbook


@require_safe
def plan_table(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug)
    convention = convention_of(territory)
    context: dict[str, Any] = {"title": "Le plan en tableau", "convention": convention}
    if convention:
        filtering, layout = filtering_of(request.GET, convention), Layout.from_query(request.GET)
        table = table_of(convention, filtering, layout, page_of(request.GET))
        may_edit = may(person(request), "action.edit", territory)
        context |= {
            "filtering": filtering,
            "table": table,
            "headers": headers_of(filtering, layout),
            "columns": [(key, column, key in layout.columns) for key, column in COLUMNS.items()],
            "sorts": [(key, column.label) for key, column in COLUMNS.items() if column.is_sortable],
            "groups": GROUPS.items(),
            "problems": problems_of(layout),
            "address": reverse("action", args=[slug, 0]).removesuffix("0/"),
            "here": query_of(filtering, layout),
            "next": query_of(filtering, layout, page=table.next_page),
            "may_edit": may_edit,
            "kinds": KIND_CHOICES,
            "width": len(layout.columns) + may_edit,
        }
    return render(request, "plan/table.html", context)


@require_safe
def plan_table_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that the table shows, as a workbook: same rows, same columns, same order."""
    filtering, table = whole_table(request, convention_or_404(territory_for(request, slug)))
    return file_answer(write_workbook(sheets_of(table, filtering)), f"{name_of(slug)}.xlsx", EXCEL)


@require_safe
def plan_table_lines(request: HttpRequest, slug: str) -> HttpResponse:
    _filtering, table = whole_table(request, convention_or_404(territory_for(request, slug)))
    return file_answer(csv_of(table), f"{name_of(slug)}.csv", CSV)


def whole_table(request: HttpRequest, convention: Convention) -> tuple[Filtering, Table]:
    filtering = filtering_of(request.GET, convention)
    return filtering, table_of(convention, filtering, Layout.from_query(request.GET), page=None)


def name_of(slug: str) -> str:
    return f"plan-{slug}-{today():%Y-%m-%d}"


def page_of(query: QueryDict) -> int:
    text = query.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def query_of(filtering: Filtering, layout: Layout, **more: Any) -> str:
    return "?" + urlencode([*filtering.filter.pairs, *layout.pairs, *more.items()])


def headers_of(filtering: Filtering, layout: Layout) -> list[dict[str, Any]]:
    """What each column's head shows: its words, its order, the address that sorts by it."""
    order = "descending" if layout.is_descending else "ascending"
    return [
        {
            "column": COLUMNS[key],
            "order": order if key == layout.sort_key else "",
            "url": query_of(filtering, layout.sorted_by(key)) if COLUMNS[key].is_sortable else "",
        }
        for key in layout.columns
    ]


def problems_of(layout: Layout) -> list[str]:
    named = {"col": "La colonne", "tri": "L’ordre", "groupe": "Le regroupement"}
    return [f"{named[name]} « {text[:60]} » n’existe pas ici et n’est pas suivi." for name, text in layout.ignored]
