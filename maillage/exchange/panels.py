"""What the exchange of files adds to the pages of the plan."""

from typing import Any

from django.http import HttpRequest

from maillage.access.may import may
from maillage.people.spaces import person
from maillage.plan.models import Action, Convention
from maillage.territories.models import Territory
from maillage.ui import panels


def plan_gestures(request: HttpRequest, convention: Convention) -> tuple[str, dict[str, Any]] | None:
    return ("exchange/plan_gestures.html", {}) if may(person(request), "plan.import", convention) else None


def plan_exports(request: HttpRequest, convention: Convention) -> tuple[str, dict[str, Any]] | None:
    return "exchange/plan_exports.html", {"may_choose": may(person(request), "word_template.edit", convention)}


def action_exports(_request: HttpRequest, action: Action) -> tuple[str, dict[str, Any]] | None:
    return "exchange/action_exports.html", {"subject": action}


def convention_folder(request: HttpRequest, convention: Convention) -> tuple[str, dict[str, Any]] | None:
    return ("exchange/convention_folder.html", {}) if may(person(request), "plan.export_all", convention) else None


def first_folder(request: HttpRequest, territory: Territory) -> tuple[str, dict[str, Any]] | None:
    return ("exchange/first_folder.html", {}) if may(person(request), "plan.import", territory) else None


panels.add("plan-gestures", 10, plan_gestures)
panels.add("plan-gestures", 20, plan_exports)
panels.add("action-gestures", 20, action_exports)
panels.add("convention", 40, convention_folder)
panels.add("no-convention", 10, first_folder)
