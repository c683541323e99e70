"""The filter that every view of the plan shares: `filtering_of(request.GET, convention)`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from maillage.people.spaces import today
from maillage.plan.models import Action, Convention
from maillage.plan.queries.actions import ActionRow, action_rows, actions_of
from maillage.plan.queries.conditions import CONDITIONS
from maillage.plan.queries.filter_options import Option, options_of
from maillage.plan.rules.filters import PARAMETERS, Asked


class PlanFilter(Asked):
    """The filter of an address, and what it keeps of the actions. No query of its own."""

    def apply(self, actions: QuerySet[Action], on: dt.date | None = None) -> QuerySet[Action]:
        """The actions that it keeps, each once; order and annotations are left as they are."""
        day = on or today()
        for name in PARAMETERS:
            if values := self.values(name):
                actions = actions.filter(CONDITIONS[name](values, day))
        return actions


class Tag(NamedTuple):
    """One condition in words, and the address without it."""

    label: str
    words: str
    remove: str


@dataclass(frozen=True)
class Filtering:
    """A filter, what it may choose among, and the rest of the address (`kept`: sort, columns…), to be shown by
    `plan/filter_bar.html` under the name `filtering`."""

    filter: PlanFilter
    options: Mapping[str, list[Option]]
    kept: tuple[tuple[str, str], ...]

    def apply(self, actions: QuerySet[Action]) -> QuerySet[Action]:
        return self.filter.apply(actions)

    @property
    def query(self) -> str:
        return self.filter.query()

    @property
    def clear(self) -> str:
        """The address without any filter, its sort and its columns kept."""
        return "?" + urlencode(self.kept)

    @property
    def tags(self) -> list[Tag]:
        return [
            Tag(PARAMETERS[name].label, self.words(name, value), self._address(self.filter.without(name, value)))
            for name, value in self.filter.pairs
        ]

    def _address(self, rest: Asked) -> str:
        return "?" + urlencode([*rest.pairs, *self.kept])

    def words(self, name: str, value: str) -> str:
        """The value as it is read; nothing where the label says it all (« En retard »)."""
        return next((option.label for option in self.options.get(name, ()) if option.value == value), value)

    @property
    def problems(self) -> list[str]:
        return [
            f"{PARAMETERS[name].label} : « {text[:60]} » n’est pas connu ici, ce filtre est ignoré."
            for name, text in self.filter.ignored
        ]

    @property
    def ticks(self) -> list[tuple[str, str, list[tuple[Option, bool]]]]:
        """(parameter, label, [(option, ticked)]) of the short lists, drawn as boxes."""
        return [
            (name, PARAMETERS[name].label, [(option, (name, option.value) in self.filter.pairs) for option in options])
            for name, options in self.options.items() if name in TICKED and name not in SWITCHES
        ]  # fmt: skip

    @property
    def switches(self) -> list[tuple[str, str, bool]]:
        """(parameter, label, asked)."""
        return [(name, PARAMETERS[name].label, bool(self.filter.values(name))) for name in SWITCHES]

    @property
    def lists(self) -> list[tuple[str, str, list[Option]]]:
        """(parameter, label, options not yet chosen) of the long lists: choosing one adds it to the filter."""
        return [
            (name, PARAMETERS[name].label, left)
            for name, options in self.options.items() if name not in TICKED
            if (left := [one for one in options if one.offered and (name, one.value) not in self.filter.pairs])
        ]  # fmt: skip

    @property
    def listed(self) -> list[tuple[str, str]]:
        """What the long lists chose already: the form carries it along."""
        return [(name, value) for name, value in self.filter.pairs if name not in TICKED and name != "mots"]

    @property
    def typed(self) -> str:
        return " ".join(self.filter.values("mots"))


TICKED = ("etat", "sante", "retard", "sans", "ajoutee")
#: Those that are either asked or not.
SWITCHES = ("retard", "ajoutee")


def filtering_of(query: QueryDict, convention: Convention) -> Filtering:
    """The filter of an address on a plan, less what this territory does not know. Five queries."""
    options = options_of(convention)
    known = {(name, option.value) for name, found in options.items() for option in found}
    asked = PlanFilter.from_query(query).keeping(lambda name, value: name == "mots" or (name, value) in known)
    others = [(name, value) for name in query for value in query.getlist(name) if name not in PARAMETERS]
    return Filtering(asked, options, tuple(pair for pair in others if pair[0] != "page"))


def rows_kept(convention: Convention, filtering: Filtering) -> list[ActionRow]:
    """The rows of the plan that a filter keeps, in the order of the plan: two queries, filtered or not."""
    if not filtering.filter:
        return action_rows(convention)
    return action_rows(convention, pk__in=filtering.apply(actions_of(convention)).values("pk"))
