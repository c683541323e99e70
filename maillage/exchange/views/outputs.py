"""Taking the plan away as a file: whoever sees the plan takes what she sees of it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maillage.exchange.out.making import Made, make_action, make_plan
from maillage.people.spaces import person, territory_for
from maillage.plan.queries.actions import action_for
from maillage.plan.views.action_edit import convention_or_404
from maillage.printing.answers import file_answer


@require_safe
def plan_export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    convention = convention_or_404(territory_for(request, slug, "plan.view"))
    return _answer(make_plan(convention, form, reader=person(request)))


@require_safe
def action_export(request: HttpRequest, slug: str, pk: int, form: str) -> HttpResponse:
    action = action_for(request, slug, pk)
    return _answer(make_action(action, form, reader=person(request)))


def _answer(made: Made) -> HttpResponse:
    return file_answer(made.content, made.name, made.media_type)
