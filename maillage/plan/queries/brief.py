"""The one-page brief of an elected member: what she is referent of, what changed, what she will be asked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from maillage.journal.models import Entry
from maillage.network.models import Contact
from maillage.plan.meetings import Meeting, last_meeting, meetings_of, next_meeting
from maillage.plan.models import Action, Convention, Milestone, Step
from maillage.plan.queries.actions import ActionRow, action_rows, money_of
from maillage.plan.queries.conventions import steps_of
from maillage.plan.queries.tree import tree_of
from maillage.plan.rules.silence import months_before
from maillage.plan.rules.states import ENDED
from maillage.plan.rules.telling import in_short, is_told
from maillage.plan.vocabulary import Health
from maillage.territories.models import Territory
from maillage.ui.french import in_words

#: Without a known meeting, « depuis » means this long, and the page says so.
MONTHS_WITHOUT_MEETING = 3
AHEAD = dt.timedelta(days=60)
#: Entries read, and milestones listed, at most: a brief is one page.
READ, DUE = 400, 30


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to one action (or to the convention, without `action`), newest first."""

    action: ActionRow | None
    on: dt.date
    sentences: list[str]


@dataclass(frozen=True, slots=True)
class Brief:
    """`since` is the day of the last meeting, or three months ago when `last` is None."""

    rows: list[ActionRow]
    hues: dict[int, int]
    since: dt.date
    last: Meeting | None
    next: Meeting | None
    told: list[Told]
    due: list[Milestone]
    step: Step | None
    money: dict[str, dict[str, Decimal | None]]
    is_example: bool

    @property
    def open_rows(self) -> list[ActionRow]:
        return [row for row in self.rows if row.state not in ENDED]

    @property
    def blocked(self) -> list[ActionRow]:
        return [row for row in self.open_rows if row.health == Health.BLOCKED]

    @property
    def watched(self) -> list[ActionRow]:
        return [row for row in self.open_rows if row.health == Health.WATCH]

    @property
    def late(self) -> int:
        return sum(1 for row in self.open_rows if row.days_late)

    def title(self, name: str = "") -> str:
        """« Vous suivez trois actions, une est bloquée »; with a name, of somebody else."""
        who = f"{name} suit" if name else "Vous suivez"
        count, blocked = len(self.open_rows), len(self.blocked)
        if not count:
            return f"{name} ne suit aucune action ouverte" if name else "Vous ne suivez aucune action ouverte"
        said = f"{who} {in_words(count)} action{'s' if count > 1 else ''}"
        return said + (f", {in_words(blocked)} {'sont bloquées' if blocked > 1 else 'est bloquée'}" if blocked else "")


def brief_of(convention: Convention, contact_ids: set[int], on: dt.date) -> Brief:
    """Nine queries at most, whatever she follows."""
    rows = action_rows(convention, elected_referent__in=contact_ids) if contact_ids else []
    rows.sort(key=lambda row: (row.state in ENDED, row.health != Health.BLOCKED, -row.days_late))
    known = meetings_of(convention.territory)
    last, following = last_meeting(known, on), next_meeting(known, on)
    since = last.on if last else months_before(on, MONTHS_WITHOUT_MEETING)
    steps = [step for step in steps_of(convention) if not step.done_on]
    return Brief(
        rows=rows,
        hues={row.id: branch.hue for branch in tree_of(convention, rows).walk() for row in branch.actions},
        since=since,
        last=last,
        next=following,
        told=told_since(convention, rows, since),
        due=due_before(convention, contact_ids, following.on if following else on + AHEAD),
        step=min(steps, key=lambda step: step.due_on or dt.date.max, default=None),
        money=money_of(convention, action__elected_referent__in=contact_ids),
        is_example=any(row.is_example for row in rows),
    )


def told_since(convention: Convention, rows: Iterable[ActionRow], since: dt.date) -> list[Told]:
    """What the journal holds since that day of her actions and of the convention; one query."""
    by_id = {row.id: row for row in rows}
    types = ContentType.objects.get_for_models(Action, Convention)
    after = timezone.make_aware(dt.datetime.combine(since, dt.time.min))
    entries = Entry.objects.filter(
        Q(subject_type=types[Action], subject_id__in=by_id)
        | Q(subject_type=types[Convention], subject_id=convention.pk),
        territory_id=convention.territory_id, at__gte=after,
    ).only("at", "sentence", "reason", "changes", "subject_id", "subject_type_id")[:READ]  # fmt: skip
    found: dict[int, Told] = {}
    for entry in entries:
        if is_told(entry.sentence, entry.changes):
            action = by_id.get(entry.subject_id) if entry.subject_type_id == types[Action].pk else None
            told = found.setdefault(action.id if action else 0, Told(action, timezone.localdate(entry.at), []))
            told.sentences.append(in_short(entry.sentence, entry.reason))
    return list(found.values())


def due_before(convention: Convention, contact_ids: set[int], until: dt.date) -> list[Milestone]:
    """The open milestones of her actions that fall due until then, late ones first; one query."""
    rows = Milestone.objects.filter(
        action__convention=convention, action__elected_referent__in=contact_ids, done_on=None, due_on__lte=until
    ).exclude(action__state__in=ENDED)
    return list(rows.select_related("action").order_by("due_on", "id")[:DUE])


def referents_of(territory: Territory) -> QuerySet[Contact]:
    """The contacts who are referent of an action, with how many (`followed`)."""
    return (
        Contact.objects.filter(territory=territory, referent_of__isnull=False)
        .annotate(followed=Count("referent_of"))
        .select_related("user")
        .order_by("name")
    )
