"""« Frise »: the plan through its years, on screen and on one A3 sheet after another."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.people.spaces import territory_for, today
from maillage.plan.models import Convention
from maillage.plan.queries.conventions import convention_of
from maillage.plan.queries.filters import filtering_of, rows_kept
from maillage.plan.queries.timeline import in_order, timeline_of
from maillage.plan.rules.windows import Window, window_of
from maillage.plan.typst.timeline import timeline_pdf
from maillage.plan.views.action_edit import convention_or_404
from maillage.printing.answers import PDF, file_answer

#: Rows of one page: what one reads before turning it.
PAGE_SIZE = 100


@require_safe
def plan_timeline(request: HttpRequest, slug: str) -> HttpResponse:
    convention = convention_of(territory_for(request, slug))
    context: dict[str, Any] = {"title": "La frise du plan", "convention": convention, "size": 0, "filtering": None}
    if convention:
        filtering = filtering_of(request.GET, convention)
        placed = in_order(convention, rows_kept(convention, filtering))
        paginator = Paginator(placed, PAGE_SIZE)
        page = paginator.get_page(request.GET.get("page"))
        window = window_shown(request, convention)
        context |= {
            "filtering": filtering,
            "size": len(placed),
            "page": page,
            "pages": paginator.get_elided_page_range(page.number),
            "timeline": timeline_of(convention, list(page), window),
            "now": window.place(today()) if window.holds(today()) else None,
            "zooms": range(convention.starts_on.year, convention.ends_on.year + 1),
            "zoom": window.first.year if window.is_one_year else None,
        }
    return render(request, "plan/timeline.html", context)


@require_safe
def timeline_print(request: HttpRequest, slug: str) -> HttpResponse:
    """All that the filter keeps, on A3 sheets."""
    convention = convention_or_404(territory_for(request, slug))
    placed = in_order(convention, rows_kept(convention, filtering_of(request.GET, convention)))
    window = window_shown(request, convention)
    content = timeline_pdf(convention, timeline_of(convention, placed, window))
    return file_answer(content, f"frise-{slug}-{today():%Y-%m-%d}.pdf", PDF)


def window_shown(request: HttpRequest, convention: Convention) -> Window:
    """The year that the address zooms on, else the whole convention."""
    typed = request.GET.get("zoom", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else None
    return window_of(convention.starts_on, convention.ends_on, year)
