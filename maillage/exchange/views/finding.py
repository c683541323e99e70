"""Finding an import and asking the permission are one act."""

from django.http import Http404, HttpRequest

from maillage.people.spaces import territory_for
from maillage.plan.models import PlanImport


def import_for(request: HttpRequest, slug: str, pk: int) -> PlanImport:
    territory = territory_for(request, slug, "plan.import")
    files = PlanImport.objects.exclude(mode=PlanImport.Mode.FOLDER)
    plan_import = files.filter(territory=territory, pk=pk).select_related("by", "territory").first()
    if plan_import is None:
        raise Http404("Cet import n’existe pas.")
    return plan_import
