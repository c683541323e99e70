"""What the filter of a plan may choose among: everything that this territory knows, of which some is offered."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef

from maillage.network.models import Contact, Organization
from maillage.people.spaces import today
from maillage.plan.models import Action, ActionPartner, Convention, Funding, Goal
from maillage.plan.rules.filters import GAPS
from maillage.plan.vocabulary import ActionState, Health
from maillage.territories.areas import UnknownArea, commune_of_any_year
from maillage.territories.queries import perimeter_of
from maillage.themes.models import Theme


class Option(NamedTuple):
    value: str
    label: str
    offered: bool = True
    depth: int = 1


def options_of(convention: Convention) -> dict[str, list[Option]]:
    """Parameter → what may be chosen; what nobody uses is known but not offered. Five queries."""
    yes = {"retard": "oui", "ajoutee": "oui"}
    partners = _organizations(convention)
    return {
        "etat": [Option(*choice) for choice in ActionState.choices],
        "sante": [Option(*choice) for choice in Health.choices],
        "retard": [Option(yes["retard"], "")],
        "sans": [Option(gap.value, words) for gap, words in GAPS.items()],
        "objectif": _goals(convention),
        "theme": [Option(*row) for row in Theme.objects.values_list("slug", "name")],
        "pilote": partners["leads"],
        "elu": _referents(convention),
        "partenaire": partners["joins"],
        "financeur": partners["funds"],
        "commune": _communes(convention),
        "annee": [Option(str(y), str(y)) for y in range(convention.starts_on.year, convention.ends_on.year + 1)],
        "ajoutee": [Option(yes["ajoutee"], "")],
    }


def _goals(convention: Convention) -> list[Option]:
    """In the order of the tree, with what it takes to tell two goals apart."""
    rows = Goal.objects.filter(convention=convention).order_by("depth", "position", "id")
    under: dict[int | None, list[Goal]] = {}
    for goal in rows:
        under.setdefault(goal.parent_id, []).append(goal)

    def walk(parent: int | None) -> list[Option]:
        return [option for goal in under.get(parent, []) for option in (_goal(goal), *walk(goal.pk))]

    return walk(None)


def _goal(goal: Goal) -> Option:
    return Option(str(goal.pk), f"{goal.number} {goal.short_title or goal.title}".strip(), depth=goal.depth)


def _organizations(convention: Convention) -> dict[str, list[Option]]:
    """« leads », « joins », « funds » → every partner of the territory, offered where it does so. One query."""
    here = {"action__convention": convention}
    rows = Organization.objects.filter(territory_id=convention.territory_id).annotate(
        leads=Exists(Action.objects.filter(convention=convention, lead_organization=OuterRef("pk"))),
        joins=Exists(ActionPartner.objects.filter(organization=OuterRef("pk"), **here)),
        funds=Exists(Funding.objects.filter(funder=OuterRef("pk"), **here)),
    )
    found = list(rows.order_by("name").values("pk", "name", "short_name", "leads", "joins", "funds"))
    return {
        use: [Option(str(row["pk"]), row["short_name"] or row["name"], row[use]) for row in found]
        for use in ("leads", "joins", "funds")
    }


def _referents(convention: Convention) -> list[Option]:
    used = Exists(Action.objects.filter(convention=convention, elected_referent=OuterRef("pk")))
    rows = Contact.objects.filter(territory_id=convention.territory_id).annotate(used=used).order_by("name")
    return [Option(str(pk), name, is_used) for pk, name, is_used in rows.values_list("pk", "name", "used")]


def _communes(convention: Convention) -> list[Option]:
    perimeter = perimeter_of(convention.territory, on=today())
    found = []
    for code in perimeter.commune_codes if perimeter else []:
        try:
            found.append(Option(code, commune_of_any_year(code).name))
        except UnknownArea:
            found.append(Option(code, code))
    return sorted(found, key=lambda option: option.label)
