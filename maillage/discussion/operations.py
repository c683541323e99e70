"""Saying something, changing one's mind, reading what one was called for, following."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from maillage.access.may import may, require
from maillage.discussion.models import Comment, Mention, Watch
from maillage.discussion.rules import check_called, check_edit
from maillage.discussion.subjects import subject_of
from maillage.discussion.wishes import wants_mail
from maillage.journal.operations import record
from maillage.people.models import Membership, User
from maillage.ui.mail import send_page

GONE = "Quelqu’un a supprimé cet élément entre-temps. Copiez votre texte avant de quitter cette page."


@transaction.atomic
def add_comment(row: models.Model, text: str, *, by: User, people: Iterable[User] = (), team: bool = False) -> Comment:
    """Says something about a row that this person may see; calls `people` to read it; follows the row from then on.

    `team` keeps the comment within the team. Raises `ValidationError` when somebody called could not read it.
    """
    subject = subject_of(row)
    require(by, subject.view, row)
    require(by, "discussion.team" if team else "discussion.comment", row)
    if not type(row)._default_manager.select_for_update().filter(pk=row.pk).exists():
        raise ValidationError(GONE)
    kind = ContentType.objects.get_for_model(row)
    comment = Comment(
        territory_id=row.territory_id, subject_type=kind, subject_id=row.pk, author=by, text=text.strip(),  # type: ignore[attr-defined]
        audience=Comment.Audience.TEAM if team else Comment.Audience.MEMBERS,
        # Reminders are read without fetching what they speak of.
        subject_label=str(row)[:300] + (" (exemple)" if getattr(row, "is_example", False) else ""),
    )  # fmt: skip
    comment.full_clean()
    comment.save()
    called = _called(comment, people, by)
    Mention.objects.bulk_create(Mention(comment=comment, user=user) for user in called)
    Mention.objects.filter(comment__subject_type=kind, comment__subject_id=row.pk, user=by, read_at=None).update(
        read_at=timezone.now()  # who answers has read
    )
    Watch.objects.get_or_create(territory_id=comment.territory_id, subject_type=kind, subject_id=row.pk, user=by)
    # Everybody reads the journal: it says that somebody spoke, not what.
    said = "Commentaire interne à l’équipe ajouté" if team else "Commentaire ajouté"
    record(row, "discussion.team" if team else "discussion.comment", said, by=by)
    for user in called:
        if wants_mail(user):
            transaction.on_commit(partial(_mail, comment, row, user))
    return comment


@transaction.atomic
def edit_comment(comment: Comment, text: str, *, by: User) -> Comment:
    """Changes one's own words within the hour."""
    comment = _locked(comment)
    require_own(comment, by=by)
    check_edit(comment.at, timezone.now(), withdrawn=comment.withdrawn_at is not None)
    comment.text, comment.edited_at = text.strip(), timezone.now()
    comment.full_clean()
    comment.save(update_fields=["text", "edited_at"])
    record(_subject(comment), "discussion.comment", "Commentaire modifié", by=by)
    return comment


@transaction.atomic
def withdraw_comment(comment: Comment, *, by: User) -> None:
    """Takes back what was said: its place stays, its text is kept nowhere, nobody is called any more."""
    comment = _locked(comment)
    if comment.author_id != by.pk:
        require(by, "discussion.moderate", comment)
    if comment.withdrawn_at:
        return
    comment.text, comment.withdrawn_at = "", timezone.now()
    comment.save(update_fields=["text", "withdrawn_at"])
    comment.mentions.all().delete()
    record(_subject(comment), "discussion.comment", "Commentaire retiré", by=by)


def read_mention(mention: Mention, *, by: User) -> None:
    """Says that one has read. It is nobody else's business: the journal has nothing to keep."""
    if mention.user_id != by.pk:
        raise PermissionDenied("Cette mention s’adresse à une autre personne.")
    Mention.objects.filter(pk=mention.pk, read_at=None).update(read_at=timezone.now())


def change_watch(row: models.Model, follow: bool, *, by: User) -> None:
    """Follows a row, or no longer. One's own choice: the journal has nothing to keep."""
    require(by, subject_of(row).view, row)
    require(by, "discussion.follow", row)
    kind = ContentType.objects.get_for_model(row)
    if follow:
        territory_id = row.territory_id  # type: ignore[attr-defined]
        Watch.objects.get_or_create(territory_id=territory_id, subject_type=kind, subject_id=row.pk, user=by)
    else:
        Watch.objects.filter(subject_type=kind, subject_id=row.pk, user=by).delete()


def forget_discussion(rows: Iterable[models.Model]) -> None:
    """Takes away what was said of rows about to be deleted, inside the transaction that deletes them.

    No permission is asked: whoever may delete the whole has just been asked for it.
    """
    for row in rows:
        about: dict[str, Any] = {"subject_type": ContentType.objects.get_for_model(row), "subject_id": row.pk}
        Comment.objects.filter(**about).delete()
        Watch.objects.filter(**about).delete()


def _called(comment: Comment, people: Iterable[User], by: User) -> list[User]:
    """The members of the space among `people`, once each, without the author."""
    asked = {user.pk for user in people} - {by.pk}
    rows = Membership.objects.open().filter(territory_id=comment.territory_id, user_id__in=asked).select_related("user")
    called = []
    for row in rows:
        row.user.remember_role(row.territory_id, row.role)
        called.append(row.user)
    if len(called) < len(asked):
        raise ValidationError({"people": "Cette personne n’est plus membre de l’espace. Retirez-la de la liste."})
    if comment.audience == Comment.Audience.TEAM:
        check_called(str(user) for user in called if not may(user, "discussion.team", comment))
    return called


def _subject(comment: Comment) -> models.Model:
    subject: Any = comment.subject
    if subject is None:
        raise ValidationError(GONE)
    return subject  # type: ignore[no-any-return]


def _locked(comment: Comment) -> Comment:
    fresh = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if fresh is None:
        raise ValidationError(GONE)
    return fresh


def require_own(comment: Comment, *, by: User) -> None:
    """Nobody changes another person's words."""
    if comment.author_id != by.pk:
        raise PermissionDenied("Ce commentaire est d’une autre personne.")
    require(by, "discussion.comment", comment)


def _mail(comment: Comment, row: models.Model, user: User) -> None:
    page = subject_of(row).url(comment.territory.slug, row.pk)
    context = {
        "name": user.name,
        "by": str(comment.author),
        "row": str(row),
        "is_example": getattr(row, "is_example", False),
        "space": comment.territory.name,
        "text": comment.text,
        "link": f"{settings.BASE_URL}{page}#commentaire-{comment.pk}",
        "rhythm": settings.BASE_URL + reverse("account") + "#rappels",
    }
    subject = " ".join(f"{comment.author} vous a écrit à propos de « {row} »".split())
    send_page(user.email, subject[:200], "discussion/mail/mention", context)
