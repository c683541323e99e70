"""The views of the plan that were kept under a name."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from maillage.people.models import User
from maillage.plan.models import SavedView
from maillage.plan.tabs import view_named
from maillage.territories.models import Territory


def views_of(territory: Territory, user: User) -> QuerySet[SavedView]:
    """Those of the team and one's own."""
    rows = SavedView.objects.filter(Q(is_shared=True) | Q(by=user), territory=territory)
    return rows.select_related("by").order_by("-is_shared", "name")


def address_of(view: SavedView, slug: str) -> str:
    """Where it leads; the tree for the page of a view that is no more."""
    page = view.page if view_named(view.page) else "plan"
    return reverse(page, args=[slug]) + (f"?{view.query}" if view.query else "")
