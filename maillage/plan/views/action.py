"""The page of one action: why it exists, how it goes, who does what, with what."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.access.may import may
from maillage.journal.queries import history_of
from maillage.people.spaces import person, today
from maillage.plan.forms.actions import NewsForm
from maillage.plan.models import Action
from maillage.plan.queries.action_page import ActionPage, action_page
from maillage.plan.queries.actions import action_for
from maillage.plan.rules.lateness import action_days_late
from maillage.plan.rules.states import ENDED
from maillage.territories.areas import commune_of_any_year

SHOWN_ENTRIES = 5


@require_safe
def action(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = action_for(request, slug, pk)
    user = person(request)
    page = action_page(subject, team=may(user, "note.team", subject))
    may_follow = may(user, "action.follow", subject)
    entries = list(history_of(subject)[: SHOWN_ENTRIES + 1])
    context = {
        "title": str(subject),
        "action": subject,
        "page": page,
        "entries": entries[:SHOWN_ENTRIES],
        "more_entries": len(entries) > SHOWN_ENTRIES,
        "may_edit": may(user, "action.edit", subject),
        "may_follow": may_follow,
        "news": NewsForm(action=subject) if may_follow and subject.state not in ENDED else None,
        "communes": [commune_of_any_year(code).name for code in subject.commune_codes],
        "hue": hue_of_action(page),
        "days_late": days_late(subject, page),
    }
    return render(request, "plan/action.html", context)


@require_safe
def action_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = action_for(request, slug, pk)
    context = {"title": "Journal de l’action", "action": subject, "entries": history_of(subject)}
    return render(request, "plan/action_history.html", context)


def days_late(subject: Action, page: ActionPage) -> int:
    next_due = page.next_milestone.due_on if page.next_milestone else None
    return action_days_late(subject.state, subject.ends_on, next_due, today())


def hue_of_action(page: ActionPage) -> int:
    """The rank of the top goal, as everywhere: its position among the tops."""
    top: Any = page.ancestors[0] if page.ancestors else None
    return top.position if top else 0
