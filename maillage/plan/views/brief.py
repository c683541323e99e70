"""The brief of an elected member, on a phone and as one page of paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.access.may import require, role_of
from maillage.access.roles import Role
from maillage.network.models import Contact
from maillage.network.queries import contact_ids_of
from maillage.people.models import User
from maillage.people.spaces import person, territory_for, today
from maillage.plan.models import Convention
from maillage.plan.printed.brief import brief_name, brief_pdf_of
from maillage.plan.queries.brief import brief_of, referents_of
from maillage.plan.queries.conventions import countdown
from maillage.plan.rules.money import bars
from maillage.plan.views.action_edit import convention_or_404
from maillage.printing.answers import PDF, file_answer

SHOWN = 8


@require_safe
def briefs(request: HttpRequest, slug: str) -> HttpResponse:
    """Whose brief to print before a meeting."""
    territory = territory_for(request, slug, "brief.list")
    context = {"title": "Les notes des élus référents", "referents": list(referents_of(territory))}
    return render(request, "plan/briefs.html", context)


@require_safe
def brief(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    contact = contact_for(request, slug, pk)
    return show_brief(request, convention_or_404(contact.territory), ids_of(contact, person(request)), contact)


@require_safe
def brief_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    contact = contact_for(request, slug, pk)
    convention = convention_or_404(contact.territory)
    found = brief_of(convention, ids_of(contact, person(request)), today())
    content = brief_pdf_of(convention, contact.name, found, today())
    return file_answer(content, brief_name(contact.name, today()), PDF)


def show_own_brief(request: HttpRequest, convention: Convention) -> HttpResponse:
    """The home of an elected member: her own brief, or how to get one when no contact is hers."""
    ids = contact_ids_of(person(request), convention.territory_id)
    contact = Contact.objects.filter(pk__in=ids).order_by("user_id", "pk").first() if ids else None
    return show_brief(request, convention, ids, contact)


def show_brief(request: HttpRequest, convention: Convention, ids: set[int], contact: Contact | None) -> HttpResponse:
    found = brief_of(convention, ids, today())
    own = role_of(person(request), convention) == Role.ELECTED
    context = countdown(convention, today()) | {
        "title": found.title("" if own or contact is None else contact.name),
        "brief": found,
        "contact": contact,
        "own": own,
        "may_edit": False,
        "convention": convention,
        "today": today(),
        "rows": found.rows[:SHOWN],
        "more_rows": len(found.rows[SHOWN:]),
        "told": found.told[:SHOWN],
        "more_told": len(found.told[SHOWN:]),
        "due": found.due[:SHOWN],
        "money": [(unit, bars(sums)) for unit, sums in sorted(found.money.items())],
    }
    return render(request, "plan/brief.html", context)


def contact_for(request: HttpRequest, slug: str, pk: int) -> Contact:
    """The contact of that address, for a person who may read her brief; 404 for what is not of this territory."""
    territory = territory_for(request, slug)
    contact = Contact.objects.filter(territory=territory, pk=pk).first()
    if contact is None:
        raise Http404("Ce contact n’existe pas, ou il a été supprimé.")
    contact.territory = territory
    require(person(request), "brief.view", contact)
    return contact


def ids_of(contact: Contact, user: User) -> set[int]:
    """All the contacts that are the reader, when she reads her own; else the one asked for."""
    own = contact_ids_of(user, contact.territory_id)
    return own if contact.pk in own else {contact.pk}
