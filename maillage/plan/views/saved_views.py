"""Views of the plan kept under a name: keep one, list them, remove one."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from maillage.access.may import may, require
from maillage.people.spaces import person, territory_for
from maillage.plan.models import SavedView
from maillage.plan.operations.saved_views import add_saved_view, delete_saved_view
from maillage.plan.queries.saved_views import address_of, views_of
from maillage.plan.tabs import view_named
from maillage.ui.answering import carried_out
from maillage.ui.forms import MaillageForm


class SavedViewForm(MaillageForm):
    name = forms.CharField(label="Nom de la vue", max_length=80, help_text="Par exemple : En retard, par pilote.")
    is_shared = forms.BooleanField(label="Partager avec l’équipe et les partenaires de l’espace", required=False)

    def __init__(self, *args: object, may_share: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]


@require_http_methods(["GET", "POST"])
def saved_view_new(request: HttpRequest, slug: str) -> HttpResponse:
    territory, user = territory_for(request, slug, "view.save"), person(request)
    page, query = request.GET.get("page", "plan_table"), request.GET.get("adresse", "")
    if view_named(page) is None:
        raise Http404("Cette page ne s’enregistre pas.")
    form = SavedViewForm(request.POST or None, may_share=may(user, "view.share", territory))

    def keep() -> SavedView:
        shared = form.cleaned_data.get("is_shared", False)
        return add_saved_view(territory, page, query, form.cleaned_data["name"], is_shared=shared, by=user)

    if view := carried_out(request, form, keep, "La vue est enregistrée : vous la retrouvez au-dessus du plan."):
        return redirect(address_of(view, slug))
    back = reverse(page, args=[slug]) + (f"?{query}" if query else "")
    return render(request, "plan/saved_view_form.html", {"title": "Enregistrer cette vue", "form": form, "back": back})


@require_safe
def saved_views(request: HttpRequest, slug: str) -> HttpResponse:
    territory, user = territory_for(request, slug), person(request)
    rows = [
        {"view": view, "url": address_of(view, slug), "label": page.label if page else "",
         "may_remove": may(user, "view.remove", view)}
        for view in views_of(territory, user)
        for page in [view_named(view.page)]
    ]  # fmt: skip
    return render(request, "plan/saved_views.html", {"title": "Vues enregistrées", "rows": rows})


@require_http_methods(["GET", "POST"])
def saved_view_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    territory, user = territory_for(request, slug), person(request)
    view = views_of(territory, user).filter(pk=pk).first()
    if view is None:
        raise Http404("Cette vue n’existe pas, ou elle a été supprimée.")
    require(user, "view.remove", view)
    if request.method == "POST":
        delete_saved_view(view, by=user)
        messages.success(request, f"La vue « {view.name} » est supprimée. Les actions n’ont pas changé.")
        return redirect("saved_views", slug)
    return render(
        request, "plan/saved_view_delete.html", {"title": f"Supprimer la vue « {view.name} » ?", "view": view}
    )
