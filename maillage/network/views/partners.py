"""The partners of the territory and their professional contacts."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.access.may import may, require
from maillage.journal.queries import history_of
from maillage.network.forms import ContactForm, OrganizationForm
from maillage.network.models import Contact, Organization
from maillage.network.operations import add_contact, add_organization, edit_row
from maillage.network.queries import organizations_of
from maillage.people.spaces import person, territory_for
from maillage.ui.answering import carried_out

PAGE_SIZE = 50


@require_safe
def organizations(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "network.view")
    typed = request.GET.get("q", "").strip()[:100]
    found = organizations_of(territory).annotate(
        led=Count("led_actions", distinct=True), joined=Count("partner_links__action", distinct=True)
    )
    if typed:
        found = found.filter(Q(name__icontains=typed) | Q(short_name__icontains=typed))
    paginator = Paginator(found, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "title": "Partenaires",
        "page": page,
        "pages": paginator.get_elided_page_range(page.number),
        "typed": typed,
        "may_edit": may(person(request), "network.edit", territory),
    }
    return render(request, "network/organizations.html", context)


@require_safe
def organization(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = organization_for(request, slug, pk)
    context = {
        "title": subject.name,
        "organization": subject,
        "contacts": list(subject.contacts.all()),
        "entries": list(history_of(subject)[:5]),
        "may_edit": may(person(request), "network.edit", subject),
    }
    return render(request, "network/organization.html", context)


@require_http_methods(["GET", "POST"])
def organization_new(request: HttpRequest, slug: str) -> HttpResponse:
    territory = territory_for(request, slug, "network.edit")
    form = OrganizationForm(request.POST or None)
    user = person(request)
    if created := carried_out(
        request, form, lambda: add_organization(territory, form.cleaned_data, by=user), "Le partenaire est ajouté."
    ):
        return redirect("organization", slug, created.pk)
    return render(request, "network/form.html", {"title": "Ajouter un partenaire", "form": form})


@require_http_methods(["GET", "POST"])
def organization_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = organization_for(request, slug, pk, "network.edit")
    form = OrganizationForm(request.POST or None, instance=subject)
    user = person(request)
    if carried_out(
        request, form, lambda: edit_row(subject, form.cleaned_data, by=user), "Le partenaire est enregistré."
    ):
        return redirect("organization", slug, pk)
    context = {"title": "Modifier le partenaire", "form": form, "organization": subject}
    return render(request, "network/form.html", context)


@require_http_methods(["GET", "POST"])
def contact_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    subject = organization_for(request, slug, pk, "network.edit")
    form = ContactForm(request.POST or None, territory=subject.territory)
    user = person(request)
    if carried_out(request, form, lambda: add_contact(subject, form.cleaned_data, by=user), "Le contact est ajouté."):
        return redirect("organization", slug, pk)
    return render(request, "network/form.html", {"title": "Ajouter un contact", "form": form, "organization": subject})


@require_http_methods(["GET", "POST"])
def contact_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    territory = territory_for(request, slug, "network.edit")
    contact = Contact.objects.filter(territory=territory, pk=pk).select_related("organization").first()
    if contact is None:
        raise Http404("Ce contact n’existe pas, ou il a été supprimé.")
    form = ContactForm(request.POST or None, instance=contact, territory=territory)
    user, back = person(request), contact.organization_id
    if carried_out(request, form, lambda: edit_row(contact, form.cleaned_data, by=user), "Le contact est enregistré."):
        return redirect("organization", slug, back) if back else redirect("organizations", slug)
    context = {"title": "Modifier le contact", "form": form, "organization": contact.organization}
    return render(request, "network/form.html", context)


def organization_for(request: HttpRequest, slug: str, pk: int, verb: str = "network.view") -> Organization:
    territory = territory_for(request, slug)
    found = Organization.objects.filter(territory=territory, pk=pk).first()
    if found is None:
        raise Http404("Ce partenaire n’existe pas, ou il a été supprimé.")
    require(person(request), verb, found)
    return found
