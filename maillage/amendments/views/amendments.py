"""An amendment: open it, read what it changes, note who agrees, sign it or abandon it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.access.may import may, require
from maillage.amendments.forms import AbandonForm, AgreementForm, AmendmentForm, SigningForm
from maillage.amendments.models import Amendment, AmendmentAgreement
from maillage.amendments.operations import (
    abandon_amendment,
    edit_amendment,
    give_agreement,
    open_amendment,
    remove_agreement,
    sign_amendment,
)
from maillage.amendments.printing import amendment_pdf
from maillage.amendments.queries import agreement_rows, difference_of
from maillage.amendments.saying import tell
from maillage.network.models import Organization
from maillage.people.spaces import person, territory_for, today
from maillage.plan.views.action_edit import convention_or_404
from maillage.printing.answers import PDF, file_answer
from maillage.ui.answering import carried_out, done


@require_safe
def amendment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = amendment_for(request, slug, pk)
    rows = agreement_rows(found, person(request))
    context = {
        "title": str(found),
        "amendment": found,
        "told": tell(difference_of(found)),
        "rows": rows,
        "agreed": sum(row.agreement is not None for row in rows),
        "may_edit": found.is_open and may(person(request), "amendment.edit", found),
    }
    return render(request, "amendments/amendment.html", context)


@require_safe
def amendment_paper(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = amendment_for(request, slug, pk)
    paper = amendment_pdf(found, tell(difference_of(found)), agreement_rows(found, person(request)))
    return file_answer(paper, f"avenant-{found.number}-{slugify(found.title)[:60]}.pdf", PDF)


@require_http_methods(["GET", "POST"])
def amendment_new(request: HttpRequest, slug: str) -> HttpResponse:
    convention = convention_or_404(territory_for(request, slug, "amendment.edit"))
    form = AmendmentForm(request.POST or None)
    user = person(request)
    said = "L’avenant est ouvert. Lisez ce qui change, puis notez qui donne son accord."
    if opened := carried_out(request, form, lambda: open_amendment(convention, form.to_data(), by=user), said):
        return redirect("amendment", slug, opened.pk)
    return render(request, "amendments/amendment_form.html", {"title": "Ouvrir un avenant", "form": form})


@require_http_methods(["GET", "POST"])
def amendment_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = amendment_for(request, slug, pk, "amendment.edit")
    form = AmendmentForm(request.POST or None, instance=found)
    user = person(request)
    if carried_out(request, form, lambda: edit_amendment(found, form.to_data(), by=user), "L’avenant est enregistré."):
        return redirect("amendment", slug, pk)
    context = {"title": f"Modifier l’avenant n° {found.number}", "form": form, "amendment": found}
    return render(request, "amendments/amendment_form.html", context)


@require_http_methods(["GET", "POST"])
def amendment_agree(request: HttpRequest, slug: str, pk: int, organization_pk: int) -> HttpResponse:
    found = amendment_for(request, slug, pk)
    organization = get_object_or_404(Organization, pk=organization_pk, signatures__convention_id=found.convention_id)
    known = found.agreements.filter(organization=organization).first()
    agreement = known or AmendmentAgreement(amendment=found, organization=organization, agreed_on=today())
    user = person(request)
    require(user, "amendment.agree", agreement)
    form = AgreementForm(request.POST or None, instance=agreement)
    said = f"L’accord de {organization} est noté."
    if carried_out(request, form, lambda: give_agreement(found, organization, form.to_data(), by=user), said):
        return redirect("amendment", slug, pk)
    context = {
        "title": f"L’accord de {organization}", "form": form, "amendment": found, "known": known,
        "organization": organization,
    }  # fmt: skip
    return render(request, "amendments/agreement_form.html", context)


@require_POST
def amendment_disagree(request: HttpRequest, slug: str, pk: int, organization_pk: int) -> HttpResponse:
    found = amendment_for(request, slug, pk)
    agreements = AmendmentAgreement.objects.select_related("organization", "amendment__convention")
    agreement = get_object_or_404(agreements, amendment=found, organization_id=organization_pk)
    done(
        request,
        lambda: remove_agreement(agreement, by=person(request)),
        f"L’accord de {agreement.organization} est retiré.",
    )
    return redirect("amendment", slug, pk)


@require_http_methods(["GET", "POST"])
def amendment_sign(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = amendment_for(request, slug, pk, "amendment.edit")
    user = person(request)
    rows = agreement_rows(found, user)
    missing = [row.organization for row in rows if row.agreement is None]
    form = SigningForm(request.POST or None, missing=bool(missing), initial={"signed_on": today()})
    said = "L’avenant est signé : une nouvelle version est figée."
    if carried_out(request, form, lambda: sign_amendment(found, **form.cleaned_data, by=user), said):
        return redirect("amendment", slug, pk)
    context = {
        "title": f"Signer l’avenant n° {found.number}", "form": form, "amendment": found, "rows": rows,
        "missing": missing,
    }  # fmt: skip
    return render(request, "amendments/amendment_sign.html", context)


@require_http_methods(["GET", "POST"])
def amendment_abandon(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = amendment_for(request, slug, pk, "amendment.edit")
    form = AbandonForm(request.POST or None)
    user = person(request)
    said = "L’avenant est abandonné : la version signée reste en vigueur."
    if carried_out(request, form, lambda: abandon_amendment(found, form.cleaned_data["reason"], by=user), said):
        return redirect("versions", slug)
    context = {"title": f"Abandonner l’avenant n° {found.number}", "form": form, "amendment": found}
    return render(request, "amendments/amendment_abandon.html", context)


def amendment_for(request: HttpRequest, slug: str, pk: int, verb: str = "plan.view") -> Amendment:
    """The amendment of that address, for a person who may do `verb` there; 404 for what is not hers."""
    territory = territory_for(request, slug, verb)
    amendments = Amendment.objects.select_related("convention__territory", "base", "result")
    found = amendments.filter(convention__territory=territory, pk=pk).first()
    if found is None:
        raise Http404("Cet avenant n’existe pas.")
    return found
