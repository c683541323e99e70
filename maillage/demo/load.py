"""Loading the demo: real facts of a real convention, and examples that say so."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from maillage.access.roles import Role
from maillage.demo.cast import CAST, GASCOGNE, NEXT_DOOR
from maillage.demo.news import load_news
from maillage.demo.plan import PlanLoader
from maillage.demo.talk import talk
from maillage.demo.versions import load_versions
from maillage.network.models import Affiliation, Contact, Organization
from maillage.network.naming import Directory
from maillage.people.models import Membership, User
from maillage.people.operations import open_territory
from maillage.plan.operations import create_convention
from maillage.territories.areas import epci
from maillage.territories.models import Perimeter, Territory

CONTENT = Path(__file__).parent / "content"


@transaction.atomic
def load_demo() -> bool:
    """Loads both territories; False, and nothing changed, when they are there already."""
    if Territory.objects.filter(slug=GASCOGNE).exists():
        return False
    people = {actor.key: User.objects.create_user(actor.email, actor.name) for actor in CAST}
    _gascogne(tomllib.loads((CONTENT / f"{GASCOGNE}.toml").read_text()), people["coordinator"])
    _next_door(people["stranger"])
    for actor in CAST:
        territory = Territory.objects.get(slug=actor.space)
        membership, _ = Membership.objects.get_or_create(
            territory=territory, user=people[actor.key], defaults={"role": actor.role}
        )
        if actor.organization:
            organization = Organization.objects.get(territory=territory, name=actor.organization)
            Affiliation.objects.create(membership=membership, organization=organization)
    elected = Contact.objects.filter(territory__slug=GASCOGNE, name=people["elected"].name)
    elected.update(user=people["elected"])
    load_news(Territory.objects.get(slug=GASCOGNE), by=people["coordinator"])
    talk(tomllib.loads((CONTENT / f"{GASCOGNE}.toml").read_text())["comment"], people)
    return True


def _gascogne(content: dict[str, Any], coordinator: User) -> None:
    facts = content["territory"]
    territory = Territory.objects.create(
        slug=facts["slug"], name=facts["name"], kind=Territory.Kind.EPCI, sirens=[facts["siren"]]
    )
    left_on = facts["fontenilles_left_on"]
    Perimeter.objects.create(
        territory=territory, starts_on=facts["first_day"], ends_on=left_on, edition=2023,
        commune_codes=sorted(epci(facts["siren"], 2023).members),
    )  # fmt: skip
    Perimeter.objects.create(
        territory=territory, starts_on=left_on, edition=2024, reason=facts["fontenilles_reason"],
        commune_codes=sorted(epci(facts["siren"], 2024).members),
    )  # fmt: skip
    Membership.objects.create(territory=territory, user=coordinator, role=Role.COORDINATOR)
    loader = PlanLoader(territory, content, by=coordinator)
    loader.load()
    load_versions(loader.convention, by=coordinator)


def _next_door(coordinator: User) -> None:
    """A small fictitious territory, so that isolation can be seen."""
    territory = open_territory("Vallée de l’Exemple", communes=["32107", "32208"], by=coordinator)
    territory.slug, territory.is_example = NEXT_DOOR, True
    territory.save(update_fields=["slug", "is_example"])
    content = tomllib.loads((CONTENT / f"{NEXT_DOOR}.toml").read_text())
    given = content["convention"]
    convention = create_convention(territory, given | {"is_example": True}, by=coordinator)
    loader = PlanLoader(territory, content, by=coordinator)
    loader.convention, loader.directory = convention, Directory(territory, by=coordinator, is_example=True)
    loader.load_goals(1)
    loader.load_actions()
