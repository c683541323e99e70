"""Keeping a way of looking at the plan under a name."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict

from maillage.access.may import require
from maillage.journal.operations import record
from maillage.people.models import User
from maillage.plan.models import SavedView
from maillage.plan.operations.editing import create, locked
from maillage.plan.tabs import kept_query, view_named
from maillage.territories.models import Territory

MOST = 60


@transaction.atomic
def add_saved_view(territory: Territory, page: str, query: str, name: str, *, is_shared: bool, by: User) -> SavedView:
    """Keeps the page and what of its address it knows; one's own views have different names, shared ones too."""
    require(by, "view.share" if is_shared else "view.save", territory)
    territory = locked(territory)
    if view_named(page) is None:
        raise ValidationError("Cette page ne s’enregistre pas.")
    name = " ".join(name.split())
    views = SavedView.objects.filter(territory=territory)
    if is_shared and views.filter(is_shared=True, name__iexact=name).exists():
        raise ValidationError({"name": "L’équipe a déjà une vue de ce nom. Choisissez-en un autre."})
    if views.filter(by=by).count() >= MOST:
        raise ValidationError({"name": f"Vous avez déjà {MOST} vues. Supprimez-en une."})
    view = SavedView(territory=territory, by=by)
    kept = kept_query(page, QueryDict(query)).urlencode()
    create(view, {"page": page, "query": kept, "name": name, "is_shared": is_shared})
    if is_shared:
        record(view, "view.share", f"Vue partagée : {view.name}", by=by)
    return view


@transaction.atomic
def delete_saved_view(view: SavedView, *, by: User) -> None:
    """Removes one's own view; a shared one is its author's or the team's to remove."""
    require(by, "view.remove", view)
    view = locked(view)
    if view.is_shared:
        record(view, "view.remove", f"Vue partagée supprimée : {view.name}", by=by)
    view.delete()
