"""What the signatories agreed to, and what only follows its delivery.

An amendment changes the first; states, health, news, readings, notes, milestones done, amounts obtained and spent, and
the persons in charge move every week without anybody signing anything.
"""

from dataclasses import dataclass

#: Kinds of values, which say how a change of one is told.
TEXT, WORDS, DAY, AMOUNT, WHOLE, FLAG, CODE, REF, REFS, SLUGS, COMMUNES = (
    "text", "words", "day", "amount", "whole", "flag", "code", "ref", "refs", "slugs", "communes"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """One field that binds: its French label, its kind, the table that a key points at."""

    field: str
    label: str
    kind: str = WORDS
    to: str = ""


def _goal(field: str, label: str, kind: str = REF) -> Clause:
    return Clause(field, label, kind, "goals")


def _partner(field: str, label: str) -> Clause:
    return Clause(field, label, REF, "organizations")


STARTS, ENDS = Clause("starts_on", "Commence le", DAY), Clause("ends_on", "Se termine le", DAY)
SCHEMES = Clause("schemes", "Dispositifs liés", REFS, "schemes")

CLAUSES: dict[str, tuple[Clause, ...]] = {
    "convention": (
        Clause("title", "Intitulé"), Clause("starts_on", "Prend effet le", DAY), Clause("ends_on", "Prend fin le", DAY),
        Clause("central_stake", "Enjeu central", TEXT), Clause("presentation", "Présentation", TEXT),
        Clause("governance", "Gouvernance", TEXT), Clause("team_fte", "Temps de l’équipe (ETP)", AMOUNT),
        Clause("themes", "Thèmes couverts", SLUGS), SCHEMES,
    ),
    "signatories": (_partner("organization", "Signataire"), Clause("scope", "Champ de l’engagement", TEXT)),
    "commitments": (Clause("text", "Engagement", TEXT), Clause("due_on", "Échéance", DAY)),
    "goals": (
        Clause("number", "Numéro"), Clause("title", "Intitulé", TEXT), _goal("parent", "Rattaché à"),
        Clause("description", "Description", TEXT), Clause("actor", "Qui change", TEXT),
        Clause("behaviour", "Ce que l’on voit", TEXT),
    ),
    "markers": (Clause("level", "Niveau", CODE), Clause("text", "Marqueur", TEXT)),
    "actions": (
        Clause("number", "Numéro"), Clause("title", "Intitulé", TEXT), _goal("main_goal", "Objectif principal"),
        _goal("other_goals", "Autres objectifs", REFS), _partner("lead_organization", "Structure pilote"),
        STARTS, ENDS, Clause("is_continuous", "En continu", FLAG), Clause("calendar", "Calendrier", TEXT),
        Clause("budget_total", "Budget prévisionnel total", AMOUNT),
        Clause("commune_codes", "Communes concernées", COMMUNES), Clause("publics", "Publics visés", SLUGS),
        Clause("themes", "Thèmes", SLUGS), SCHEMES, Clause("need", "Besoin", TEXT),
        Clause("description", "Description", TEXT), Clause("objectives", "Objectifs de l’action", TEXT),
        Clause("expected_results", "Résultats attendus", TEXT), Clause("human_means", "Moyens humains", TEXT),
        Clause("financial_means", "Financements (texte)", TEXT), Clause("participation", "Participation", CODE),
    ),
    "partners": (_partner("organization", "Partenaire"), Clause("role", "Rôle", CODE)),
    "sub_actions": (Clause("title", "Intitulé", TEXT), Clause("description", "Description", TEXT), STARTS, ENDS),
    "milestones": (Clause("title", "Étape", TEXT), Clause("due_on", "Échéance", DAY)),
    "fundings": (
        _partner("funder", "Financeur"), Clause("year", "Année", WHOLE), Clause("unit", "Unité", CODE),
        Clause("planned", "Prévu", AMOUNT),
    ),
    "indicators": (
        Clause("name", "Indicateur", TEXT), Clause("kind", "Nature", CODE), Clause("unit", "Unité"),
        Clause("source", "Source"), Clause("baseline", "Départ", AMOUNT), Clause("target", "Cible", AMOUNT),
        Clause("target_on", "Cible à atteindre le", DAY),
    ),
}  # fmt: skip

#: The rows that live inside another: table → the field that names the other.
PARTS: dict[str, dict[str, str]] = {
    "signatories": {"commitments": "signatory"},
    "goals": {"markers": "goal"},
    "actions": {
        "fundings": "action", "milestones": "action", "partners": "action", "sub_actions": "action",
        "indicators": "action",
    },
}  # fmt: skip
#: By what a row without a number in common is found again: the fields that name it.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "signatories": ("organization",), "commitments": ("text",), "goals": ("title",), "markers": ("text",),
    "actions": ("title",), "partners": ("organization", "role"), "sub_actions": ("title",), "milestones": ("title",),
    "fundings": ("funder", "year", "unit"), "indicators": ("name",),
}  # fmt: skip
#: Fields that follow the delivery: a difference there is counted apart and changes nothing of what was signed.
FOLLOWED: dict[str, tuple[str, ...]] = {
    "actions": ("state", "health"), "milestones": ("done_on",), "fundings": ("obtained", "spent"),
    "commitments": ("kept_on",), "markers": ("observed_on",),
}  # fmt: skip
#: What a version does not keep: the team's notes and the figures read, and how to reach people.
NOT_KEPT = ("notes", "readings")
ADDRESSES = ("email", "phone")
