"""The tables of a content, their files and their columns: one declaration for writing, reading, loading and the docs.

What a column may hold (length, list of choices, decimals) is asked of the model's own field.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import models

from maillage.network.models import Contact, Organization
from maillage.plan.models import (
    Action,
    ActionIndicator,
    ActionPartner,
    Commitment,
    Convention,
    Funding,
    Goal,
    GoalLevel,
    Milestone,
    Note,
    ProgressMarker,
    Reading,
    Scheme,
    Signatory,
    Step,
    SubAction,
)
from maillage.territories.models import Perimeter


class Kind(StrEnum):
    TEXT = "texte"
    DAY = "date"
    AMOUNT = "nombre décimal"
    WHOLE = "nombre entier"
    FLAG = "oui ou non"
    CHOICE = "liste fermée"
    KEY = "clé"
    REF = "clé d’une ligne"
    REFS = "clés de lignes"
    SLUGS = "identifiants"
    CODES = "codes Insee"


SEVERAL = (Kind.REFS, Kind.SLUGS, Kind.CODES)
_EMPTY: dict[Kind, Any] = {Kind.TEXT: "", Kind.CHOICE: "", Kind.FLAG: False}


@dataclass(frozen=True, slots=True)
class Column:
    """`name` heads the column in the file, `field` is the model's; `to` is the table that a key points at."""

    name: str
    field: str
    kind: Kind = Kind.TEXT
    required: bool = False
    to: str = ""

    @property
    def empty(self) -> Any:
        """What stands where nothing is said."""
        return [] if self.kind in SEVERAL else _EMPTY.get(self.kind)


@dataclass(frozen=True)
class Table:
    """`home` is the path of fields to the convention (or the territory); `parent` is the column a row hangs on.

    `once` are fields whose values together name one row at most; `key` is the field by which others point at it.
    """

    name: str
    file: str
    model: type[models.Model]
    home: str
    columns: tuple[Column, ...]
    parent: str = ""
    key: str = ""
    once: tuple[tuple[str, ...], ...] = ()

    def column(self, field: str) -> Column:
        return self._by_field[field]

    @cached_property
    def _by_field(self) -> dict[str, Column]:
        return {column.field: column for column in self.columns}

    def model_field(self, column: Column) -> Any:
        return self.model._meta.get_field(column.field)


def _key(name: str = "cle") -> Column:
    return Column(name, "key", Kind.KEY, required=True)


def _ref(name: str, field: str, to: str, *, required: bool = True) -> Column:
    return Column(name, field, Kind.REF, required, to)


EXAMPLE = Column("exemple", "is_example", Kind.FLAG)
ACTION = _ref("action", "action", "actions")
STARTS = Column("commence_le", "starts_on", Kind.DAY)
ENDS = Column("se_termine_le", "ends_on", Kind.DAY)
TITLE = Column("intitule", "title", required=True)

