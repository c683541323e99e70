"""The page that documents the format, written from the schema: it cannot say anything else than what is read."""

from maillage.exchange.content import FORMAT
from maillage.exchange.content.schema import BY_NAME, TABLES, Column, Kind, Table

HEAD = f"""# Une convention en fichiers simples (format {FORMAT})

Un dossier contient toute une convention : ce que les signataires ont convenu, le plan d’action, et son suivi. Il
s’écrit depuis la page de la convention (« Emporter le dossier ») ou par `maillage export --territory ADRESSE --to
DOSSIER`, et se reprend depuis la même page ou par `maillage import-folder DOSSIER --territory ADRESSE`. Repris dans
un espace vide, il y redonne exactement les mêmes fichiers.

- **Textes** : YAML, en UTF-8. `convention.yaml` commence par la version du format ; `objectifs.yaml` est une liste,
  un objectif après celui auquel il est rattaché ; chaque action a son fichier `actions/CLÉ.yaml`. Une valeur vide
  ne s’écrit pas. Les renvois YAML (`*`) sont refusés.
- **Tableaux** : CSV, en UTF-8, séparés par des points-virgules, avec toutes leurs colonnes, dans n’importe quel
  ordre. Une cellule que les tableurs prendraient pour une formule (elle commence par `=`, `+`, `-`, `@`, ou une
  tabulation) est précédée d’une apostrophe, retirée à la lecture.
- **Clés** : lisibles (`2-1-accueillir-les-internes`), tirées du numéro et de l’intitulé ou du nom, suivies d’un
  rang quand deux lignes se ressemblent. Elles relient les fichiers entre eux ; l’ordre des lignes est celui du
  plan.
- **Valeurs** : dates `2026-12-31` (`31/12/2026` se lit aussi) ; nombres avec une virgule en CSV, un point en YAML ;
  `oui` ou `non` (`true`, `false` en YAML) ; listes fermées par leurs mots, ci-dessous ; plusieurs clés séparées par
  des espaces en CSV, en liste en YAML.
- **Lecture** : tout ou rien. Un fichier qui manque, une colonne inconnue, une clé qui ne désigne rien, une date qui
  n’existe pas, une version plus récente du format : chaque faute est nommée par son fichier et sa ligne, et rien
  n’entre.
- **Ne voyagent pas** : les comptes et les accès (l’auteur d’une note n’est donc pas repris), les fichiers joints,
  les commentaires, le journal, les versions signées, et les partenaires que la convention ne nomme pas.
"""


def format_page() -> str:
    return "\n".join([HEAD, *(_section(table) for table in TABLES)])


def _section(table: Table) -> str:
    name = f"{table.file}CLÉ.yaml" if table.name == "actions" else table.file
    lines = [f"## `{name}` : {table.model._meta.verbose_name_plural}", ""]
    lines += ["| Colonne | Ce que c’est | Nature | Obligatoire |", "| --- | --- | --- | --- |"]
    lines += [
        f"| `{column.name}` | {_words(table, column)} | {_nature(table, column)} | {'oui' if column.required else ''} |"
        for column in table.columns
        if not (table.name == "actions" and column.kind == Kind.KEY)
    ]
    return "\n".join([*lines, ""])


def _words(table: Table, column: Column) -> str:
    if column.kind == Kind.KEY:
        return "clé de la ligne"
    if column.field in {"main_goal", "other_goals"}:
        return "objectif servi d’abord" if column.field == "main_goal" else "objectifs servis aussi"
    if (table.name, column.field) == ("actions", "position"):
        return "rang dans le plan"
    return str(table.model_field(column).verbose_name)


def _nature(table: Table, column: Column) -> str:
    if column.kind == Kind.CHOICE:
        return "un mot parmi : " + ", ".join(str(label) for _code, label in table.model_field(column).flatchoices)
    if column.kind in {Kind.REF, Kind.REFS}:
        return f"{column.kind} de `{BY_NAME[column.to].file}`"
    if column.kind == Kind.TEXT and (longest := table.model_field(column).max_length):
        return f"texte, {longest} signes au plus"
    return str(column.kind)
