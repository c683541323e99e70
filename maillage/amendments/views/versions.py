"""Versions: the list, one of them to read, two of them to compare, the first to freeze."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.access.may import may
from maillage.amendments.forms import ComparisonForm, VersionForm
from maillage.amendments.models import PlanVersion
from maillage.amendments.operations import freeze_signed_version
from maillage.amendments.queries import NOW, amendments_of, side_of, side_today, versions_of
from maillage.amendments.reading import plan_of
from maillage.amendments.rules.differences import difference
from maillage.amendments.rules.freezing import print_of
from maillage.amendments.rules.matching import Side
from maillage.amendments.saying import tell
from maillage.people.spaces import person, territory_for
from maillage.plan.models import Convention
from maillage.plan.queries.conventions import convention_of
from maillage.plan.views.action_edit import convention_or_404
from maillage.ui.answering import carried_out
from maillage.ui.french import short_date


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug)
    convention = convention_of(territory)
    found = list(versions_of(convention)) if convention else []
    amendments = list(amendments_of(convention)) if convention else []
    context = {
        "title": "Versions et avenants",
        "convention": convention,
        "versions": found,
        "amendments": amendments,
        "of_version": {row.result_id: row for row in amendments if row.result_id},
        "open": next((row for row in amendments if row.is_open), None),
        "abandoned": [row for row in amendments if row.state == row.State.ABANDONED],
        "may_freeze": may(person(request), "version.freeze", territory),
        "form": ComparisonForm(versions=found, now=NOW, initial={"a": NOW}),
    }
    return render(request, "amendments/versions.html", context)


@require_http_methods(["GET", "POST"])
def version_freeze(request: HttpRequest, slug: str) -> HttpResponse:
    convention = convention_or_404(territory_for(request, slug, "version.freeze"))
    initial = {"title": convention.title, "signed_on": convention.signed_on}
    form = VersionForm(request.POST or None, initial=initial)
    user = person(request)
    said = "La version signée est figée : elle ne changera plus."
    if carried_out(request, form, lambda: freeze_signed_version(convention, **form.to_data(), by=user), said):
        return redirect("versions", slug)
    context = {"title": "Figer la version signée", "form": form, "convention": convention}
    return render(request, "amendments/version_freeze.html", context)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    convention = convention_or_404(territory_for(request, slug))
    versions = PlanVersion.objects.select_related("by", "convention")
    found = get_object_or_404(versions, convention=convention, number=number)
    context = {
        "title": found.title,
        "version": found,
        "plan": plan_of(found),
        "intact": print_of(found.content) == found.sha256,
        "last": versions_of(convention).count() == number,
        "now": NOW,
    }
    return render(request, "amendments/version.html", context)


@require_safe
def version_compare(request: HttpRequest, slug: str) -> HttpResponse:
    convention = convention_or_404(territory_for(request, slug))
    found = list(versions_of(convention))
    form = ComparisonForm({"de": str(len(found)), "a": NOW} | request.GET.dict(), versions=found, now=NOW)
    if not form.is_valid():
        raise Http404("Choisissez deux versions à comparer.")
    before, after = form.cleaned_data["de"], form.cleaned_data["a"]
    told = tell(difference(_side(convention, before), _side(convention, after)))
    context = {"title": "Ce qui change d’une version à l’autre", "told": told, "form": form}
    return render(request, "amendments/compare.html", context)


def _side(convention: Convention, which: str) -> Side:
    if which == NOW:
        return side_today(convention)
    found = PlanVersion.objects.get(convention=convention, number=which)
    side = side_of(found)
    return Side(side.content, side.numbers, side.on, f"{found.title}, {short_date(found.signed_on)}")
