"""The table of the plan as a workbook and as lines: exactly what shows on screen."""

from collections.abc import Iterator

from maillage.people.spaces import today
from maillage.plan.models import Action
from maillage.plan.queries.filters import Filtering
from maillage.plan.queries.table import Table
from maillage.plan.rules.table import COLUMNS, GROUPS, Row, Sum
from maillage.plan.vocabulary import ActionState, Health
from maillage.printing.sheets import Cell, Sheet, write_csv

WIDTHS = {"link": 50, "names": 30, "text": 24, "number": 8}
WORDS: dict[str, dict[str, str]] = {
    "state": dict(ActionState.choices), "health": dict(Health.choices), "priority": dict(Action.Priority.choices),
}  # fmt: skip
TOTALS = ["Actions", "Prévu (€)", "Obtenu (€)", "Dépensé (€)", "ETP prévus"]


def sheets_of(table: Table, filtering: Filtering) -> list[Sheet]:
    """The rows, then the totals by group, then what was asked."""
    columns = [COLUMNS[key] for key in table.layout.columns]
    widths = [44] * bool(table.layout.group) + [WIDTHS.get(column.kind, 14) for column in columns]
    named = GROUPS.get(table.layout.group, "")
    totals: list[list[Cell]] = []
    if named:
        totals = [[group.label or "Non précisé", *_sums(group.total)] for group in table.groups]
    totals.append(["Toutes, chacune une fois", *_sums(table.total)])
    return [
        Sheet("Actions", [header_of(table)], rows_of(table), widths),
        Sheet("Totaux", [[named, *TOTALS]], totals, [40, 12, 14, 14, 14, 12]),
        Sheet("Ce qui est montré", [["Filtre", "Valeur"]], list(_asked(table, filtering)), [30, 60]),
    ]  # fmt: skip


def csv_of(table: Table) -> bytes:
    return write_csv(header_of(table), rows_of(table))


def header_of(table: Table) -> list[str]:
    gathered = [f"Regroupement : {GROUPS[table.layout.group].lower()}"] if table.layout.group else []
    return gathered + [_label(key) for key in table.layout.columns]


def _label(key: str) -> str:
    unit = {"euros": " (€)", "days": " (jours)"}.get(COLUMNS[key].kind, "")
    return COLUMNS[key].label + unit


def rows_of(table: Table) -> Iterator[list[Cell]]:
    for group in table.groups:
        for row in group.rows:
            gathered: list[Cell] = [group.label or "Non précisé"] if table.layout.group else []
            yield gathered + [_cell(key, row) for key in table.layout.columns]


def _cell(key: str, row: Row) -> Cell:
    kind, value = COLUMNS[key].kind, row[key]
    if key == "action":
        return f"{value} (exemple)" if row["is_example"] else str(value)
    if key == "fin" and row["is_continuous"]:
        return "en continu"
    if kind in WORDS:
        return WORDS[kind].get(value, "")
    return ", ".join(value) if isinstance(value, list) else value


def _sums(total: Sum) -> list[Cell]:
    return [total.count, total.prevu, total.obtenu, total.depense, total.etp]


def _asked(table: Table, filtering: Filtering) -> Iterator[list[Cell]]:
    yield ["Le", today()]
    yield ["Actions montrées", f"{table.kept} sur {table.size}"]
    for tag in filtering.tags:
        yield [tag.label, tag.words or "oui"]
    if key := table.layout.sort_key:
        yield ["Ordre", COLUMNS[key].label + (", du plus grand au plus petit" if table.layout.is_descending else "")]
