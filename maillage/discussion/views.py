from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from maillage.access.may import may, require
from maillage.discussion.forms import CommentEditForm, CommentForm
from maillage.discussion.models import Mention
from maillage.discussion.operations import (
    add_comment,
    change_watch,
    edit_comment,
    read_mention,
    require_own,
    withdraw_comment,
)
from maillage.discussion.queries import comment_for, discussion_of, page_of, row_for
from maillage.people.spaces import person, territory_for
from maillage.ui.answering import carried_out


@require_http_methods(["GET", "POST"])
def discussion(request: HttpRequest, slug: str, word: str, pk: int) -> HttpResponse:
    """Everything that was said about something, and the form that adds to it."""
    territory, user = territory_for(request, slug), person(request)
    row, subject = row_for(user, territory, word, pk)
    if request.method == "POST":
        require(user, "discussion.comment", row)
    found = discussion_of(row, user, shown=None)
    form = CommentForm(request.POST or None, people=found.people, is_team=may(user, "discussion.team", row))

    def say() -> object:
        given = form.cleaned_data
        return add_comment(row, given["text"], people=form.called(), team=given.get("team", False), by=user)

    if comment := carried_out(request, form, say, "Votre commentaire est publié."):
        return redirect(page_of(comment, territory))
    context = {
        "title": "Discussion", "row": row, "subject": subject, "found": found, "form": form, "word": word,
        "back": subject.url(slug, pk), "may_comment": may(user, "discussion.comment", row),
    }  # fmt: skip
    return render(request, "discussion/discussion.html", context)


@require_http_methods(["GET", "POST"])
def comment_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    territory, user = territory_for(request, slug), person(request)
    comment, row, _ = comment_for(user, territory, pk)
    require_own(comment, by=user)
    form = CommentEditForm(request.POST or None, initial={"text": comment.text})
    back = page_of(comment, territory)

    def edit() -> object:
        return edit_comment(comment, form.cleaned_data["text"], by=user)

    if carried_out(request, form, edit, "Votre commentaire est modifié."):
        return redirect(back)
    context = {"title": "Modifier mon commentaire", "form": form, "row": row, "back": back}
    return render(request, "discussion/comment_form.html", context)


@require_http_methods(["GET", "POST"])
def comment_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    territory, user = territory_for(request, slug), person(request)
    comment, row, _ = comment_for(user, territory, pk)
    if comment.author != user:
        require(user, "discussion.moderate", comment)
    back = page_of(comment, territory)
    if request.method == "POST":
        try:
            withdraw_comment(comment, by=user)
            messages.success(request, "Le commentaire est retiré.")
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        return redirect(back)
    context = {"title": "Retirer ce commentaire ?", "comment": comment, "row": row, "back": back}
    return render(request, "discussion/comment_withdraw.html", context)


@require_POST
def mention_read(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """« J’ai lu »: the comment no longer waits for this person."""
    territory, user = territory_for(request, slug), person(request)
    mention = Mention.objects.filter(pk=pk, comment__territory=territory).select_related("comment").first()
    if mention is None:
        raise Http404("Cette mention n’existe pas, ou le commentaire a été retiré.")
    read_mention(mention, by=user)
    messages.success(request, "C’est noté : vous avez lu ce commentaire.")
    return redirect(page_of(mention.comment, territory))


@require_POST
def watch(request: HttpRequest, slug: str, word: str, pk: int) -> HttpResponse:
    """« Suivre » or « Ne plus suivre »: the button says which."""
    territory, user = territory_for(request, slug), person(request)
    row, subject = row_for(user, territory, word, pk)
    follow = request.POST.get("suivre") != "non"
    change_watch(row, follow, by=user)
    said = "Ce qui change ici vous sera dit dans vos rappels." if follow else "Vous ne recevrez plus ce qui change ici."
    messages.success(request, said)
    return redirect(subject.url(slug, pk) + "#discussion")
