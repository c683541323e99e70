"""The 33 columns of the national template, as it writes them, and the three that real files add."""

from typing import NamedTuple

from maillage.ui.french import folded

SHEET = "Fichier dimport"
TEXT, NAMES, FIGURE = "Champ texte", "Champ texte\n(séparateur virgule)", "Champ numérique"
CHOICE, DAY, YES_OR_NO = "Champ liste déroulante\n(choix prédéfinis)", "Champ date", "Champ binaire"


class TemplateColumn(NamedTuple):
    """`key` names the column here; `group` is written above its first column; `kind` is the template's third row."""

    key: str
    group: str
    header: str
    kind: str = TEXT
    width: int = 22


COLUMNS = (
    TemplateColumn("axis", "Présentation de l’action", "Axe (x)", width=30),
    TemplateColumn("sub_axis", "", "Sous-axe (x.x)", width=30),
    TemplateColumn("sub_sub_axis", "", "Sous-sous axe (x.x.x)", width=30),
    TemplateColumn("title", "", "Titre de la fiche action", width=40),
    TemplateColumn("sub_title", "", "Titre de la sous-action", width=30),
    TemplateColumn("description", "", "Descriptif", width=50),
    TemplateColumn("bodies", "", "Instances de gouvernance"),
    TemplateColumn("objectives", "Objectifs et indicateurs", "Objectifs", width=40),
    TemplateColumn("indicators", "", "Indicateurs liés", width=40),
    TemplateColumn("lead_organizations", "Acteurs", "Structure pilote", NAMES),
    TemplateColumn("human_means", "", "Moyens humains et techniques", width=30),
    TemplateColumn("partners", "", "Partenaires", NAMES, 30),
    TemplateColumn("departments", "", "Direction ou service pilote", NAMES),
    TemplateColumn("lead_persons", "", "Personne pilote", NAMES),
    TemplateColumn("elected_referents", "", "Élu·e référent·e", NAMES),
    TemplateColumn("participation", "Modalités de mise en œuvre", "Participation Citoyenne", CHOICE),
    TemplateColumn("financial_means", "", "Financements", width=30),
    TemplateColumn("funder 1", "", "Financeur 1", NAMES),
    TemplateColumn("amount 1", "", "Montant € HT", FIGURE, 14),
    TemplateColumn("funder 2", "", "Financeur 2", NAMES),
    TemplateColumn("amount 2", "", "Montant € HT", FIGURE, 14),
    TemplateColumn("funder 3", "", "Financeur 3", NAMES),
    TemplateColumn("amount 3", "", "Montant € HT", FIGURE, 14),
    TemplateColumn("budget_total", "", "Budget prévisionnel total € HT", FIGURE, 16),
    TemplateColumn("state", "", "Statut", CHOICE, 14),
    TemplateColumn("priority", "", "Niveau de priorité", CHOICE, 14),
    TemplateColumn("starts_on", "", "Date de début", DAY, 13),
    TemplateColumn("ends_on", "", "Date de fin", DAY, 13),
    TemplateColumn("is_continuous", "", "Action en amélioration continue", YES_OR_NO, 16),
    TemplateColumn("measures", "Actions liées", "Mesures liées"),
    TemplateColumn("linked_actions", "", "Actions liées"),
    TemplateColumn("notes", "", "Notes", width=40),
    TemplateColumn("documents", "", "Documents et liens", width=30),
)
#: Written after the template's, when the plan has something to say there.
MORE_COLUMNS = (
    TemplateColumn("calendar", "Suite de la fiche", "Calendrier", width=30),
    TemplateColumn("milestones", "", "Etapes de la fiche action", width=40),
    TemplateColumn("communes", "", "Communes concernées", NAMES),
)
#: Headers of the template that no field of ours holds: what a file said there came in as notes of that label.
OWN_PLACES = {
    folded(column.header): column.key for column in COLUMNS
    if column.key in {"bodies", "indicators", "departments", "measures", "linked_actions", "notes", "documents"}
}  # fmt: skip
