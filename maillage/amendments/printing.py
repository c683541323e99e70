"""An amendment on paper, to be joined to the deliberations and signed."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from maillage.amendments.models import Amendment
from maillage.amendments.queries import AgreementRow
from maillage.amendments.saying import Block, Told
from maillage.printing.pdf import render_pdf
from maillage.ui.french import long_date, short_date, typo

TEMPLATE = Path(__file__).parent / "typst" / "amendment.typ"


def amendment_pdf(amendment: Amendment, told: Told, rows: list[AgreementRow]) -> bytes:
    convention = amendment.convention
    signed = f"Signé le {long_date(amendment.closed_on, year=True)}. " if amendment.result else "Projet. "
    before, after = told.communes
    return render_pdf(TEMPLATE, _with_spaces({
        "title": str(amendment),
        "space": convention.territory.name,
        "foot": f"{convention.title}, avenant n° {amendment.number}",
        "is_example": amendment.is_example,
        "reason": amendment.reason,
        "base": f"{signed}Modifie « {amendment.base.title} » du {long_date(amendment.base.signed_on, year=True)}.",
        "summary": told.summary,
        "same": told.same,
        "communes": f"{before} communes avant, {after} après.",
        "communes_removed": told.communes_removed,
        "communes_added": told.communes_added,
        "convention": [asdict(line) for line in told.convention],
        "money": [asdict(unit) for unit in told.money] if told.difference.money.has_changed else [],
        "signatories": _blocks(told.signatories),
        "goals": _blocks(told.goals),
        "actions": _blocks(told.actions),
        "parties": [{"name": row.organization.name, "said": _said(row)} for row in rows],
        "without_all": amendment.without_all,
    }))  # fmt: skip


def _blocks(blocks: list[Block]) -> list[dict[str, Any]]:
    return [asdict(block) for block in blocks]


def _said(row: AgreementRow) -> str:
    if row.agreement is None:
        return ""
    number = f" n° {row.agreement.deliberation_number}" if row.agreement.deliberation_number else ""
    return f"accord du {short_date(row.agreement.agreed_on)}{number}"


def _with_spaces(value: Any) -> Any:
    """French spacing in every text, as the screen has it."""
    if isinstance(value, dict):
        return {key: _with_spaces(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_spaces(item) for item in value]
    return typo(value) if isinstance(value, str) else value
