"""Writing the journal: one call inside the transaction of each operation."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypedDict

from django.contrib.contenttypes.models import ContentType
from django.db import models

from maillage.journal.models import Entry


class Change(TypedDict):
    """One field that moved, in words a reader understands: « État », « À venir », « En cours »."""

    label: str
    before: str
    after: str


#: From whom the facts came, when it is not the person who acts.
_source: ContextVar[str] = ContextVar("source", default="")


@contextmanager
def according_to(source: str) -> Iterator[None]:
    """Within the block every entry says from whom the facts came: « …, d’après Marc Bénac (par lien) »."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def record(
    subject: models.Model,
    verb: str,
    sentence: str,
    *,
    by: Any,
    changes: Sequence[Change] = (),
    reason: str = "",
) -> Entry:
    """Writes what was just done to `subject`.

    `verb` is the key of the permission that was asked, `sentence` what a reader sees (« Action créée »),
    `by` the person, or None when Maillage itself acted.
    """
    entry = _entry(subject, verb, sentence, changes, reason=reason, by=by)
    entry.save(force_insert=True)
    return entry


def record_many(
    acts: Iterable[tuple[models.Model, Sequence[Change]]], verb: str, sentence: str, *, by: Any, reason: str = ""
) -> list[Entry]:
    """Writes that the same was done to many subjects: an entry for each, in few queries."""
    entries = [_entry(subject, verb, sentence, changes, reason=reason, by=by) for subject, changes in acts]
    return Entry.objects.bulk_create(entries, batch_size=500)


def _entry(
    subject: models.Model, verb: str, sentence: str, changes: Sequence[Change], *, by: Any, reason: str
) -> Entry:
    if source := _source.get():
        sentence = f"{sentence[:380]}, d’après {source}"
    return Entry(
        territory_id=subject.territory_id,  # type: ignore[attr-defined]
        actor=by,
        verb=verb,
        sentence=sentence[:500],
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        subject_label=str(subject)[:300],
        changes=list(changes),
        reason=reason,
    )
