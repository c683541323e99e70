"""The plan as a table: every row is put in order from what the order needs; only those that show are read in full."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from maillage.people.spaces import today
from maillage.plan.models import Action, ActionGoal, ActionIndicator, ActionPartner, Convention, Funding, Milestone
from maillage.plan.queries.actions import actions_of
from maillage.plan.queries.filters import Filtering
from maillage.plan.rules.lateness import action_days_late
from maillage.plan.rules.table import MONEY, Group, Layout, Row, grouped, in_order, total_of, year_of
from maillage.plan.rules.table import Sum as Total

SHOWN = 100
EVERYWHERE = "Tout le territoire"
_OPEN = Milestone.objects.filter(action=OuterRef("pk"), done_on=None).order_by(
    F("due_on").asc(nulls_last=True), "position", "id"
)
_INDICATORS = ActionIndicator.objects.filter(action=OuterRef("pk")).order_by().values("action")
_MAIN = ActionGoal.objects.filter(action=OuterRef("pk"), is_main=True).values("goal")[:1]

#: Column → what the database is asked for it. The columns that are not here are worked out from others.
SOURCES: dict[str, Any] = {
    "numero": F("number"),
    "action": F("title"),
    "etat": F("state"),
    "sante": F("health"),
    "goal_id": Subquery(_MAIN),
    "pilote": Coalesce(NullIf("lead_organization__short_name", Value("")), "lead_organization__name"),
    "personne": F("lead_person__name"),
    "elu": F("elected_referent__name"),
    "codes": F("commune_codes"),
    "debut": F("starts_on"),
    "fin": F("ends_on"),
    "etape": Subquery(_OPEN.values("title")[:1]),
    "echeance": Subquery(_OPEN.values("due_on")[:1]),
    "indicateurs": Coalesce(Subquery(_INDICATORS.annotate(many=Count("pk")).values("many")), Value(0)),
    "nouvelles": F("news_on"),
    "priorite": F("priority"),
    "poids": F("weight"),
    "budget": F("budget_total"),
}
#: Column or group → the sources that it needs.
NEEDS = {
    "retard": ("etat", "fin", "echeance"), "objectif": ("goal_id",), "sommet": ("goal_id",), "communes": ("codes",),
    "commune": ("codes",), "annee": ("debut",), "theme": (), "themes": (), "partenaires": (),
    **dict.fromkeys(MONEY, ()),
}  # fmt: skip
#: What a row shows beside its columns: pills, marks, the link.
BESIDE = ("is_example", "added_midway", "is_continuous")


@dataclass(frozen=True)
class Table:
    """The rows that show, in their groups (one without a name when nothing is gathered), out of all that were kept.

    `first` is the rank of the first row, from 1; `more` how many come after the last one.
    """

    layout: Layout
    groups: list[Group]
    total: Total
    kept: int
    size: int
    first: int = 1
    shown: int = 0
    number: int = 1
    continued: str = ""
    places: int = field(default=0)

    @property
    def more(self) -> int:
        return max(self.places - (self.first - 1) - self.shown, 0)

    @property
    def next_page(self) -> int:
        return self.number + 1

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]


def table_of(convention: Convention, filtering: Filtering, layout: Layout, page: int | None = 1) -> Table:
    """A page of the table, or all of it (`page=None`). Five queries, whatever the size of the plan."""
    size = actions_of(convention).count()
    actions = filtering.apply(actions_of(convention)).order_by("position", "id")
    rows = _put_in_order(actions, filtering, layout)
    gathered = (
        grouped(rows, _names_of_groups(layout.group, filtering)) if layout.group else [Group("", rows, total_of(rows))]
    )
    total = total_of(rows)
    places = sum(len(group.rows) for group in gathered)
    if page is None:
        shown, number, start, continued = gathered, 1, 0, ""
    else:
        number = min(max(page, 1), max(-(-places // SHOWN), 1))
        start = (number - 1) * SHOWN
        shown, continued = _slice(gathered, start)
    full = _in_full([row for group in shown for row in group.rows], filtering, layout)
    groups = [Group(group.label, [full[row["id"]] for row in group.rows], group.total) for group in shown]
    count = sum(len(group.rows) for group in groups)
    return Table(layout, groups, total, len(rows), size, start + 1, count, number, continued, places)


def _slice(groups: Sequence[Group], start: int) -> tuple[list[Group], str]:
    """The groups cut to one page; the label of the one that began on the page before."""
    found: list[Group] = []
    rank, continued = 0, ""
    for group in groups:
        kept = group.rows[max(start - rank, 0) : max(start + SHOWN - rank, 0)]
        if kept:
            found.append(Group(group.label, kept, group.total))
            continued = group.label if rank < start else continued
        rank += len(group.rows)
    return found, continued


def _put_in_order(actions: QuerySet[Action], filtering: Filtering, layout: Layout) -> list[Row]:
    rows = _read(actions, {*layout.needed, layout.group} - {""})
    by_theme = layout.group == "theme"
    for values in (_money(actions), _names(actions, by_theme, by_theme and "partenaires" in layout.columns)):
        for row in rows:
            row.update(values.get(row["id"], {}))
    _complete(rows, filtering)
    gather = _gatherer(layout.group, filtering)
    for row in rows:
        row["groups"] = gather(row)
    return in_order(rows, layout)


def _in_full(rows: Sequence[Row], filtering: Filtering, layout: Layout) -> dict[int, dict[str, Any]]:
    """Id → the row with every column that shows."""
    ids = {row["id"] for row in rows}
    columns = {*layout.columns, "action", "numero", "etat", "sante", "retard"}
    actions = Action.objects.filter(pk__in=ids)
    full = _read(actions, columns, *BESIDE)
    known = {row["id"]: {key: row[key] for key in (*MONEY, "themes", "partenaires")} for row in rows}
    names = {} if layout.group == "theme" else _names(actions, "themes" in columns, "partenaires" in columns)
    for row in full:
        row.update(known[row["id"]] | names.get(row["id"], {}))
    _complete(full, filtering)
    return {row["id"]: row for row in full}


def _read(actions: QuerySet[Action], columns: Iterable[str], *beside: str) -> list[dict[str, Any]]:
    """Plain values, under the name of their source. A source that is a field of that very name needs no alias."""
    sources = sorted({source for column in columns for source in NEEDS.get(column, (column,))})
    found = actions.annotate(**{f"c_{source}": SOURCES[source] for source in sources})
    names = ["id", *sources, *beside]
    rows = found.values_list("id", *(f"c_{source}" for source in sources), *beside)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _complete(rows: list[dict[str, Any]], filtering: Filtering) -> None:
    """The columns that are worked out from others, in words where they are words."""
    on = today()
    goals = {option.value: option.label for option in filtering.options["objectif"]}
    communes = {option.value: option.label for option in filtering.options["commune"]}
    for row in rows:
        if "echeance" in row and "fin" in row and "etat" in row:
            row["retard"] = action_days_late(row["etat"], row["fin"], row["echeance"], on) or None
        if "goal_id" in row:
            row["objectif"] = goals.get(str(row["goal_id"]), "")
        if "codes" in row:
            row["communes"] = [communes.get(code, code) for code in row["codes"]] or [EVERYWHERE]
        row.setdefault("themes", [])
        row.setdefault("partenaires", [])
        for key in MONEY:
            row.setdefault(key, None)


def _money(actions: QuerySet[Action]) -> dict[int, dict[str, Decimal]]:
    """Action id → its money by column; one query."""
    rows = (
        Funding.objects.filter(action__in=actions.order_by().values("pk"))
        .values_list("action_id", "unit")
        .annotate(Sum("planned"), Sum("obtained"), Sum("spent"))
        .order_by()
    )
    found: dict[int, dict[str, Decimal]] = {}
    for action_id, unit, planned, obtained, spent in rows:
        amounts = {"etp": planned} if unit == Funding.Unit.FTE else {
            "prevu": planned, "obtenu": obtained, "depense": spent,
        }  # fmt: skip
        found.setdefault(action_id, {}).update(amounts)
    return found


def _names(actions: QuerySet[Action], themes: bool, partners: bool) -> dict[int, dict[str, list[str]]]:
    """Action id → « themes » and « partenaires », each name once; one query, or none when neither shows."""
    chosen = actions.order_by().values("pk")
    asked: list[QuerySet[Any, Any]] = []
    if themes:
        rows = Action.themes.through.objects.filter(action__in=chosen)
        asked.append(rows.values_list("action_id", Value("themes", CharField()), "theme__name"))
    if partners:
        links = ActionPartner.objects.filter(action__in=chosen)
        word = Value("partenaires", CharField())
        asked.append(links.values_list("action_id", word, "organization__name"))
    found: dict[int, dict[str, list[str]]] = {}
    if asked:
        for action_id, kind, name in asked[0].union(*asked[1:]) if asked[1:] else asked[0]:
            found.setdefault(action_id, {}).setdefault(kind, []).append(name)
    for kinds in found.values():
        for kind, names in kinds.items():
            kinds[kind] = sorted(dict.fromkeys(names))
    return found


def _gatherer(group: str, filtering: Filtering) -> Callable[[Row], list[str]]:
    """How a row tells the keys of its groups."""
    tops = _tops(filtering) if group == "sommet" else {}
    gatherers: dict[str, Callable[[Row], list[str]]] = {
        "": lambda _row: [],
        "objectif": lambda row: [str(row["goal_id"])] if row["goal_id"] else [],
        "sommet": lambda row: [tops[str(row["goal_id"])]] if row["goal_id"] else [],
        "etat": lambda row: [row["etat"]],
        "pilote": lambda row: [row["pilote"]] if row["pilote"] else [],
        "theme": lambda row: row["themes"],
        "commune": lambda row: row["communes"],
        "annee": lambda row: year_of(row["debut"]),
    }
    return gatherers[group]


def _tops(filtering: Filtering) -> dict[str, str]:
    """Goal → its top goal: options come in the order of the tree."""
    found, top = {}, ""
    for option in filtering.options["objectif"]:
        top = option.value if option.depth == 1 else top
        found[option.value] = top
    return found


def _names_of_groups(group: str, filtering: Filtering) -> dict[str, str]:
    """Key → label, in the order of the plan where the groups have one."""
    if group in {"objectif", "sommet"}:
        return {option.value: option.label for option in filtering.options["objectif"]}
    if group == "theme":
        return {option.label: option.label for option in filtering.options["theme"]}
    if group == "etat":
        return {option.value: option.label for option in filtering.options["etat"]}
    return {EVERYWHERE: EVERYWHERE} if group == "commune" else {}
