"""What the person sees first: each role has its own home, and the state of the plan is one click away for all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.access.may import may, role_of
from maillage.access.roles import Role
from maillage.people.spaces import person, territory_for, today
from maillage.plan.models import Convention
from maillage.plan.queries.actions import action_rows, money_of, remember_rows
from maillage.plan.queries.advance import advance_by_goal, advance_of_plan, measures_of
from maillage.plan.queries.conventions import convention_of, countdown
from maillage.plan.queries.desk import short_lists
from maillage.plan.queries.tree import tree_of
from maillage.plan.queries.weave import WOVEN, weave_of
from maillage.plan.rules.money import bars
from maillage.plan.rules.tracks import percent, years
from maillage.plan.views.brief import show_own_brief
from maillage.plan.views.mine import show_mine
from maillage.reminders.queries import Week, week_of
from maillage.territories.models import Territory
from maillage.ui.french import in_words

#: Who carries actions comes home to them, an elected member to her brief; all others to the state of the plan.
HOMES = {Role.FIELD_ACTOR: show_mine, Role.SIGNATORY: show_mine, Role.ELECTED: show_own_brief}


@require_safe
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug)
    convention = convention_of(territory)
    home = HOMES.get(role_of(person(request), territory) or Role.READER)
    return home(request, convention) if home and convention else show_overview(request, territory)


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """The state of the plan, for whoever may see it."""
    return show_overview(request, territory_for(request, slug))


def show_overview(request: HttpRequest, territory: Territory) -> HttpResponse:
    user = person(request)
    convention = convention_of(territory)
    may_edit = may(user, "convention.edit", territory)
    at_a_glance = plan_at_a_glance(convention, may_edit=may_edit) if convention else {}
    week = week_of(user, territory, today())
    coordinates = role_of(user, territory) == Role.COORDINATOR
    context = at_a_glance | {
        "title": title_of(week) if coordinates else "Où en est le plan",
        "crumb": "Tableau de bord",
        "week": week,
        "today": today(),
        "convention": convention,
        "may_edit": may_edit,
        "coordinates": coordinates,
    }
    return render(request, "plan/dashboard.html", context)


def title_of(week: Week) -> str:
    count = len(week.pressing)
    if not count:
        return "Cette semaine, rien ne vous attend"
    return f"Cette semaine, {in_words(count)} chose{'s' if count > 1 else ''} vous attend{'ent' if count > 1 else ''}"


def plan_at_a_glance(convention: Convention, *, may_edit: bool) -> dict[str, object]:
    """Everything below the week: countdown, steps, progress, the weave, what needs somebody, the money."""
    on = today()
    rows = action_rows(convention)
    remember_rows(convention, rows)
    tree = tree_of(convention, rows)
    measures = measures_of(convention)
    worries, lacks = short_lists(convention, rows, measures, on, may_edit=may_edit)
    return countdown(convention, on) | {
        "progress": advance_by_goal(tree, measures),
        "whole": advance_of_plan(tree, measures),
        "weave": weave_of(tree, convention, rows),
        "years": years(convention.starts_on, convention.ends_on),
        "now": percent(on, convention.starts_on, convention.ends_on),
        "examples": any(row.is_example for row in rows),
        "total": len(rows),
        "only_worrying": len(rows) > WOVEN,
        "worries": worries,
        "lacks": lacks,
        "money": [(unit, bars(sums)) for unit, sums in sorted(money_of(convention).items())],
    }
