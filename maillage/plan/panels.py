"""What the plan adds to the page of a partner: the actions that it leads or joins, and what it promised."""

from typing import Any

from django.http import HttpRequest

from maillage.network.models import Organization
from maillage.plan.models import Commitment
from maillage.plan.queries.actions import action_rows
from maillage.plan.queries.conventions import convention_of
from maillage.ui import panels


def partner_panel(request: HttpRequest, organization: Organization) -> tuple[str, dict[str, Any]] | None:
    convention = convention_of(request.space.territory)  # type: ignore[attr-defined]
    if convention is None:
        return None
    led = action_rows(convention, lead_organization=organization)
    joined = {row.id: row for row in action_rows(convention, partner_links__organization=organization)}
    promised = Commitment.objects.filter(signatory__convention=convention, signatory__organization=organization)
    return "plan/partner_panel.html", {
        "led": led,
        "joined": [row for row in joined.values() if row not in led],
        "promised": list(promised),
    }


panels.add("organization", 10, partner_panel)
