"""Who may do what with the plan."""

from typing import Any

from django.db.models import Q

from maillage.access.may import role_of
from maillage.access.roles import Role
from maillage.access.tables import Verb, When, declare, verb
from maillage.network.queries import contact_ids_of, organization_ids_of
from maillage.plan.models import ActionPartner

EVERYONE = dict.fromkeys(Role, True)
COORDINATOR_ONLY = {Role.COORDINATOR: True}


def carries_the_action(user: Any, action: Any) -> bool:
    """Whether the person speaks for the lead of an action, or for a partner that puts it into practice."""
    mine = organization_ids_of(user, action.territory_id)
    if not mine:
        return False
    if action.lead_organization_id in mine:
        return True
    carrying = ActionPartner.objects.filter(action=action, role=ActionPartner.Role.OPERATIONAL)
    return carrying.filter(organization_id__in=mine).exists()


def followed_ids(user: Any, convention: Any) -> set[int] | None:
    """The actions of a plan that the person may follow, in one query; None for all of them.

    The same answer as asking `may(user, "action.follow", action)` of each, which a list cannot afford.
    """
    role = role_of(user, convention)
    right = verb("action.follow").rights.get(role, False) if role else False
    if not isinstance(right, When):
        return None if right else set()
    mine = organization_ids_of(user, convention.territory_id)
    if not mine:
        return set()
    carrying = Q(partner_links__role=ActionPartner.Role.OPERATIONAL, partner_links__organization_id__in=mine)
    carried = convention.actions.filter(Q(lead_organization_id__in=mine) | carrying)
    return set(carried.values_list("id", flat=True))


def speaks_for_the_signatory(user: Any, signatory: Any) -> bool:
    return signatory.organization_id in organization_ids_of(user, signatory.territory_id)


def is_this_contact(user: Any, contact: Any) -> bool:
    return contact.pk in contact_ids_of(user, contact.territory_id)


def is_her_own(user: Any, view: Any) -> bool:
    return bool(view.by_id == user.pk)


def is_shared_or_her_own(user: Any, view: Any) -> bool:
    return bool(view.is_shared) or is_her_own(user, view)


SHARED_OR_HERS = When("si la vue est partagée, ou la sienne", is_shared_or_her_own)
HER_OWN = When("si la vue est la sienne", is_her_own)
CARRIES = When("si sa structure pilote l’action ou la met en œuvre", carries_the_action)
SIGNED = When("pour les engagements de sa structure", speaks_for_the_signatory)

declare(
    Verb("plan.view", "voir le plan", EVERYONE),
    Verb("convention.edit", "modifier la convention", COORDINATOR_ONLY),
    Verb("commitment.edit", "tenir à jour un engagement", {Role.COORDINATOR: True, Role.SIGNATORY: SIGNED}),
    Verb(
        "brief.view",
        "lire la note d’un élu référent",
        {Role.COORDINATOR: True, Role.ELECTED: When("si c’est la sienne", is_this_contact)},
    ),
    Verb("brief.list", "choisir la note de chaque élu", COORDINATOR_ONLY),
    Verb("goal.edit", "modifier les objectifs du plan", COORDINATOR_ONLY),
    Verb("action.edit", "créer ou modifier une action", COORDINATOR_ONLY),
    Verb("note.team", "lire et écrire les notes internes à l’équipe", COORDINATOR_ONLY),
    Verb(
        "action.follow",
        "donner des nouvelles d’une action",
        {Role.COORDINATOR: True, Role.SIGNATORY: CARRIES, Role.FIELD_ACTOR: CARRIES},
    ),
    Verb("view.save", "garder une vue du plan pour soi", EVERYONE),
    Verb("view.share", "partager une vue du plan avec l’équipe", COORDINATOR_ONLY),
    Verb(
        "view.remove",
        "supprimer une vue du plan",
        {**dict.fromkeys(Role, HER_OWN), Role.COORDINATOR: SHARED_OR_HERS},
    ),
)
