"""The discussion about something, with the form that adds to it."""

from typing import Any

from django import template
from django.db import models
from django.template.context import Context

from maillage.access.may import may
from maillage.discussion.forms import CommentForm
from maillage.discussion.queries import discussion_of as found_about
from maillage.discussion.subjects import subject_of

register = template.Library()


@register.inclusion_tag("discussion/block.html", takes_context=True)
def discussion_of(context: Context, row: models.Model, slug: str) -> dict[str, Any]:
    """Two queries. Whoever sees the page of a row reads its discussion."""
    user = context["request"].user
    found = found_about(row, user)
    may_comment = may(user, "discussion.comment", row)
    is_team = may(user, "discussion.team", row)
    return {
        "row": row,
        "word": row._meta.model_name,
        "slug": slug,
        "subject": subject_of(row),
        "found": found,
        "may_comment": may_comment,
        "form": CommentForm(people=found.people, is_team=is_team, auto_id="commentaire-%s") if may_comment else None,
        "csrf_token": context.get("csrf_token"),
    }
