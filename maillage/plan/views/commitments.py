"""« Engagements »: what each signatory promised, what shows it, what comes next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.access.may import may, role_of
from maillage.access.roles import Role
from maillage.network.queries import organization_ids_of
from maillage.people.spaces import person, territory_for
from maillage.plan.queries.commitments import parties_of
from maillage.plan.queries.conventions import convention_of
from maillage.ui.french import plural


@require_safe
def commitments(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug)
    user = person(request)
    convention = convention_of(territory)
    context: dict[str, Any] = {"title": "Engagements", "convention": convention, "parties": [], "total": 0}
    if convention:
        edits_all = may(user, "convention.edit", territory)
        # Who speaks for a signatory sees it first; only the role of signatory keeps its promises up to date.
        mine = organization_ids_of(user, territory.pk) if role_of(user, territory) == Role.SIGNATORY else set()
        parties = parties_of(convention, mine, edits_all=edits_all)
        promises = [promise for party in parties for promise in party.promises]
        kept = sum(party.kept for party in parties)
        late = sum(1 for promise in promises if promise.late)
        context |= {
            "parties": parties,
            "total": len(promises),
            "may_edit": edits_all,
            "sentence": sentence(kept, late, len(promises)),
        }
    return render(request, "plan/commitments.html", context)


def sentence(kept: int, late: int, total: int) -> str:
    """« 1 engagement tenu sur 3, 1 en retard »."""
    words = f"{plural(kept, 'engagement tenu', 'engagements tenus')} sur {total}"
    return f"{words}, {late} en retard" if late else words
