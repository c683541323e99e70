"""« Mes actions »: the home of who carries some of the plan, on a phone first."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.access.may import role_of
from maillage.access.roles import Role
from maillage.network.queries import organization_ids_of
from maillage.people.spaces import person, today
from maillage.plan.models import Commitment, Convention
from maillage.plan.operations.news import ANSWERS, Answer
from maillage.plan.queries.mine import Mine, lines_of, mine_of, next_steps, promises_of, sums_of
from maillage.plan.rules.money import bars
from maillage.reminders.queries import week_of
from maillage.ui.french import in_words

PAGE_SIZE = 10
LINES = 8
#: Answer → tone and icon of its button.
LOOKS = {
    Answer.ADVANCES: ("cours", "arrow"),
    Answer.NEEDS_HELP: ("alerte", "alert"),
    Answer.BLOCKED: ("bloque", "stop"),
    Answer.DONE: ("fait", "check"),
}


def show_mine(request: HttpRequest, convention: Convention) -> HttpResponse:
    user, territory = person(request), convention.territory
    mine = mine_of(convention, organization_ids_of(user, territory.pk))
    paginator = Paginator(mine.open_rows, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    steps = next_steps(page)
    signs = role_of(user, territory) == Role.SIGNATORY
    brings: dict[str, Any] = what_it_brings(convention, mine) if signs else {"promises": []}
    return render(
        request,
        "plan/mine.html",
        brings
        | {
            "title": title_of(mine, brings["promises"]),
            "mine": mine,
            "page": page,
            "pages": paginator.get_elided_page_range(page.number),
            "cards": [(row, mine.hues.get(row.id, 0), steps.get(row.id, [])) for row in page],
            "answers": [(answer.value, words, *LOOKS[answer]) for answer, words in ANSWERS.items()],
            "week": week_of(user, territory, today()),
            "convention": convention,
            "today": today(),
            "signs": signs,
        },
    )


def title_of(mine: Mine, promises: list[Commitment]) -> str:
    count, owed = len(mine.open_rows), sum(1 for promise in promises if not promise.kept_on)
    if count > 1:
        late = f", dont {in_words(mine.late)} en retard" if mine.late else ""
        return f"Vous faites avancer {in_words(count)} actions{late}"
    if count:
        return "Vous faites avancer une action" + (", en retard" if mine.late else "")
    if promises:
        left = "un engagement" if owed == 1 else f"{in_words(owed)} engagements"
        return f"Il vous reste {left} à tenir" if owed else "Vos engagements sont tenus"
    return "Aucune action ouverte n’attend de vos nouvelles"


def what_it_brings(convention: Convention, mine: Mine) -> dict[str, object]:
    """A signatory also sees what it promised and what it pays."""
    lines = lines_of(convention, mine.organization_ids)
    return {
        "promises": promises_of(convention, mine.organization_ids),
        "lines": lines[:LINES],
        "more_lines": len(lines) > LINES,
        "money": [(unit, bars(sum_)) for unit, sum_ in sorted(sums_of(lines).items())],
        "examples": any(line.is_example for line in lines),
    }
