"""What the exchange of files adds to the pages of the plan."""

from typing import Any

from django.http import HttpRequest

from maillage.access.may import may
from maillage.people.spaces import person
from maillage.plan.models import Convention
from maillage.territories.models import Territory
from maillage.ui import panels


def plan_gestures(request: HttpRequest, convention: Convention) -> tuple[str, dict[str, Any]] | None:
    return ("exchange/plan_gestures.html", {}) if may(person(request), "plan.import", convention) else None


def convention_folder(request: HttpRequest, convention: Convention) -> tuple[str, dict[str, Any]] | None:
    return ("exchange/convention_folder.html", {}) if may(person(request), "plan.export_all", convention) else None


def first_folder(request: HttpRequest, territory: Territory) -> tuple[str, dict[str, Any]] | None:
    return ("exchange/first_folder.html", {}) if may(person(request), "plan.import", territory) else None


panels.add("plan-gestures", 10, plan_gestures)
panels.add("convention", 40, convention_folder)
panels.add("no-convention", 10, first_folder)
