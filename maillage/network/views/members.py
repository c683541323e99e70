"""Who has access to the space, in which role, and for whom they speak."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.access.may import may
from maillage.access.roles import Role
from maillage.network.forms import InvitationForm, RoleForm
from maillage.network.operations import change_member, invite_member
from maillage.people.models import Invitation, Membership
from maillage.people.operations import end_access, send_again
from maillage.people.proof import asks_again
from maillage.people.spaces import person, territory_for
from maillage.ui.answering import carried_out, done


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "people.view")
    rows = (
        Membership.objects.open()
        .filter(territory=territory)
        .select_related("user", "invitation", "affiliation__organization")
        .order_by("role", "user__name")
    )
    context = {
        "title": "Équipe et accès",
        "members": rows,
        "may_invite": may(person(request), "people.invite", territory),
    }
    return render(request, "network/members.html", context)


@require_http_methods(["GET", "POST"])
@asks_again
def member_invite(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "people.invite")
    form = InvitationForm(request.POST or None, territory=territory, initial={"role": Role.READER})

    def invite() -> Invitation:
        given = form.cleaned_data
        role, organization = Role(given["role"]), given["organization"]
        return invite_member(territory, given["email"], given["name"], role, organization, by=person(request))

    if carried_out(request, form, invite, f"L’invitation est partie à {request.POST.get('email', '')}."):
        return redirect("members", slug)
    return render(request, "network/member_form.html", {"title": "Inviter une personne", "form": form})


@require_http_methods(["GET", "POST"])
@asks_again
def member_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership = member_for(request, slug, pk)
    affiliation = getattr(membership, "affiliation", None)
    initial = {"role": membership.role, "organization": affiliation.organization_id if affiliation else None}
    form = RoleForm(request.POST or None, territory=membership.territory, initial=initial)

    def change() -> None:
        given = form.cleaned_data
        change_member(membership, Role(given["role"]), given["organization"], by=person(request))

    if carried_out(request, form, change, "Le rôle est enregistré."):
        return redirect("members", slug)
    context = {"title": f"Rôle de {membership.user}", "form": form, "member": membership}
    return render(request, "network/member_form.html", context)


@require_POST
@asks_again
def member_send_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership = member_for(request, slug, pk)
    try:
        if not hasattr(membership, "invitation"):
            raise ValidationError("Cette personne n’a pas été invitée par courriel.")
        send_again(membership.invitation, by=person(request))
        messages.success(request, f"L’invitation est repartie à {membership.user.email}.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("members", slug)


@require_http_methods(["GET", "POST"])
@asks_again
def member_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership = member_for(request, slug, pk)
    if request.method == "POST":
        done(
            request,
            lambda: end_access(membership, by=person(request)),
            f"{membership.user} n’entre plus dans l’espace.",
        )
        return redirect("members", slug)
    context = {"title": f"Fermer l’accès de {membership.user} ?", "member": membership}
    return render(request, "network/member_end.html", context)


def member_for(request: HttpRequest, slug: str, pk: int) -> Membership:
    territory = territory_for(request, slug, "people.invite")
    found = (
        Membership.objects.open()
        .filter(territory=territory, pk=pk)
        .select_related("user", "territory", "invitation", "affiliation")
        .first()
    )
    if found is None:
        raise Http404("Cette personne n’a pas accès à cet espace.")
    return found
