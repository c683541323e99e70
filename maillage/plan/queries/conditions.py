"""What each parameter of a view's address asks of the database."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from maillage.plan.models import Action, ActionGoal, ActionIndicator, ActionPartner, Funding, Milestone
from maillage.plan.rules.filters import Gap
from maillage.plan.rules.silence import SILENCE_MONTHS, months_before
from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import MAX_LEVELS


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)


def late_on(on: dt.date) -> Q:
    """What `rules.lateness` calls late, asked of the database."""
    passed = Milestone.objects.filter(action=OuterRef("pk"), done_on=None, due_on__lt=on)
    return ~Q(state__in=ENDED) & (Q(ends_on__lt=on) | Q(Exists(passed)))


def _lacks(gap: Gap, on: dt.date) -> Q:
    if gap == Gap.LEAD:
        return Q(lead_organization=None)
    if gap == Gap.INDICATOR:
        return Q(~Exists(ActionIndicator.objects.filter(action=OuterRef("pk"))))
    if gap == Gap.DATE:
        return Q(starts_on=None, ends_on=None)
    return ~Q(state__in=ENDED) & _silent_since(months_before(on, SILENCE_MONTHS))


def _silent_since(day: dt.date) -> Q:
    """What `rules.silence` calls silent, asked of the database."""
    never = Q(news_on=None) & (Q(starts_on__lte=day) | Q(starts_on=None, convention__starts_on__lte=day))
    return Q(news_on__lte=day) | never


def _runs_in(year: int) -> Q:
    """Under way at some time of the year; an action without any date is in none."""
    begun = Q(starts_on=None) | Q(starts_on__lte=dt.date(year, 12, 31))
    lasting = Q(ends_on=None) | Q(ends_on__gte=dt.date(year, 1, 1))
    return begun & lasting & ~Q(starts_on=None, ends_on=None)


def _has_words(text: str) -> Q:
    """Every word somewhere in what says what the action is."""
    found = Q()
    for word in text.split():
        places = ("number__istartswith", "title__icontains", "description__icontains", "need__icontains")
        found &= _any(Q(**{place: word}) for place in places)
    return found


def _concerning(code: str) -> QuerySet[Action, int]:
    """Codes are a JSON list: its text holds the quoted code, on both databases."""
    texts = Action.objects.annotate(codes_text=Cast("commune_codes", TextField()))
    return texts.filter(codes_text__contains=f'"{code}"').values_list("pk", flat=True)


def _within(goal_ids: list[str]) -> Q:
    """The goals and everything under them."""
    paths = ["goal" + "__parent" * level for level in range(MAX_LEVELS)]
    return _any(Q(**{f"{path}__in": goal_ids}) for path in paths)


def _joined(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(action=OuterRef("pk"))))


#: Parameter → (its values, the day) → what it asks of the database.
CONDITIONS: dict[str, Callable[[list[str], dt.date], Q]] = {
    "mots": lambda values, _on: _any(_has_words(text) for text in values),
    "etat": lambda values, _on: Q(state__in=values),
    "sante": lambda values, _on: Q(health__in=values),
    "retard": lambda _values, on: late_on(on),
    "sans": lambda values, on: _any(_lacks(Gap(value), on) for value in values),
    "objectif": lambda values, _on: _joined(ActionGoal.objects.filter(_within(values))),
    "theme": lambda values, _on: _joined(Action.themes.through.objects.filter(theme__slug__in=values)),
    "pilote": lambda values, _on: Q(lead_organization__in=[*map(int, values)]),
    "elu": lambda values, _on: Q(elected_referent__in=values),
    "partenaire": lambda values, _on: _joined(ActionPartner.objects.filter(organization__in=[*map(int, values)])),
    "financeur": lambda values, _on: _joined(Funding.objects.filter(funder__in=[*map(int, values)])),
    "commune": lambda values, _on: Q(commune_codes=[]) | _any(Q(pk__in=_concerning(code)) for code in values),
    "annee": lambda values, _on: _any(_runs_in(int(value)) for value in values),
    "ajoutee": lambda _values, _on: Q(added_midway=True),
}
