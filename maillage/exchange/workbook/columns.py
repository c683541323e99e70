"""The columns of the template used nationally, under all the names that real files give them."""

from maillage.ui.french import folded

#: Field of the draft → headers, told apart without case, accents or punctuation.
_HEADERS: dict[str, list[str]] = {
    "axis": ["Axe (x)", "Axe"],
    "sub_axis": ["Sous-axe (x.x)", "Sous-axe"],
    "sub_sub_axis": ["Sous-sous axe (x.x.x)", "Sous-sous-axe"],
    "title": ["Titre de la fiche action", "Titre de l’action", "Titre", "Intitulé de l’action"],
    "sub_title": ["Titre de la sous-action", "Sous-action"],
    "description": ["Descriptif", "Description"],
    "objectives": ["Objectifs"],
    "lead_organizations": ["Structure pilote", "Structures pilotes"],
    "human_means": ["Moyens humains et techniques"],
    "partners": ["Partenaires"],
    "lead_persons": ["Personne pilote", "Personnes pilotes"],
    "elected_referents": ["Élu·e référent·e", "Élu référent", "Élue référente"],
    "participation": ["Participation Citoyenne"],
    "financial_means": ["Financements"],
    "funder": ["Financeur 1", "Financeur 2", "Financeur 3", "Financeur"],
    "amount": ["Montant € HT", "Montant HT", "Montant"],
    "budget_total": ["Budget prévisionnel total € HT", "Budget prévisionnel total"],
    "state": ["Statut"],
    "priority": ["Niveau de priorité", "Priorité"],
    "starts_on": ["Date de début"],
    "ends_on": ["Date de fin"],
    "is_continuous": ["Action en amélioration continue"],
    "calendar": ["Calendrier"],
    "milestones": ["Etapes de la fiche action", "Etapes de l’action"],
    "need": ["Besoin", "Besoins"],
    "expected_results": ["Résultats attendus"],
    "brakes": ["Freins"],
    "levers": ["Leviers"],
    "communes": ["Communes concernées", "Communes", "Commune", "Territoire concerné"],
}
FIELDS = {folded(header): field for field, headers in _HEADERS.items() for header in headers}

#: What the screen says of each field, in the order of a choice.
LABELS: dict[str, str] = {
    "title": "Titre de l’action", "sub_title": "Titre de la sous-action", "number": "Numéro de l’action",
    "axis": "Objectif, niveau 1", "sub_axis": "Objectif, niveau 2", "sub_sub_axis": "Objectif, niveau 3",
    "level_4": "Objectif, niveau 4", "level_5": "Objectif, niveau 5",
    "need": "Besoin", "description": "Description", "objectives": "Objectifs de l’action",
    "expected_results": "Résultats attendus", "levers": "Leviers", "brakes": "Freins",
    "lead_organizations": "Structure pilote", "lead_persons": "Personne pilote", "elected_referents": "Élu référent",
    "partners": "Partenaires", "communes": "Communes concernées", "participation": "Participation citoyenne",
    "state": "État", "priority": "Priorité", "starts_on": "Date de début", "ends_on": "Date de fin",
    "is_continuous": "En continu (oui ou non)", "calendar": "Calendrier (texte)",
    "milestones": "Étapes (une par ligne)",
    "human_means": "Moyens humains et techniques", "financial_means": "Financements (texte)",
    "funder": "Financeur", "amount": "Montant du financeur à sa gauche", "budget_total": "Budget total",
}  # fmt: skip

#: The levels of goals, from the top: as many as a plan may have.
LEVELS = ("axis", "sub_axis", "sub_sub_axis", "level_4", "level_5")

#: The order of the template's first columns: another order is read all the same, and said.
TEMPLATE_ORDER = ["axis", "sub_axis", "sub_sub_axis", "title"]
#: Without these the sheet is not an action plan.
NEEDED = {"axis", "title"}

#: How the template's own instructions begin: they are not data, wherever they were left.
INSTRUCTIONS = (
    "Champ texte", "Champ liste", "Champ numérique", "Champ date", "Champ binaire", "Ce champ ne sera pas intégré",
    "Ces informations devront être saisies", "➔ Utilisez exactement la même écriture",
)  # fmt: skip
INSTRUCTION_ROW = ("Si vos axes sont numérotés", "Texte court de 300 caractères")
EXAMPLE_ROW = ("1. Un territoire désirable", "Action 1 - Assurer la coordination")


def field_of(header: str) -> str | None:
    """The field that a header names, or None for a column of the file's own."""
    return FIELDS.get(folded(header))


def is_instruction(text: str) -> bool:
    """Whether a cell still holds the template's words instead of the plan's."""
    return text.startswith(INSTRUCTIONS)
