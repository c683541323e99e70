"""What the person sees first: what waits for her, then how the plan stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.access.may import may, role_of
from maillage.access.roles import Role
from maillage.people.spaces import person, territory_for, today
from maillage.plan.models import Convention
from maillage.plan.queries.actions import ActionRow, action_rows, money_of
from maillage.plan.queries.conventions import convention_of
from maillage.plan.queries.tree import Branch, Tree, tree_of
from maillage.plan.rules.progress import summary
from maillage.plan.rules.tracks import Track, percent, track, years
from maillage.plan.vocabulary import ActionState, Health
from maillage.reminders.queries import Week, week_of

#: More threads than this make no drawing that one reads: the page then shows those that need somebody.
WOVEN = 80
SHORT_LIST = 5


@require_safe
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug)
    user = person(request)
    convention = convention_of(territory)
    week = week_of(user, territory, today())
    context = {
        "title": title_of(week),
        "crumb": "Tableau de bord",
        "week": week,
        "today": today(),
        "convention": convention,
        "may_edit": may(user, "convention.edit", territory),
        "coordinates": role_of(user, territory) == Role.COORDINATOR,
    }
    if convention:
        context |= plan_at_a_glance(convention)
    return render(request, "plan/dashboard.html", context)


def title_of(week: Week) -> str:
    count = len(week.pressing)
    if not count:
        return "Cette semaine, rien ne vous attend"
    numbers = ["", "une chose vous attend", "deux choses vous attendent", "trois choses vous attendent",
               "quatre choses vous attendent", "cinq choses vous attendent", "six choses vous attendent"]  # fmt: skip
    return f"Cette semaine, {numbers[count] if count < len(numbers) else f'{count} choses vous attendent'}"


def plan_at_a_glance(convention: Convention) -> dict[str, object]:
    """Everything below the week: countdown, steps, the weave, what is late, blocked or without a lead, the money."""
    on = today()
    rows = action_rows(convention)
    tree = tree_of(convention, rows)
    open_rows = [row for row in rows if row.state not in {ActionState.DONE, ActionState.ABANDONED}]
    steps = list(convention.steps.all())
    elapsed = (on - convention.starts_on).days / max((convention.ends_on - convention.starts_on).days, 1)
    return {
        "days_left": (convention.ends_on - on).days,
        "elapsed": round(100 * min(max(elapsed, 0), 1), 1),
        "steps": steps,
        "steps_done": sum(1 for step in steps if step.done_on),
        "weave": weave_of(tree, convention, rows),
        "years": years(convention.starts_on, convention.ends_on),
        "now": percent(on, convention.starts_on, convention.ends_on),
        "examples": any(row.is_example for row in rows),
        "total": len(rows),
        "only_worrying": len(rows) > WOVEN,
        "late": sorted((row for row in open_rows if row.days_late), key=lambda row: -row.days_late)[:SHORT_LIST],
        "worrying": [row for row in open_rows if row.health != Health.GOOD][:SHORT_LIST],
        "leaderless": [row for row in open_rows if not row.lead][:SHORT_LIST],
        "money": money_of(convention),
    }


class Woven:
    """One top goal on the weave: its branch, what is said of it, its threads."""

    def __init__(self, branch: Branch, threads: list[tuple[ActionRow, Track | None]]) -> None:
        self.branch = branch
        self.threads = threads
        self.summary = summary(branch.all_actions)


def weave_of(tree: Tree, convention: Convention, rows: list[ActionRow]) -> list[Woven]:
    shown = rows if len(rows) <= WOVEN else [row for row in rows if row.days_late or row.health != Health.GOOD][:WOVEN]
    chosen = {row.id for row in shown}
    on = today()

    def thread(row: ActionRow) -> tuple[ActionRow, Track | None]:
        first, last = convention.starts_on, convention.ends_on
        return row, track(row.state, row.starts_on, row.ends_on, row.days_late, first, last, on)

    return [Woven(branch, [thread(row) for row in branch.all_actions if row.id in chosen]) for branch in tree.branches]
