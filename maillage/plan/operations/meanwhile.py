"""What remains to be written of a form, once the locked row has been compared with what its reader saw."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils import timezone

from maillage.journal.changes import as_words
from maillage.journal.models import Entry
from maillage.journal.queries import history_of
from maillage.territories.areas import commune_of_any_year
from maillage.ui.french import NBSP, short_date
from maillage.ui.meanwhile import ChangedMeanwhile, Clash, Seen, settle
from maillage.ui.seen import row_key

#: A page is shown a little after its row was read.
BEFORE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stored:
    """What a field holds now: as data, as words, and the name that the reader knows it by."""

    value: Any
    words: str
    label: str


def settled(
    row: models.Model,
    data: Mapping[str, Any],
    seen: Seen | None,
    *,
    whole: models.Model | None = None,
    stored: Mapping[str, Stored] | None = None,
) -> dict[str, Any]:
    """The fields of `data` to write on a locked row: those that this person changed, and nobody else did.

    `whole` is what the journal speaks of (the row itself by default); `stored` what the row holds, when it is not in
    its own fields. Raises `ChangedMeanwhile` when both changed the same field otherwise.
    """
    if seen is None:
        return dict(data)
    if seen.row != row_key(row):
        seen = replace(seen, marks={})
    known = stored or {name: _stored(row, name) for name in data}
    outcome = settle(seen, {name: known[name].value for name in data}, data)
    if outcome.clashing or outcome.merged:
        since = list(history_of(whole or row).filter(at__gte=seen.at - BEFORE)[:50])
    if outcome.clashing:
        clashes = [_clash(name, known[name], since) for name in data if name in outcome.clashing]
        raise ChangedMeanwhile(clashes, {clash.name: known[clash.name].value for clash in clashes})
    seen.merged += [_told(known[name].label, since) for name in data if name in outcome.merged]
    return {name: data[name] for name in data if name in outcome.write}


def _stored(row: models.Model, name: str) -> Stored:
    field: Any = row._meta.get_field(name)
    label = str(field.verbose_name)
    label = label[:1].upper() + label[1:]
    if field.many_to_many:
        rows = list(getattr(row, name).all())
        return Stored(rows, ", ".join(map(str, rows)) or "—", label)
    value = getattr(row, field.attname)
    if name == "commune_codes":
        return Stored(value, ", ".join(commune_of_any_year(code).name for code in value) or "Tout le territoire", label)
    return Stored(value, as_words(row, name), label)


def _clash(name: str, stored: Stored, since: list[Entry]) -> Clash:
    entry = _entry_of(stored.label, since)
    if entry is None:
        return Clash(name, stored.label, stored.words)
    return Clash(name, stored.label, stored.words, str(entry.actor or "Maillage"), moment(entry.at))


def _told(label: str, since: list[Entry]) -> str:
    entry = _entry_of(label, since)
    return f"{label} ({entry.actor or 'Maillage'})" if entry else label


def _entry_of(label: str, since: list[Entry]) -> Entry | None:
    """The last entry that names the field, else the last of all: some acts say what they did in one sentence."""
    named = [entry for entry in since if any(change["label"] == label for change in entry.changes)]
    return next(iter(named or since), None)


def moment(at: dt.datetime) -> str:
    """« 25 nov. 2026 à 14 h 32 »."""
    local = timezone.localtime(at)
    return f"{short_date(at)} à {local.hour}{NBSP}h{NBSP}{local:%M}"
