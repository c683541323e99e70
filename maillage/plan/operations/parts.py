"""Parts: the rows that live inside an action, a goal, a convention, a signatory or an indicator, and go with it.

All of them are added, edited and removed the same way; what differs stands in one table. The journal speaks of the
whole (the action, not the milestone), so that one history tells everything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from maillage.access.may import may, require
from maillage.journal.operations import Change, record
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import (
    Action,
    ActionIndicator,
    ActionPartner,
    Commitment,
    Convention,
    Funding,
    Milestone,
    Note,
    ProgressMarker,
    Reading,
    Scheme,
    Signatory,
    Step,
    SubAction,
)
from maillage.plan.operations.editing import apply, create, in_words, locked
from maillage.plan.operations.meanwhile import settled
from maillage.plan.rules.dependencies import check_waiting
from maillage.plan.rules.money import check_amounts
from maillage.plan.rules.notes import check_audience, keeps_quiet
from maillage.ui.meanwhile import Seen

Part = TypeVar("Part", bound=models.Model)


def _nothing_more(_row: Any) -> None:
    """Most parts have no rule beyond their fields and constraints."""


def _amounts_add_up(funding: Any) -> None:
    check_amounts(funding.planned, funding.obtained, funding.spent)


def _waits_for_no_circle(milestone: Any) -> None:
    """One link at a time in a convention: two written at once could close a circle that neither sees."""
    if milestone.depends_on_id is None:
        return
    convention = Convention.objects.select_for_update().get(actions=milestone.action_id)
    before = Milestone.objects.select_related("action").get(pk=milestone.depends_on_id)
    links = Milestone.objects.filter(action__convention=convention, depends_on__isnull=False)
    check_waiting(
        milestone.pk, before.pk, dict(links.values_list("id", "depends_on_id")),
        same_plan=before.action.convention_id == convention.pk,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of part is held: `whole` is the path of attributes to what the journal speaks of."""

    holder: str
    verb: str
    added: str
    edited: str
    removed: str
    whole: str = ""
    check: Callable[[Any], None] = _nothing_more


KINDS: dict[type[models.Model], Kind] = {
    Milestone: Kind(
        "action", "action.follow", "Étape ajoutée", "Étape modifiée", "Étape supprimée", check=_waits_for_no_circle
    ),
    SubAction: Kind("action", "action.follow", "Sous-action ajoutée", "Sous-action modifiée", "Sous-action supprimée"),
    Note: Kind("action", "action.follow", "Note ajoutée", "Note modifiée", "Note supprimée"),
    Funding: Kind(
        "action", "action.edit", "Financement ajouté", "Financement modifié", "Financement supprimé",
        check=_amounts_add_up,
    ),
    ActionPartner: Kind("action", "action.edit", "Partenaire ajouté", "Partenaire modifié", "Partenaire retiré"),
    ActionIndicator: Kind("action", "action.edit", "Indicateur ajouté", "Indicateur modifié", "Indicateur supprimé"),
    Reading: Kind(
        "indicator", "action.follow", "Relevé ajouté", "Relevé modifié", "Relevé supprimé", whole="indicator.action"
    ),
    ProgressMarker: Kind("goal", "goal.edit", "Marqueur ajouté", "Marqueur modifié", "Marqueur supprimé"),
    Signatory: Kind(
        "convention", "convention.edit", "Signataire ajouté", "Signataire modifié", "Signataire retiré"
    ),
    Commitment: Kind(
        "signatory", "commitment.edit", "Engagement ajouté", "Engagement modifié", "Engagement supprimé",
        whole="signatory.convention",
    ),
    Step: Kind("convention", "convention.edit", "Étape ajoutée", "Étape modifiée", "Étape supprimée"),
    Scheme: Kind(
        "territory", "convention.edit", "Dispositif ajouté", "Dispositif modifié", "Dispositif retiré"
    ),
}  # fmt: skip


@transaction.atomic
def add_part(model: type[Part], holder: models.Model, data: Mapping[str, Any], *, by: User) -> Part:
    """Adds a row to its holder, last in order."""
    kind = KINDS[model]
    require_on_whole(by, kind, holder)
    holder = locked(holder)
    part = model(**{kind.holder: holder})
    if any(field.name == "position" for field in model._meta.fields) and "position" not in data:
        same = model._default_manager.filter(**{kind.holder: holder})
        data = {**data, "position": (same.aggregate(last=Max("position"))["last"] or 0) + 1}
    create(part, data)
    _check(part, kind, by)
    _hear_of(part, kind)
    record(whole_of(part, kind), kind.verb, _sentence(kind.added, part), by=by)
    return part


@transaction.atomic
def edit_part(part: Part, data: Mapping[str, Any], *, by: User, seen: Seen | None = None) -> Part:
    """Edits named fields of a part. Raises `ChangedMeanwhile` where somebody else changed the same ones."""
    kind = KINDS[type(part)]
    require_on_whole(by, kind, getattr(part, kind.holder))
    part = locked(part)
    was = _check(part, kind, by)
    changes = apply(part, settled(part, data, seen, whole=whole_of(part, kind)))
    _check(part, kind, by)
    if changes:
        _hear_of(part, kind)
        said = _quotable(part, changes, was)
        record(whole_of(part, kind), kind.verb, _sentence(kind.edited, part, was), by=by, changes=said)
    return part


@transaction.atomic
def remove_part(part: models.Model, *, by: User) -> None:
    """Removes a part; the journal keeps what it said, save the team's own notes."""
    kind = KINDS[type(part)]
    require_on_whole(by, kind, getattr(part, kind.holder))
    part = locked(part)
    _check(part, kind, by)
    said = in_words(part, [f.name for f in part._meta.fields if not f.is_relation and f.name not in {"id", "position"}])
    record(whole_of(part, kind), kind.verb, _sentence(kind.removed, part), by=by, changes=_quotable(part, said))
    part.delete()


def _check(part: models.Model, kind: Kind, by: User) -> str:
    """Judges a part as it stands; says who reads it, when that is part of it."""
    kind.check(part)
    if not isinstance(part, Note):
        return ""
    check_audience(part.audience, is_team=may(by, "note.team", part))
    return part.audience


def _sentence(did: str, part: models.Model, was: str = "") -> str:
    """« Étape ajoutée : Signer le bail ». Everybody reads the journal: it does not quote the team's own notes."""
    if isinstance(part, Note) and keeps_quiet([part.audience, was]):
        return did.replace("Note", "Note interne à l’équipe")
    return f"{did} : {part}"


def _quotable(part: models.Model, changes: list[Change], was: str = "") -> list[Change]:
    if isinstance(part, Note) and keeps_quiet([part.audience, was]):
        return [change for change in changes if change["label"].lower() == "qui la lit"]
    return changes


def _hear_of(part: models.Model, kind: Kind) -> None:
    """What is said in following an action is news of it."""
    if kind.verb == "action.follow":
        Action.objects.filter(pk=whole_of(part, kind).pk).update(news_on=today(), updated_at=timezone.now())


def whole_of(part: models.Model, kind: Kind) -> models.Model:
    """The object whose history a part belongs to."""
    subject: Any = part
    for name in (kind.whole or kind.holder).split("."):
        subject = getattr(subject, name)
    return subject  # type: ignore[no-any-return]


def require_on_whole(by: User, kind: Kind, holder: Any) -> None:
    """Asks the permission where the verb's condition can answer: of the action, or of the signatory itself."""
    subject = holder.action if isinstance(holder, ActionIndicator) else holder
    require(by, kind.verb, subject)
