"""How sheets and columns are named for a person; the tables themselves are those of a content."""

from maillage.exchange.content.schema import TABLES, Column, Table

#: The sheet that says what the workbook is; it holds the version of its form.
ABOUT = "À lire"
#: In the order in which a person reads them.
SHEETS: dict[str, str] = {
    "convention": "Convention", "levels": "Niveaux", "goals": "Objectifs", "markers": "Marqueurs de progrès",
    "actions": "Actions", "partners": "Partenaires des actions", "milestones": "Étapes", "sub_actions": "Sous-actions",
    "fundings": "Financements", "indicators": "Indicateurs", "readings": "Relevés", "notes": "Notes",
    "signatories": "Signataires", "commitments": "Engagements", "steps": "Démarche", "organizations": "Partenaires",
    "contacts": "Contacts", "schemes": "Dispositifs", "perimeters": "Périmètres",
}  # fmt: skip
#: Columns whose written name lacks its accents or its apostrophe.
LABELS: dict[str, str] = {
    "cle": "Clé", "telephone": "Téléphone", "siret": "SIRET", "signee_le": "Signée le", "edition": "Édition",
    "temps_equipe_etp": "Temps de l’équipe (ETP)", "themes": "Thèmes", "presentation": "Présentation",
    "deliberation_numero": "Numéro de délibération", "deliberation_du": "Délibération du", "echeance": "Échéance",
    "precision": "Précision", "achevee_le": "Achevée le", "numero": "Numéro", "intitule": "Intitulé",
    "intitule_court": "Intitulé court", "ce_que_l_on_voit": "Ce que l’on voit", "observe_le": "Observé le",
    "etat": "État", "ajoutee_en_cours": "Ajoutée en cours de plan", "sante": "Santé",
    "motif_sante": "Motif de la santé",
    "sante_constatee_le": "Santé constatée le", "priorite": "Priorité", "elu_referent": "Élu référent",
    "dernieres_nouvelles_le": "Dernières nouvelles le", "resultats_attendus": "Résultats attendus", "role": "Rôle",
    "etape": "Étape", "vient_apres": "Vient après", "annee": "Année", "unite": "Unité", "prevu": "Prévu",
    "depense": "Dépensé", "depart": "Départ", "engagement": "Engagement",
}  # fmt: skip
#: Where the rest of a text too long for a cell is written.
REST = " (suite)"


def in_order() -> list[Table]:
    """The tables in the order of the sheets."""
    known = {table.name: table for table in TABLES}
    return [known[name] for name in SHEETS]


def label_of(column: Column) -> str:
    return LABELS.get(column.name, column.name.replace("_", " ").capitalize())
