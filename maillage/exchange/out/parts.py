"""The lists of an action and of a convention, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from maillage.exchange.content import Row
from maillage.exchange.out.whole import Whole
from maillage.exchange.out.wording import day, label, paper_text, period
from maillage.plan.models import ActionIndicator, ActionPartner, Funding, Note, ProgressMarker, Step
from maillage.plan.rules.indicators import REACH_WORDS, Reach, reach
from maillage.plan.rules.money import Total, total, totals_by_year
from maillage.plan.vocabulary import ActionState
from maillage.ui.french import NARROW, euros, number

Rows = list[dict[str, Any]]
REACH_TONES = {Reach.REACHED: "fait", Reach.ON_THE_WAY: "cours", Reach.AWAY: "alerte"}


@dataclass(frozen=True, slots=True)
class Counted:
    """An action as a sentence about the plan counts it."""

    state: str
    health: str
    days_late: int


@dataclass(frozen=True, slots=True)
class Line:
    """A funding line, as the rules about money read it."""

    unit: str
    year: int | None
    planned: Decimal | None
    obtained: Decimal | None
    spent: Decimal | None

    @classmethod
    def of(cls, row: Row) -> "Line":
        return cls(row["unit"], row["year"], amount(row["planned"]), amount(row["obtained"]), amount(row["spent"]))


def amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def money(value: Decimal | None, unit: str) -> str:
    """« 12 000 € » or « 0,5 ETP »; empty for nothing."""
    if value is None:
        return ""
    return euros(value) if unit == Funding.Unit.EURO else f"{number(value)}{NARROW}ETP"


def milestones(rows: list[Row], on: dt.date) -> dict[str, Any]:
    titles = {row["key"]: paper_text(row["title"]) for row in rows}
    done = sum(1 for row in rows if row["done_on"])
    waiting = sorted((row for row in rows if not row["done_on"]), key=lambda row: row["due_on"] or "9")
    return {
        "etapes": [
            {
                "titre": titles[row["key"]], "qui": paper_text(row["owner"]), "echeance": day(row["due_on"]),
                "faite_le": day(row["done_on"]), "faite": bool(row["done_on"]),
                "en_retard": bool(row["due_on"] and not row["done_on"] and row["due_on"] < on.isoformat()),
                "vient_apres": titles.get(row["depends_on"], ""),
            }
            for row in rows
        ],
        "etapes_faites": f"{done} sur {len(rows)}" if rows else "",
        "prochaine_etape": titles[waiting[0]["key"]] if waiting else "",
        "prochaine_echeance": day(waiting[0]["due_on"]) if waiting else "",
    }  # fmt: skip


def funding(whole: Whole, key: str) -> dict[str, Any]:
    rows = whole.parts("fundings", key)
    lines = [
        {
            "financeur": paper_text(whole.name("organizations", row["funder"])), "annee": str(row["year"] or ""),
            "prevu": money(amount(row["planned"]), row["unit"]), "obtenu": money(amount(row["obtained"]), row["unit"]),
            "depense": money(amount(row["spent"]), row["unit"]),
        }
        for row in rows
    ]  # fmt: skip
    years = totals_by_year(map(Line.of, rows), Funding.Unit.EURO)
    most = max((sums.largest for sums in years.values()), default=Decimal(0)) or Decimal(1)
    by_year = [
        {"annee": str(year or "sans année"), **_sums(sums),
         "parts": [round(float(part / most), 3) for part in (sums.planned, sums.obtained, sums.spent)]}
        for year, sums in years.items()
    ]  # fmt: skip
    return {"financements": lines, "financements_par_annee": by_year, **totals(rows)}


def totals(rows: Iterable[Row]) -> dict[str, str]:
    """Euros and working time, each added up apart; empty where there is no line."""
    lines = [Line.of(row) for row in rows]
    sums = _sums(total(lines, Funding.Unit.EURO)) if any(line.unit == Funding.Unit.EURO for line in lines) else {}
    fte = total(lines, Funding.Unit.FTE)
    return {
        **{f"total_{name}": sums.get(name, "") for name in ("prevu", "obtenu", "depense")},
        "temps_de_travail": f"{number(fte.planned.normalize())}{NARROW}ETP" if fte.planned else "",
    }


def _sums(sums: Total) -> dict[str, str]:
    return {"prevu": euros(sums.planned), "obtenu": euros(sums.obtained), "depense": euros(sums.spent)}


def partners(whole: Whole, key: str) -> Rows:
    return [
        {"nom": paper_text(whole.name("organizations", row["organization"])),
         "role": label(ActionPartner.Role, row["role"]).lower()}
        for row in whole.parts("partners", key)
    ]  # fmt: skip


def sub_actions(rows: list[Row]) -> Rows:
    return [
        {"titre": paper_text(row["title"]), "etat": label(ActionState, row["state"]), "qui": paper_text(row["lead"]),
         "periode": period(row["starts_on"], row["ends_on"]), "description": paper_text(row["description"])}
        for row in rows
    ]  # fmt: skip


def indicators(whole: Whole, key: str) -> Rows:
    found = []
    for row in whole.parts("indicators", key):
        readings = whole.parts("readings", row["key"], parent="indicator")
        latest = amount(readings[-1]["value"]) if readings else None
        how = reach(amount(row["baseline"]), latest, amount(row["target"]))
        found.append({
            "nom": paper_text(row["name"]), "nature": label(ActionIndicator.Kind, row["kind"]).lower(),
            "unite": paper_text(row["unit"]), "source": paper_text(row["source"]),
            "depart": number(amount(row["baseline"])), "aujourdhui": number(latest),
            "cible": number(amount(row["target"])), "cible_le": day(row["target_on"]),
            "lecture": REACH_WORDS[how], "lecture_ton": REACH_TONES.get(how, "neutre"),
            "releves": [
                {"date": day(reading["on"]), "valeur": number(amount(reading["value"])),
                 "precision": paper_text(reading["comment"])}
                for reading in readings
            ],
        })  # fmt: skip
    return found


def notes(rows: list[Row]) -> Rows:
    """Newest first."""
    return [
        {"date": day(row["on"]), "intitule": paper_text(row["label"]), "texte": paper_text(row["text"]),
         "lecteurs": label(Note.Audience, row["audience"])}
        for row in reversed(rows)
    ]  # fmt: skip


def markers(whole: Whole, goal: str) -> Rows:
    return [
        {"niveau": label(ProgressMarker.Level, row["level"]), "marqueur": paper_text(row["text"]),
         "observe_le": day(row["observed_on"]), "ce_qui_le_montre": paper_text(row["evidence"])}
        for row in whole.parts("markers", goal, parent="goal")
    ]  # fmt: skip


def signatories(whole: Whole) -> Rows:
    return [
        {
            "nom": paper_text(whole.name("organizations", row["organization"])), "champ": paper_text(row["scope"]),
            "deliberation": " du ".join(filter(None, (row["deliberation_number"], day(row["deliberation_on"])))),
            "signature_le": day(row["signed_on"]),
            "engagements": [
                {"engagement": paper_text(promise["text"]), "echeance": day(promise["due_on"]),
                 "tenu_le": day(promise["kept_on"]), "exemple": promise["is_example"]}
                for promise in whole.parts("commitments", row["organization"], parent="signatory")
            ],
        }
        for row in whole.content["signatories"]
    ]  # fmt: skip


def steps(whole: Whole) -> Rows:
    return [
        {"etape": label(Step.Kind, row["kind"]), "precision": paper_text(row["title"]),
         "echeance": day(row["due_on"]), "achevee_le": day(row["done_on"]), "livrables": paper_text(row["deliverable"])}
        for row in whole.content["steps"]
    ]  # fmt: skip
