"""The plan in the national template: its columns, then the ones that the plan says more.

What the template cannot hold becomes columns under their own titles, as a file that came in could have had: read back,
they become notes of the action, and written again, the same columns. The complete workbook loses nothing at all.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from maillage.exchange.content import Row
from maillage.exchange.out.cells import Spellings, clean, goal_cell, names_cell, pieces, sub_title_cell, title_cell
from maillage.exchange.out.national_columns import COLUMNS, MORE_COLUMNS, OWN_PLACES
from maillage.exchange.out.national_words import (
    MORE,
    PARTICIPATION,
    PRIORITY,
    STATE,
    budget_lines,
    commune_cells,
    fte_words,
    health_words,
    meaning,
    milestone_lines,
)  # fmt: skip
from maillage.exchange.out.whole import Whole
from maillage.exchange.workbook.columns import field_of
from maillage.exchange.workbook.values import as_list
from maillage.plan.models import ActionPartner
from maillage.printing.sheets import Cell
from maillage.ui.french import folded

LEVELS = ("axis", "sub_axis", "sub_sub_axis")
NO_GOAL = "Sans axe"
COLUMN_KEYS = {column.key for column in (*COLUMNS, *MORE_COLUMNS)}
Line = dict[str, Cell]


class NationalRows:
    """The rows of the template, as key of column (or title of the file's own) → cell."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        self.lines: list[Line] = []
        self.paths: dict[str, tuple[str, ...]] = {}
        taken: set[str] = set()
        self.titles = {row["key"]: title_cell(row["title"], taken) for row in whole.content["actions"]}
        #: A sub-action named like an action would be read as that action.
        self.taken = taken
        self.loose_written = False
        self.organizations = Spellings(row["name"] for row in whole.content["organizations"])
        self.people = Spellings(row["name"] for row in whole.content["contacts"])

    def write(self) -> list[Line]:
        taken: dict[tuple[str, ...], set[str]] = {}
        for goal in self.whole.walk():
            above = self.paths[goal["parent"]] if goal["parent"] else ()
            cell = goal_cell(goal["number"], goal["title"], taken.setdefault(above, set()))
            taken[above].add(cell)
            self.paths[goal["key"]] = (*above, cell)
        for goal in self.whole.goals_under(None):
            self._goal(goal)
        if not self.loose_written:
            self._actions(None, (NO_GOAL,))
        return self.lines

    def _goal(self, goal: Row) -> None:
        path, before = self.paths[goal["key"]], len(self.lines)
        self._actions(goal["key"], path)
        if path == (NO_GOAL,):
            self._actions(None, path)
            self.loose_written = True
        for child in self.whole.goals_under(goal["key"]):
            self._goal(child)
        if len(self.lines) == before and len(path) <= len(LEVELS):
            self.lines.append(dict(zip(LEVELS, path, strict=False)))

    def _actions(self, goal: str | None, path: tuple[str, ...]) -> None:
        for action in self.whole.actions_of(goal):
            self._action(action, path)

    def _action(self, action: Row, path: tuple[str, ...]) -> None:
        key = action["key"]
        line: Line = dict(zip(LEVELS, path, strict=False))
        title = self.titles[key]
        notes = [[clean(note["label"]), clean(note["text"])] for note in self.whole.parts("notes", key)]
        line["title"] = title
        for name in ("description", "objectives", "human_means", "financial_means", "calendar"):
            self._put(line, name, clean(action[name]))
        self._people(line, action, notes)
        self._choices(line, action, notes)
        self._money(line, action)
        line["milestones"] = milestone_lines(self.whole.parts("milestones", key))
        line["communes"], others = commune_cells(action["commune_codes"])
        for depth, cell in enumerate(path[len(LEVELS) :], start=len(LEVELS) + 1):
            self._put(line, f"Niveau {depth}", cell)
        for label, words in MORE.items():
            self._put(line, label, clean(words(self.whole, action)))
        self._put(line, "Autres communes", others)
        subs = [(sub_title_cell(sub["title"], self.taken), sub) for sub in self.whole.parts("sub_actions", key)]
        said = [_taken_with(notes, f"{name} : ") for name, _sub in subs]
        for label, text in notes:
            self._own(line, label, text)
        self.lines.append(line)
        for (name, sub), more in zip(subs, said, strict=True):
            self._sub_action(path, title, name, sub, more)

    def _people(self, line: Line, action: Row, notes: list[list[str]]) -> None:
        lead = self.organizations.of(self.whole.name("organizations", action["lead_organization"]))
        named: dict[bool, set[str]] = {True: set(), False: set()}
        for link in self.whole.parts("partners", action["key"]):
            carries = bool(lead) and link["role"] == ActionPartner.Role.OPERATIONAL
            named[carries].add(self.organizations.of(self.whole.name("organizations", link["organization"])))
        line["lead_organizations"] = names_cell([lead, *sorted(named[True] - {lead}, key=_order)])
        line["partners"] = names_cell(sorted(named[False], key=_order))
        for key, field in (("lead_persons", "lead_person"), ("elected_referents", "elected_referent")):
            person = self.people.of(self.whole.name("contacts", action[field]))
            # A file that named several people left all their names in a note.
            kept = _take(notes, key, partial(_begins_with, person))
            line[key] = names_cell(as_list(kept)) if kept else person

    def _choices(self, line: Line, action: Row, notes: list[list[str]]) -> None:
        stands = (action["state"], action["health"])
        status = _take(notes, "state", partial(_means, stands))
        status = status or ("Bloqué" if stands == ("ongoing", "blocked") else STATE[action["state"]])
        line["state"] = status
        self._put(line, "Santé", clean(health_words(action, status)))
        line["priority"] = PRIORITY.get(action["priority"], "")
        line["participation"] = PARTICIPATION.get(action["participation"], "")
        line["starts_on"], line["ends_on"] = _day(action["starts_on"]), _day(action["ends_on"])
        line["is_continuous"] = action["is_continuous"]
        if action["is_continuous"]:
            line["ends_on"] = _take(notes, "ends_on", lambda text: "\n" not in text) or None

    def _money(self, line: Line, action: Row) -> None:
        fundings = self.whole.parts("fundings", action["key"])
        found = budget_lines(fundings, lambda key: self.organizations.of(self.whole.name("organizations", key)))
        for rank, (funder, amount) in enumerate(sorted(found.items(), key=lambda pair: _order(pair[0])), start=1):
            line[f"funder {rank}"], line[f"amount {rank}"] = funder, amount
        total = action["budget_total"]
        line["budget_total"] = Decimal(total) if total is not None else None
        words = fte_words(fundings, lambda key: self.organizations.of(self.whole.name("organizations", key)))
        self._put(line, "Temps de travail (ETP)", words)

    def _sub_action(self, path: tuple[str, ...], title: str, name: str, sub: Row, notes: list[list[str]]) -> None:
        line: Line = dict(zip(LEVELS, path, strict=False))
        status = _take(notes, "state", lambda text: meaning(text)[0] == sub["state"]) or STATE[sub["state"]]
        line |= {"title": title, "sub_title": name, "state": status, "lead_persons": names_cell([clean(sub["lead"])])}
        line["starts_on"], line["ends_on"] = _day(sub["starts_on"]), _day(sub["ends_on"])
        self._put(line, "description", clean(sub["description"]))
        ranks: Counter[str] = Counter()
        for label, text in notes:
            field = field_of(label)
            if field in {"funder", "amount"}:
                ranks[field] += 1
                line[f"{field} {ranks[field]}"] = text
            elif field in COLUMN_KEYS and not line.get(field):
                line[field] = text
            else:
                self._own(line, label, text)
        self.lines.append(line)

    def _own(self, line: Line, label: str, text: str) -> None:
        """A note, under the title that it bears; never under that of a column that is read for itself."""
        if field_of(label) and label not in MORE:
            label = f"{label[:190]} (note)"
        self._put(line, OWN_PLACES.get(folded(label or "Notes"), label), text)

    def _put(self, line: Line, key: str, text: str) -> None:
        before = line.get(key)
        first, *others = pieces(f"{before}\n\n{text}" if before and text else str(before or text)) or [""]
        line[key] = first
        for rank, rest in enumerate(others, start=1):
            header = next((column.header for column in (*COLUMNS, *MORE_COLUMNS) if column.key == key), key)
            line[f"{header[:180]} (suite{f' {rank}' if rank > 1 else ''})"] = rest


def _take(notes: list[list[str]], field: str, fits: Callable[[str], bool]) -> str:
    """The text of the note that an import left for that field, taken out of the notes; empty for none."""
    for rank, (label, text) in enumerate(notes):
        if field_of(label) == field and fits(text):
            del notes[rank]
            return text
    return ""


def _means(stands: tuple[str, str], status: str) -> bool:
    return meaning(status) == stands


def _begins_with(person: str, text: str) -> bool:
    return folded(next(iter(as_list(text)), "")) == folded(person)


def _taken_with(notes: list[list[str]], beginning: str) -> list[list[str]]:
    """The notes that an import left for one sub-action, taken out, without their beginning."""
    found = [note for note in notes if note[0].startswith(beginning)]
    notes[:] = [note for note in notes if note not in found]
    return [[label.removeprefix(beginning), text] for label, text in found]


def _order(name: str) -> Any:
    return folded(name), name


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
