"""From the rows of the template to its sheet: which columns are there, in which order."""

from itertools import count

from maillage.exchange.out.national import Line, NationalRows
from maillage.exchange.out.national_columns import COLUMNS, MORE_COLUMNS, SHEET, TEXT, TemplateColumn
from maillage.exchange.out.national_words import MORE
from maillage.exchange.out.whole import Whole
from maillage.printing.sheets import Sheet, write_workbook

#: Our own columns that stand first, when the plan says something there; the others follow as they are met.
FIRST = ("Santé", *MORE, "Temps de travail (ETP)", "Autres communes", "Niveau 4", "Niveau 5")
#: A reader of workbooks stops at 200 columns: what is beyond is written in « Notes ».
MOST_COLUMNS = 190


def national_workbook(whole: Whole) -> bytes:
    """The plan as an .xlsx workbook in the national template."""
    return write_workbook([national_sheet(whole)])


def national_sheet(whole: Whole) -> Sheet:
    lines = NationalRows(whole).write()
    columns = _columns(lines)
    headers = [
        [column.group for column in columns], [column.header for column in columns], [column.kind for column in columns]
    ]  # fmt: skip
    rows = [[line.get(column.key) for column in columns] for line in lines]
    return Sheet(SHEET, headers, rows, [column.width for column in columns])


def _columns(lines: list[Line]) -> list[TemplateColumn]:
    met = dict.fromkeys(key for line in lines for key, cell in line.items() if cell not in (None, ""))
    columns = [*COLUMNS, *(column for column in MORE_COLUMNS if column.key in met)]
    for rank in count(4):
        if f"funder {rank}" not in met and f"amount {rank}" not in met:
            break
        columns += [
            TemplateColumn(f"funder {rank}", "", "Financeur"),
            TemplateColumn(f"amount {rank}", "", "Montant € HT"),
        ]
    known = {column.key for column in columns}
    own = [key for key in (*FIRST, *met) if key in met and key not in known]
    own = list(dict.fromkeys(own))
    room = MOST_COLUMNS - len(columns)
    for key in own[room:]:
        _into_notes(lines, key)
    return columns + [TemplateColumn(key, "", key, TEXT, 30) for key in own[:room]]


def _into_notes(lines: list[Line], key: str) -> None:
    for line in lines:
        if text := line.pop(key, None):
            before = line.get("notes")
            line["notes"] = f"{before}\n\n{key} : {text}" if before else f"{key} : {text}"
