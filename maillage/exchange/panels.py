"""What the exchange of files adds to the pages of the plan."""

from typing import Any

from django.http import HttpRequest

from maillage.access.may import may
from maillage.people.spaces import person
from maillage.plan.models import Convention
from maillage.ui import panels


def plan_gestures(request: HttpRequest, convention: Convention) -> tuple[str, dict[str, Any]] | None:
    return ("exchange/plan_gestures.html", {}) if may(person(request), "plan.import", convention) else None


panels.add("plan-gestures", 10, plan_gestures)
