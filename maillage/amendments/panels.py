"""What versions add to the page of the convention: the last one signed, and what is being prepared."""

from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest

from maillage.access.may import may
from maillage.amendments.queries import versions_of
from maillage.people.spaces import person
from maillage.plan.models import Convention
from maillage.ui import panels


def convention_versions(request: HttpRequest, convention: Convention) -> tuple[str, dict[str, Any]] | None:
    rows = versions_of(convention).select_related(None)
    versions = list(rows.annotate(draft=FilteredRelation("followers", condition=Q(followers__state="draft"))).annotate(
        draft_pk=F("draft__pk"), draft_number=F("draft__number"), draft_title=F("draft__title"),
        draft_is_example=F("draft__is_example"),
    ))  # fmt: skip
    return "amendments/convention_panel.html", {
        "versions": versions,
        "draft": versions[-1] if versions and versions[-1].draft_pk else None,
        "may_freeze": may(person(request), "version.freeze", convention),
    }


panels.add("convention", 10, convention_versions)
