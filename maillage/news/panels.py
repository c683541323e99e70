"""What news add to the pages of the plan: whom one asked about an action, how far the campaign is."""

from typing import Any

from django.http import HttpRequest

from maillage.access.may import may
from maillage.news.queries.requests import rows_of_action
from maillage.news.queries.standing import standings
from maillage.people.spaces import person
from maillage.plan.models import Action, Convention
from maillage.plan.rules.states import ENDED
from maillage.ui import panels


def action_panel(request: HttpRequest, action: Action) -> tuple[str, dict[str, Any]] | None:
    if not may(person(request), "news.ask", action) or action.state in ENDED:
        return None
    rows = [row for row in rows_of_action(action) if row.is_live]
    return "news/action_panel.html", {"action": action, "rows": rows}


def dashboard_panel(request: HttpRequest, convention: Convention) -> tuple[str, dict[str, Any]] | None:
    """Nothing shows when nobody is asked and nothing waits."""
    territory = convention.territory
    if not may(person(request), "news.ask", territory):
        return None
    rows = standings(territory)
    running = [row for row in rows if row.is_open]
    waiting, leaving = sum(row.waiting for row in rows), sum(row.leaving for row in rows)
    if not running and not waiting and not leaving:
        return None
    return "news/dashboard_panel.html", {"campaigns": running, "waiting": waiting, "leaving": leaving}


panels.add("action", 20, action_panel)
panels.add("dashboard", 20, dashboard_panel)