#: In the order in which a row may point at another: a table points at those above it, and at itself.
TABLES: tuple[Table, ...] = (
    Table("organizations", "partenaires.csv", Organization, "territory", (
        _key(), Column("nom", "name", required=True), Column("sigle", "short_name"),
        Column("nature", "kind", Kind.CHOICE, required=True), Column("siret", "siret"), Column("courriel", "email"),
        Column("telephone", "phone"), Column("site", "website"), EXAMPLE,
    ), key="key", once=(("name",),)),
    Table("contacts", "contacts.csv", Contact, "territory", (
        _key(), Column("nom", "name", required=True), Column("fonction", "position"),
        _ref("partenaire", "organization", "organizations", required=False), Column("courriel", "email"),
        Column("telephone", "phone"), EXAMPLE,
    ), key="key", once=(("name", "organization"),)),
    Table("schemes", "dispositifs.csv", Scheme, "territory", (
        _key(), Column("nom", "name", required=True), Column("sigle", "short_name"),
    ), key="key", once=(("name",),)),
    Table("perimeters", "perimetres.csv", Perimeter, "territory", (
        Column("du", "starts_on", Kind.DAY, required=True), Column("au", "ends_on", Kind.DAY),
        Column("communes", "commune_codes", Kind.CODES, required=True),
        Column("edition", "edition", Kind.WHOLE, required=True), Column("motif", "reason"),
    ), once=(("starts_on",),)),
    Table("convention", "convention.yaml", Convention, "pk", (
        TITLE, Column("prend_effet_le", "starts_on", Kind.DAY, required=True),
        Column("prend_fin_le", "ends_on", Kind.DAY, required=True), Column("signee_le", "signed_on", Kind.DAY),
        Column("temps_equipe_etp", "team_fte", Kind.AMOUNT), EXAMPLE, Column("themes", "themes", Kind.SLUGS),
        Column("dispositifs", "schemes", Kind.REFS, to="schemes"), Column("enjeu_central", "central_stake"),
        Column("presentation", "presentation"), Column("gouvernance", "governance"),
    )),
    Table("levels", "niveaux.csv", GoalLevel, "convention", (
        Column("niveau", "depth", Kind.WHOLE, required=True), Column("nature", "kind", Kind.CHOICE, required=True),
        Column("nom", "name", required=True), Column("pluriel", "plural", required=True),
    ), once=(("depth",),)),
    Table("signatories", "signataires.csv", Signatory, "convention", (
        _ref("partenaire", "organization", "organizations"), Column("deliberation_numero", "deliberation_number"),
        Column("deliberation_du", "deliberation_on", Kind.DAY), Column("signature_le", "signed_on", Kind.DAY),
        Column("champ", "scope"),
    ), key="organization", once=(("organization",),)),
    Table("commitments", "engagements.csv", Commitment, "signatory__convention", (
        _ref("signataire", "signatory", "signatories"), Column("engagement", "text", required=True),
        Column("echeance", "due_on", Kind.DAY), Column("tenu_le", "kept_on", Kind.DAY), Column("preuve", "evidence"),
        EXAMPLE,
    ), parent="signatory"),
    Table("steps", "demarche.csv", Step, "convention", (
        Column("nature", "kind", Kind.CHOICE, required=True), Column("precision", "title"), STARTS,
        Column("echeance", "due_on", Kind.DAY), Column("achevee_le", "done_on", Kind.DAY),
        Column("livrables", "deliverable"), EXAMPLE,
    )),
    Table("goals", "objectifs.yaml", Goal, "convention", (
        _key(), _ref("parent", "parent", "goals", required=False), Column("nature", "kind", Kind.CHOICE, required=True),
        Column("numero", "number"), TITLE, Column("intitule_court", "short_title"), EXAMPLE,
        Column("description", "description"), Column("qui_change", "actor"), Column("ce_que_l_on_voit", "behaviour"),
    ), parent="parent", key="key"),
    Table("markers", "marqueurs.csv", ProgressMarker, "goal__convention", (
        _ref("objectif", "goal", "goals"), Column("niveau", "level", Kind.CHOICE, required=True),
        Column("marqueur", "text", required=True), Column("observe_le", "observed_on", Kind.DAY),
        Column("ce_qui_le_montre", "evidence"),
    ), parent="goal"),
    Table("actions", "actions/", Action, "convention", (
        _key(), Column("rang", "position", Kind.WHOLE, required=True), Column("numero", "number"), TITLE,
        Column("objectif_principal", "main_goal", Kind.REF, to="goals"),
        Column("autres_objectifs", "other_goals", Kind.REFS, to="goals"),
        Column("etat", "state", Kind.CHOICE, required=True), Column("ajoutee_en_cours", "added_midway", Kind.FLAG),
        Column("sante", "health", Kind.CHOICE, required=True), Column("motif_sante", "health_note"),
        Column("sante_constatee_le", "health_on", Kind.DAY), Column("priorite", "priority", Kind.CHOICE),
        _ref("structure_pilote", "lead_organization", "organizations", required=False),
        _ref("pilote", "lead_person", "contacts", required=False),
        _ref("elu_referent", "elected_referent", "contacts", required=False),
        Column("publics", "publics", Kind.SLUGS), Column("themes", "themes", Kind.SLUGS),
        Column("dispositifs", "schemes", Kind.REFS, to="schemes"),
        Column("communes", "commune_codes", Kind.CODES), STARTS, ENDS, Column("en_continu", "is_continuous", Kind.FLAG),
        Column("calendrier", "calendar"), Column("budget_total", "budget_total", Kind.AMOUNT),
        Column("poids", "weight", Kind.WHOLE, required=True),
        Column("participation", "participation", Kind.CHOICE), Column("dernieres_nouvelles_le", "news_on", Kind.DAY),
        EXAMPLE, Column("besoin", "need"), Column("description", "description"), Column("objectifs", "objectives"),
        Column("resultats_attendus", "expected_results"), Column("moyens_humains", "human_means"),
        Column("moyens_financiers", "financial_means"), Column("freins", "brakes"), Column("leviers", "levers"),
    ), key="key"),
    Table("partners", "roles.csv", ActionPartner, "action__convention", (
        ACTION, _ref("partenaire", "organization", "organizations"), Column("role", "role", Kind.CHOICE, required=True),
    ), parent="action", once=(("action", "organization", "role"),)),
    Table("sub_actions", "sous-actions.csv", SubAction, "action__convention", (
        ACTION, TITLE, Column("etat", "state", Kind.CHOICE, required=True), STARTS, ENDS, Column("qui", "lead"),
        Column("description", "description"),
    ), parent="action"),
    Table("milestones", "etapes.csv", Milestone, "action__convention", (
        _key(), ACTION, Column("etape", "title", required=True), Column("qui", "owner"),
        Column("echeance", "due_on", Kind.DAY), Column("faite_le", "done_on", Kind.DAY),
        _ref("vient_apres", "depends_on", "milestones", required=False),
    ), parent="action", key="key"),
    Table("fundings", "financements.csv", Funding, "action__convention", (
        ACTION, _ref("financeur", "funder", "organizations"), Column("annee", "year", Kind.WHOLE),
        Column("unite", "unit", Kind.CHOICE, required=True), Column("prevu", "planned", Kind.AMOUNT),
        Column("obtenu", "obtained", Kind.AMOUNT), Column("depense", "spent", Kind.AMOUNT),
    ), parent="action"),
    Table("indicators", "indicateurs.csv", ActionIndicator, "action__convention", (
        _key(), ACTION, Column("nature", "kind", Kind.CHOICE, required=True),
        Column("indicateur", "name", required=True), Column("unite", "unit"), Column("source", "source"),
        Column("depart", "baseline", Kind.AMOUNT), Column("cible", "target", Kind.AMOUNT),
        Column("cible_le", "target_on", Kind.DAY),
    ), parent="action", key="key"),
    Table("readings", "releves.csv", Reading, "indicator__action__convention", (
        _ref("indicateur", "indicator", "indicators"), Column("le", "on", Kind.DAY, required=True),
        Column("valeur", "value", Kind.AMOUNT, required=True), Column("precision", "comment"),
    ), parent="indicator", once=(("indicator", "on"),)),
    Table("notes", "notes.csv", Note, "action__convention", (
        ACTION, Column("le", "on", Kind.DAY, required=True), Column("intitule", "label"),
        Column("qui_la_lit", "audience", Kind.CHOICE, required=True), Column("note", "text", required=True),
    ), parent="action"),
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}

#: What a folder does not carry, and why: accounts and files stay where they are, the rest is recomputed.
LEFT_OUT: dict[type[models.Model], set[str]] = {
    Contact: {"user"},
    Goal: {"depth", "imported_in"},
    Action: {"imported_in", "updated_at"},
    Note: {"author"},
}
