"""The views of one plan: a registry that each view joins at start-up; the tabs show those that exist."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from maillage.plan.rules.filters import Asked, a_year
from maillage.plan.rules.table import Layout


def _nothing(_query: QueryDict) -> Iterable[tuple[str, str]]:
    return ()


@dataclass(frozen=True, slots=True)
class View:
    """A page that looks at the plan: its URL name, its word on the tab. `filtered` views read the shared filter;
    `own` reads the further parameters of this view's address, to be kept with it."""

    url_name: str
    label: str
    order: int
    filtered: bool = True
    own: Callable[[QueryDict], Iterable[tuple[str, str]]] = _nothing


@dataclass(frozen=True, slots=True)
class Tab:
    view: View
    url: str
    current: bool


_views: dict[str, View] = {}


def add_view(view: View) -> None:
    _views[view.url_name] = view


def view_named(url_name: str) -> View | None:
    return _views.get(url_name)


def kept_query(url_name: str, query: QueryDict) -> QueryDict:
    """What a view knows of an address, and nothing else."""
    kept = QueryDict(mutable=True)
    view = _views[url_name]
    for name, value in [*(Asked.from_query(query).pairs if view.filtered else ()), *view.own(query)]:
        kept.appendlist(name, value)
    return kept


def tabs_of(slug: str, here: str, query: QueryDict) -> list[Tab]:
    """In order, with the filter of the address carried from one view to the next."""
    asked = Asked.from_query(query).pairs
    carried = f"?{urlencode(asked)}" if asked else ""
    return [
        Tab(view, reverse(view.url_name, args=[slug]) + (carried if view.filtered else ""), view.url_name == here)
        for view in sorted(_views.values(), key=lambda view: view.order)
    ]


add_view(View("plan", "Arbre", 10, filtered=False))
add_view(View("plan_table", "Tableau", 20, own=lambda query: Layout.from_query(query).pairs))
add_view(View("plan_board", "Colonnes", 30))
add_view(
    View("plan_timeline", "Frise", 40, own=lambda query: [("zoom", y) for y in query.getlist("zoom") if a_year(y)])
)
add_view(View("plan_communes", "Communes", 50))
add_view(View("plan_themes", "Thèmes", 60))
add_view(View("plan_partners", "Partenaires", 70))
