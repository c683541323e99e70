"""Freezing what was signed; preparing, agreeing to and signing an amendment. The journal speaks of the convention."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from maillage.access.may import require
from maillage.amendments.models import Amendment, AmendmentAgreement, PlanVersion
from maillage.amendments.queries import last_version
from maillage.amendments.rules.freezing import Content, Numbers, frozen, print_of
from maillage.amendments.rules.signing import check_agreement, check_signing, missing_agreements
from maillage.exchange.content.collecting import collect
from maillage.journal.operations import record
from maillage.network.models import Organization
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Convention
from maillage.plan.operations.editing import apply, create, in_words, locked
from maillage.ui.french import short_date

Kind, State = PlanVersion.Kind, Amendment.State


@transaction.atomic
def freeze_signed_version(convention: Convention, title: str, signed_on: dt.date, *, by: User) -> PlanVersion:
    """Freezes the plan as it is now as what was signed at first: once a convention."""
    require(by, "version.freeze", convention)
    convention = locked(convention)
    if last_version(convention):
        raise ValidationError("La version initiale est déjà figée : un changement passe maintenant par un avenant.")
    if signed_on > today():
        raise ValidationError({"signed_on": "Cette date est à venir : figez la version une fois signée."})
    found = collect(convention)
    version = add_version(
        convention, found.content, found.numbers, {"title": title, "signed_on": signed_on, "kind": Kind.INITIAL}, by=by
    )
    record(convention, "version.freeze", f"Version signée figée : {version}", by=by)
    return version


def add_version(
    convention: Convention, content: Content, numbers: Numbers, data: Mapping[str, Any], *, by: User
) -> PlanVersion:
    """Writes one version after the others, once and for all. The operations that call it ask the permission."""
    last = last_version(convention)
    kept = frozen(content)
    version = PlanVersion(convention=convention, number=last.number + 1 if last else 1, by=by)
    create(version, {**data, "content": kept, "row_numbers": numbers, "sha256": print_of(kept)})
    return version


@transaction.atomic
def open_amendment(convention: Convention, data: Mapping[str, Any], *, by: User) -> Amendment:
    """Opens the amendment that will change the last signed version; one at a time."""
    require(by, "amendment.edit", convention)
    convention = locked(convention)
    base = last_version(convention)
    if base is None:
        raise ValidationError("Figez d’abord la version signée : un avenant modifie ce qui a été signé.")
    if Amendment.objects.filter(convention=convention, state=State.DRAFT).exists():
        raise ValidationError("Un avenant est déjà en préparation : signez-le ou abandonnez-le d’abord.")
    last = Amendment.objects.filter(convention=convention).order_by("-number").first()
    amendment = Amendment(convention=convention, base=base, number=last.number + 1 if last else 1, opened_on=today())
    create(amendment, data)
    record(convention, "amendment.edit", f"{amendment}, ouvert", by=by, reason=amendment.reason)
    return amendment


@transaction.atomic
def edit_amendment(amendment: Amendment, data: Mapping[str, Any], *, by: User) -> Amendment:
    require(by, "amendment.edit", amendment)
    amendment = _open(amendment)
    if changes := apply(amendment, data):
        record(amendment.convention, "amendment.edit", f"{amendment}, modifié", by=by, changes=changes)
    return amendment


@transaction.atomic
def give_agreement(
    amendment: Amendment, organization: Organization, data: Mapping[str, Any], *, by: User
) -> AmendmentAgreement:
    """Notes, or corrects, that a signatory agrees: the day and the number of its own deliberation."""
    require(by, "amendment.agree", AmendmentAgreement(amendment=amendment, organization=organization))
    amendment = _open(amendment)
    if not amendment.convention.signatories.filter(organization=organization).exists():
        raise ValidationError(f"{organization} n’est pas signataire de la convention.")
    check_agreement(data["agreed_on"], on=today())
    known = amendment.agreements.filter(organization=organization).first()
    agreement = known or AmendmentAgreement(amendment=amendment, organization=organization)
    changes = apply(agreement, data) if known else []
    if known is None:
        create(agreement, data)
    if changes or known is None:
        when = "corrigé" if known else f"donné le {short_date(agreement.agreed_on)}"
        said = f"{amendment} : accord de {organization} {when}"
        record(amendment.convention, "amendment.agree", said, by=by, changes=changes, reason=agreement.note)
    return agreement


@transaction.atomic
def remove_agreement(agreement: AmendmentAgreement, *, by: User) -> None:
    """Takes back an agreement noted by mistake; the journal keeps what it said."""
    require(by, "amendment.agree", agreement)
    amendment = _open(agreement.amendment)
    agreement = locked(agreement)
    said = in_words(agreement, ["agreed_on", "deliberation_number", "note"])
    sentence = f"{amendment} : accord de {agreement.organization} retiré"
    record(amendment.convention, "amendment.agree", sentence, by=by, changes=said)
    agreement.delete()


@transaction.atomic
def sign_amendment(amendment: Amendment, signed_on: dt.date, *, without_all: str = "", by: User) -> PlanVersion:
    """Signs an amendment: the plan as it is now becomes the next signed version.

    Raises `ValidationError` when signatories have not agreed and nothing says why.
    """
    require(by, "amendment.edit", amendment)
    amendment = _open(amendment)
    convention = locked(amendment.convention)
    current = convention.signatories.values_list("organization_id", flat=True)
    missing = missing_agreements(current, amendment.agreements.values_list("organization_id", flat=True))
    check_signing(signed_on, amendment.base.signed_on, missing, without_all, on=today())
    found = collect(convention)
    version = add_version(
        convention, found.content, found.numbers,
        {"title": f"Avenant n° {amendment.number} : {amendment.title}"[:200], "signed_on": signed_on,
         "kind": Kind.AMENDMENT, "is_example": amendment.is_example}, by=by,
    )  # fmt: skip
    why = without_all.strip() if missing else ""
    apply(amendment, {"state": State.SIGNED, "closed_on": signed_on, "without_all": why, "result": version})
    record(convention, "amendment.edit", f"{amendment}, signé le {short_date(signed_on)}", by=by, reason=why)
    return version


@transaction.atomic
def abandon_amendment(amendment: Amendment, reason: str, *, by: User) -> Amendment:
    """Abandons an amendment: what was prepared stays readable, and the signed version in force."""
    require(by, "amendment.edit", amendment)
    amendment = _open(amendment)
    if not reason.strip():
        raise ValidationError({"reason": "Dites en une phrase pourquoi cet avenant est abandonné."})
    apply(amendment, {"state": State.ABANDONED, "closed_on": today()})
    record(amendment.convention, "amendment.edit", f"{amendment}, abandonné", by=by, reason=reason.strip())
    return amendment


def _open(amendment: Amendment) -> Amendment:
    amendment = locked(amendment)
    if not amendment.is_open:
        raise ValidationError("Cet avenant n’est plus en préparation : il ne change plus.")
    return amendment
