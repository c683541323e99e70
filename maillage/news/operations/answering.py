"""What the holder of a link does. She alone holds it, so no permission is asked; nothing of the plan changes here."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from maillage.documents.models import stored_name
from maillage.documents.rules import accept
from maillage.documents.storing import fingerprint, put_away, take_out
from maillage.journal.operations import record
from maillage.news.models import NewsAttachment, NewsProposal, NewsRequest
from maillage.news.queries.requests import opens, proposal_of
from maillage.news.rules import MOST_FILES, check_answerable, check_sentence
from maillage.news.vocabulary import ProposalState
from maillage.plan.models import Action
from maillage.plan.operations.news import MEANING, Answer
from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import ActionState, Health

CLOSED_LINK = "Ce lien n’ouvre plus rien. Demandez-en un nouveau à la personne qui vous a écrit."
CLOSED_ACTION = "Cette action est close : elle n’attend plus de nouvelles."
NOT_OF_THIS_ACTION = "Cet élément n’est pas de cette action, ou il a été supprimé. Rechargez la page."


@dataclass(frozen=True, slots=True)
class Said:
    """What a person answers of one action: ids of steps, indicators and funding lines → what she says of them."""

    answer: Answer
    sentence: str = ""
    milestones: Mapping[int, dt.date] = field(default_factory=dict)
    readings: Mapping[int, Decimal] = field(default_factory=dict)
    spent: Mapping[int, Decimal] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        return {
            "answer": self.answer.value,
            "sentence": self.sentence.strip(),
            "milestones": {str(pk): day.isoformat() for pk, day in self.milestones.items()},
            "readings": {str(pk): f"{value:f}" for pk, value in self.readings.items()},
            "spent": {str(pk): f"{value:f}" for pk, value in self.spent.items()},
        }


def propose_news(
    request: NewsRequest, said: Said, *, files: "Sequence[UploadedFile[Any]]" = (), without: Collection[int] = ()
) -> NewsProposal:
    """Sends news, or corrects those sent before as long as nobody decided. Sending the same twice changes nothing.

    `without` are ids of attachments sent before and taken back. Raises `ValidationError` when the link is closed, the
    action too, when a file is refused, or when the answer was accepted already.
    """
    check_sentence(MEANING[said.answer][1] == Health.GOOD, said.sentence)
    stored: list[NewsAttachment] = []
    try:
        for upload in files:
            stored.append(_put(upload))
        with transaction.atomic():
            locked = _held(request)
            proposal = proposal_of(locked) or NewsProposal(request=locked, revision=0)
            check_answerable(proposal.state if proposal.pk else None)
            _check(locked.action, said)
            changed = _write(proposal, said)
            changed |= _attach(proposal, stored, without)
            if changed:
                _tell(proposal)
        return proposal
    except BaseException:
        # Whatever happened, bytes without a row would never be seen again.
        for attachment in stored:
            take_out(attachment.path)
        raise


@transaction.atomic
def hand_over(request: NewsRequest, name: str, email: str) -> NewsRequest:
    """« Ce n’est plus moi qui m’en occupe »: closes this link at once, and proposes somebody when one is known."""
    locked = _held(request)
    locked.handed_over_at = locked.revoked_at = timezone.now()
    locked.successor_name, locked.successor_email = name.strip(), email.strip().lower()
    locked.full_clean(exclude=["contact", "secret_hash"])
    locked.save(update_fields=["handed_over_at", "revoked_at", "successor_name", "successor_email"])
    whom = f" et propose {name.strip()}" if name.strip() else ""
    record(locked.action, "news.ask", f"{locked.name} ne suit plus cette action{whom} (par lien)", by=None)
    return locked


def _held(request: NewsRequest) -> NewsRequest:
    """The request as it is now, held until the end, when its link still opens its action."""
    if not NewsRequest.objects.select_for_update().filter(pk=request.pk, secret_hash=request.secret_hash).exists():
        raise ValidationError(CLOSED_LINK)
    locked = NewsRequest.objects.select_related("action", "campaign", "contact", "proposal").get(pk=request.pk)
    if not opens(locked):
        raise ValidationError(CLOSED_LINK)
    return locked


def _check(action: Action, said: Said) -> None:
    if ActionState(action.state) in ENDED:
        raise ValidationError(CLOSED_ACTION)
    for given, rows in ((said.milestones, action.milestones), (said.readings, action.indicators),
                        (said.spent, action.fundings)):  # fmt: skip
        if given and rows.filter(pk__in=given).count() != len(given):
            raise ValidationError(NOT_OF_THIS_ACTION)


def _write(proposal: NewsProposal, said: Said) -> bool:
    """Writes what was said; whether anything differs from what was sent before."""
    values = said.stored()
    waiting = proposal.pk and proposal.state == ProposalState.PROPOSED
    if waiting and all(getattr(proposal, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.state = ProposalState.PROPOSED
    proposal.decided_at = proposal.decided_by = None
    proposal.full_clean(exclude=["request"])
    proposal.save()
    return True


def _tell(proposal: NewsProposal) -> None:
    proposal.revision += 1
    proposal.submitted_at = timezone.now()
    proposal.save(update_fields=["revision", "submitted_at"])
    done = "proposées" if proposal.revision == 1 else "complétées"
    record(proposal.request.action, "news.ask", f"Nouvelles {done} par {proposal.request.name} (par lien)", by=None)


def _put(upload: "UploadedFile[Any]") -> NewsAttachment:
    """Judges a file as documents do, and stores its bytes under a name that says nothing."""
    stream: Any = upload
    try:
        accepted = accept(upload.name or "", upload.size or 0, stream, max_bytes=settings.DOCUMENT_MAX_BYTES)
    except ValidationError as refusal:
        raise ValidationError(f"« {upload.name} » : {refusal.messages[0]}") from refusal
    return NewsAttachment(
        name=accepted.name, media_type=accepted.media_type, size=upload.size or 0, sha256=fingerprint(stream),
        path=put_away(stored_name(None, accepted.name), stream),  # type: ignore[arg-type]
    )  # fmt: skip


def _attach(proposal: NewsProposal, stored: Sequence[NewsAttachment], without: Collection[int]) -> bool:
    """Joins what was just stored and takes back what is no longer wanted; whether anything changed."""
    known = {row.sha256: row for row in proposal.attachments.all()}
    leaving = [row for row in known.values() if row.pk in without]
    coming: list[NewsAttachment] = []
    for attachment in stored:
        if attachment.sha256 in known or attachment.sha256 in {row.sha256 for row in coming}:
            transaction.on_commit(partial(take_out, attachment.path))  # sent twice: the first is kept
        else:
            coming.append(attachment)
    if len(known) - len(leaving) + len(coming) > MOST_FILES:
        raise ValidationError(f"Joignez {MOST_FILES} fichiers au plus.")
    for row in leaving:
        row.delete()
        transaction.on_commit(partial(take_out, row.path))
    for row in coming:
        row.proposal = proposal
        row.save()
    return bool(leaving or coming)
