"""What was said about something, whom it calls, what moved in what one follows."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone

from maillage.access.may import may, require
from maillage.discussion.models import Comment, Mention, Watch
from maillage.discussion.rules import may_still_edit
from maillage.discussion.subjects import Subject, subject_called, subject_of
from maillage.journal.models import Entry
from maillage.people.models import Membership, User
from maillage.territories.models import Territory

#: What the page of a subject shows; the whole is one click away.
SHOWN = 5


@dataclass(slots=True)
class Remark:
    """A comment as its reader sees it. `unread` is the number of her own mention, when it still waits."""

    comment: Comment
    author: str
    mine: bool
    called: list[str] = field(default_factory=list)
    unread: int | None = None
    may_edit: bool = False
    may_withdraw: bool = False


@dataclass(frozen=True, slots=True)
class Discussion:
    """Oldest first. `earlier` says whether older remarks are left out; `people` are (id, name) of the other members."""

    remarks: list[Remark]
    earlier: bool
    people: list[tuple[int, str]]
    followed: bool
    followers: int


def discussion_of(row: models.Model, reader: User, *, shown: int | None = SHOWN) -> Discussion:
    """The discussion about a row, in two queries, whatever was said."""
    about = _about(row)
    remarks = _remarks(row, reader, shown + 1 if shown else None)
    members = (
        Membership.objects.open()
        .filter(territory_id=row.territory_id, user__is_active=True)  # type: ignore[attr-defined]
        .annotate(follows=Exists(Watch.objects.filter(**about, user=OuterRef("user_id"))))
        .order_by("user__name", "user__email")
        .values_list("user_id", "user__name", "user__email", "follows")
    )
    people, followed, followers = [], False, 0
    for user_id, name, email, follows in members:
        followers += follows
        if user_id == reader.pk:
            followed = follows
        else:
            people.append((user_id, name or email))
    earlier = bool(shown) and len(remarks) > (shown or 0)
    return Discussion(remarks[-shown:] if shown else remarks, earlier, people, followed, followers)


def _about(row: models.Model) -> dict[str, Any]:
    return {"subject_type": ContentType.objects.get_for_model(row), "subject_id": row.pk}


def comments_for(reader: User, row: Any) -> QuerySet[Comment]:
    """The comments on a territory or on one of its rows that this person may read."""
    comments = Comment.objects.filter(territory_id=row.pk if isinstance(row, Territory) else row.territory_id)
    return comments if may(reader, "discussion.team", row) else comments.exclude(audience=Comment.Audience.TEAM)


def _remarks(row: models.Model, reader: User, most: int | None) -> list[Remark]:
    """Comments and those they call, in one left join: the last ones, oldest first."""
    readable = comments_for(reader, row).filter(**_about(row))
    last = readable.order_by("-at", "-id").values("pk")[:most]
    moderates, comments_too = may(reader, "discussion.moderate", row), may(reader, "discussion.comment", row)
    joined = (
        Comment.objects.filter(pk__in=last)
        .select_related("author")
        .annotate(
            mention_id=models.F("mentions__id"), called_id=models.F("mentions__user_id"),
            called_name=models.F("mentions__user__name"), called_email=models.F("mentions__user__email"),
            mention_read=models.F("mentions__read_at"),
        )
        .order_by("at", "id", "mentions__id")
    )  # fmt: skip
    found: dict[int, Remark] = {}
    for comment in joined:
        mine = comment.author_id == reader.pk
        remark = found.setdefault(comment.pk, Remark(comment, str(comment.author), mine))
        remark.may_withdraw = not comment.withdrawn_at and (mine or moderates)
        remark.may_edit = mine and comments_too and may_still_edit(
            comment.at, timezone.now(), withdrawn=comment.withdrawn_at is not None
        )  # fmt: skip
        if comment.mention_id:
            remark.called.append(comment.called_name or comment.called_email)
            if comment.called_id == reader.pk and comment.mention_read is None:
                remark.unread = comment.mention_id
    return list(found.values())


def row_for(user: User, territory: Territory, word: str, pk: int) -> tuple[Any, Subject]:
    """The row of that address, for a person who may see it; 404 for what is not of this territory."""
    subject = subject_called(word)
    row: Any = subject.model._default_manager.filter(pk=pk).first() if subject else None
    if subject is None or row is None or row.territory_id != territory.pk:
        raise Http404("Cet élément n’existe pas, ou il a été supprimé.")
    require(user, subject.view, row)
    return row, subject


def comment_for(user: User, territory: Territory, pk: int) -> tuple[Comment, Any, Subject]:
    """The comment of that address, with what it speaks of, for a person who may read both today."""
    comment = comments_for(user, territory).filter(pk=pk).first()
    row: Any = comment.subject if comment else None
    if comment is None or row is None:
        raise Http404("Ce commentaire n’existe pas, ou il a été supprimé.")
    subject = subject_of(row)
    require(user, subject.view, row)
    return comment, row, subject


def unread_mentions(user: User, territory: Territory) -> list[Mention]:
    """What still calls a person in a space, oldest first; one query."""
    mentions = Mention.objects.filter(user=user, read_at=None, comment__in=comments_for(user, territory))
    mentions = mentions.select_related("comment__author", "comment__subject_type")
    return list(mentions.order_by("comment__at", "id")[:50])


def page_of(comment: Comment, territory: Territory) -> str:
    """Where a comment is read."""
    subject = subject_called(comment.subject_type.model)
    page = subject.url(territory.slug, comment.subject_id) if subject else ""
    return f"{page}#commentaire-{comment.pk}"


@dataclass(slots=True)
class Moved:
    """Something that one follows and that moved: its name, its page, what was done (« Paul Rey : Fiche modifiée »)."""

    label: str
    url: str
    said: list[str] = field(default_factory=list)


def moved_for(user: User, territory: Territory, since: dt.datetime, until: dt.datetime) -> list[Moved]:
    """What others did, in that time, to what a person follows; one query."""
    followed = Watch.objects.filter(user=user, subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"))
    entries = (
        Entry.objects.filter(Exists(followed), territory_id=territory.pk, at__gte=since, at__lt=until)
        .exclude(actor=user)
        .select_related("actor", "subject_type")
        .order_by("at", "id")
    )
    found: dict[tuple[int, int], Moved] = {}
    for entry in entries[:200]:
        subject = subject_called(entry.subject_type.model)
        if subject is None:
            continue
        url = subject.url(territory.slug, entry.subject_id)
        moved = found.setdefault((entry.subject_type_id, entry.subject_id), Moved(entry.subject_label, url))
        moved.label = entry.subject_label
        moved.said.append(f"{entry.actor or 'Maillage'} : {entry.sentence}")
    return list(found.values())
