"""Reading versions and amendments, and the two sides of a comparison."""

from dataclasses import dataclass

from django.db.models import QuerySet

from maillage.access.may import may
from maillage.amendments.models import Amendment, AmendmentAgreement, PlanVersion
from maillage.amendments.rules.differences import Difference, difference
from maillage.amendments.rules.freezing import frozen
from maillage.amendments.rules.matching import Side
from maillage.exchange.content.collecting import collect
from maillage.exchange.content.schema import TABLES
from maillage.network.models import Organization
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Convention, Signatory
from maillage.ui.french import long_date

NOW = "aujourdhui"


def versions_of(convention: Convention) -> "QuerySet[PlanVersion]":
    """The signed versions in order, without their contents, which are long."""
    rows = PlanVersion.objects.filter(convention=convention).order_by("number")
    return rows.defer("content", "row_numbers").select_related("by")


def last_version(convention: Convention) -> PlanVersion | None:
    return PlanVersion.objects.filter(convention=convention).order_by("-number").first()


def amendments_of(convention: Convention) -> "QuerySet[Amendment]":
    return Amendment.objects.filter(convention=convention).order_by("number").defer("base__content", "result__content")


def side_of(version: PlanVersion) -> Side:
    """A version as it was signed, on the day of its signature; what did not exist yet in that day's form is empty."""
    blanks = {table.name: {column.field: column.empty for column in table.columns} for table in TABLES}
    content = {name: [blank | row for row in version.content.get(name, [])] for name, blank in blanks.items()}
    return Side(content, version.row_numbers, str(version.signed_on), version.title)


def side_today(convention: Convention) -> Side:
    """The plan as it is written now; one query."""
    found = collect(convention)
    return Side(frozen(found.content), found.numbers, str(today()), f"Le plan au {long_date(today(), year=True)}")


def difference_of(amendment: Amendment) -> Difference:
    """What an amendment changes: frozen once it is signed, against the plan of today before."""
    after = side_of(amendment.result) if amendment.result else side_today(amendment.convention)
    return difference(side_of(amendment.base), after)


def current_signatories(convention: Convention) -> list[Signatory]:
    return list(convention.signatories.select_related("organization").order_by("position", "id"))


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One signatory before an amendment: its agreement, or None; whether this person may note it."""

    organization: Organization
    agreement: AmendmentAgreement | None
    may_agree: bool


def agreement_rows(amendment: Amendment, user: User) -> list[AgreementRow]:
    """The signatories of today, and those who agreed and have left since. Three queries."""
    agreements = {row.organization_id: row for row in amendment.agreements.select_related("organization")}
    parties = [row.organization for row in current_signatories(amendment.convention)]
    known = {party.pk for party in parties}
    parties += [row.organization for pk, row in agreements.items() if pk not in known]
    return [
        AgreementRow(party, agreements.get(party.pk), amendment.is_open and _may_agree(user, amendment, party))
        for party in parties
    ]


def _may_agree(user: User, amendment: Amendment, party: Organization) -> bool:
    return may(user, "amendment.agree", AmendmentAgreement(amendment=amendment, organization=party))
