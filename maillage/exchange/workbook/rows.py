"""One row of the plan after the other: goals are declared, actions built, sub-actions hung on their action."""

from typing import TypeVar

from maillage.exchange.workbook.cells import RowCells
from maillage.exchange.workbook.choice import SKIPPED
from maillage.exchange.workbook.columns import LEVELS
from maillage.exchange.workbook.draft import (
    NOTICE,
    ActionDraft,
    FundingDraft,
    GoalDraft,
    PlanDraft,
    Problem,
    SubActionDraft,
)
from maillage.exchange.workbook.sheet import Cell
from maillage.exchange.workbook.values import (
    KEPT_STATES,
    as_amount,
    as_day,
    as_list,
    as_participation,
    as_priority,
    as_state,
    as_text,
    as_yes_or_no,
    split_number,
)
from maillage.territories.search import communes_named
from maillage.ui.french import folded

TEXTS = (
    "need", "description", "objectives", "expected_results", "human_means", "financial_means", "brakes", "levers",
    "calendar",
)  # fmt: skip
TITLE_LENGTH = 300
DAYS = {"starts_on", "ends_on"}
Value = TypeVar("Value")


def circles(parts: dict[str, dict[str, int]]) -> list[tuple[list[str], int]]:
    """The actions that end up being parts of themselves: each circle once, with the row that closes it."""
    found: list[tuple[list[str], int]] = []
    told: set[str] = set()
    for start in parts:
        lines = [[start]]
        seen: set[str] = set()
        while lines and start not in told:
            line = lines.pop()
            for title, row in parts[line[-1]].items():
                if title == start:
                    told |= set(line)
                    found.append(([*line, title], row))
                    break
                if title in parts and title not in seen:
                    seen.add(title)
                    lines.append([*line, title])
    return found


class PlanReader(RowCells):
    """Reads rows into a draft. Places are columns counted from 0; `fields` says what each one holds."""

    def __init__(
        self, draft: PlanDraft, headers: list[str], fields: list[str | None], within: tuple[str, ...] | None
    ) -> None:
        super().__init__(draft, headers, fields)
        self.within = within
        self.goals: dict[tuple[str, ...], GoalDraft] = {}
        self.actions: dict[str, ActionDraft] = {}
        #: Action → the sub-actions said to be its own, both folded: a circle is told once everything is read.
        self.parts: dict[str, dict[str, int]] = {}
        self.names: dict[str, str] = {}
        self.has_levels = any(field in LEVELS for field in fields)

    def read_row(self, number: int, cells: list[Cell]) -> None:
        self.row, self.cells, self.in_words = number, cells, []
        if self._has_broken_cells():
            return
        path = self._goal_path()
        title, sub_title = self._text("title"), self._text("sub_title")
        if not title:
            self._without_title(sub_title)
        elif len(title) > TITLE_LENGTH:
            self._say("title", f"le titre compte {len(title)} caractères ; la limite est de {TITLE_LENGTH}.")
        elif self.has_levels and not path:
            self._say("axis", "cette action n’a pas d’axe. Écrivez son axe, ou « Sans axe ».")
        elif sub_title:
            self._read_sub_action(path, title, sub_title)
        else:
            self._read_action(path, title)

    def finish(self) -> None:
        """Tells which goals look alike, once everything is read."""
        for circle, row in circles(self.parts):
            self.row = row
            words = " → ".join(f"« {self.names[title]} »" for title in circle)
            message = f"ces sous-actions tournent en rond ({words}). Une action ne peut pas être sa propre part."
            self._say("sub_title", message)
        seen: dict[tuple[str, ...], GoalDraft] = {}
        for goal in self.draft.goals:
            same = (*map(folded, goal.path[:-1]), folded(goal.number), folded(goal.title))
            if same in seen and seen[same].path[:-1] == goal.path[:-1]:
                message = f"« {goal.path[-1]} » et « {seen[same].path[-1]} » ne diffèrent que par leur ponctuation."
                message += " Ils restent deux objectifs : unifiez l’écriture pour n’en garder qu’un."
                self.draft.problems.append(Problem(self.draft.sheet, 0, self._header("axis"), message, NOTICE))
            seen.setdefault(same, goal)

    # Goals

    def _goal_path(self) -> list[str]:
        path = [text for level in LEVELS if (text := self._text(level))]
        for depth in range(1, len(path) + 1):
            key = tuple(path[:depth])
            if key not in self.goals:
                number, title = split_number(path[depth - 1])
                self.goals[key] = GoalDraft(list(key), number, title[:TITLE_LENGTH])
                self.draft.goals.append(self.goals[key])
        return path

    def _without_title(self, sub_title: str) -> None:
        others = [
            self.headers[place] for place, cell in enumerate(self.cells)
            if as_text(cell.value) and self._field(place) not in LEVELS and self._header_at(place)
        ]  # fmt: skip
        if sub_title or others:
            self._say("title", "le titre de l’action manque. Écrivez-le, ou videz la ligne.")

    # Actions

    def _read_action(self, path: list[str], title: str) -> None:
        key = folded(title)
        if key in self.actions:
            self._say_twice(self.actions[key], path, title)
            return
        action = ActionDraft(title=title, row=self.row, goal_path=path, number=self._text("number")[:20])
        self.actions[key] = action
        self.draft.actions.append(action)
        action.said = [field for field in ("state", "is_continuous") if self._text(field)]
        action.texts = {name: text for name in TEXTS if (text := self._text(name))}
        self._read_people(action)
        self._read_choices(action)
        self._read_dates(action)
        self._read_money(action)
        self._read_places(action)
        action.milestones = [line.strip("-•– ") for line in self._text("milestones").split("\n") if line.strip("-•– ")]
        action.notes += self._own_columns()
        self._keep_words(action)

    def _say_twice(self, first: ActionDraft, path: list[str], title: str) -> None:
        """An action stands under one main goal: the same title under two axes would give it two."""
        same = list(map(folded, first.goal_path)) == list(map(folded, path))
        where = "dans le même axe" if same else "sous un autre axe"
        message = f"l’action « {title} » figure déjà ligne {first.row}, {where}."
        if not same:
            message += " Une action n’a qu’un objectif principal : gardez une ligne, ou donnez-lui un autre titre."
        self._say("title", message)

    def _keep_words(self, action: ActionDraft) -> None:
        """« été 2024 » goes to the calendar, « 12 000 € HT / an » to the means: as written, and said."""
        for place, text in self.in_words:
            field = self._field(place)
            target, where = ("calendar", "le calendrier") if field in DAYS else ("financial_means", "les financements")
            header = self._header_at(place).strip()
            funder = ", ".join(as_list(self._text_at(place - 1))) if self._field(place - 1) == "funder" else ""
            words = f"{header}{f' ({funder})' if funder else ''} : {text}"
            action.texts[target] = "\n".join(filter(None, [action.texts.get(target, ""), words]))
            what = "n’est pas un jour précis" if field in DAYS else "n’est pas un montant seul"
            self._say_at(place, f"« {text} » {what} : gardé tel quel dans {where} de l’action.", NOTICE)

    def _read_people(self, action: ActionDraft) -> None:
        organizations = as_list(self._text("lead_organizations"))
        action.lead_organization = next(iter(organizations), "")
        action.operational_partners = organizations[1:]
        action.partners = as_list(self._text("partners"))
        for field, target in (("lead_persons", "lead_person"), ("elected_referents", "elected_referent")):
            names = as_list(self._text(field))
            setattr(action, target, next(iter(names), ""))
            if len(names) > 1:
                action.notes.append([self._header(field), ", ".join(names)])

    def _read_choices(self, action: ActionDraft) -> None:
        status = self._text("state")
        action.state, action.health = self._parse("state", as_state) or ("to_come", "good")
        if action.health != "good":
            action.health_note = f"« {status} » dans le fichier importé"
        if folded(status) in KEPT_STATES:
            action.notes.append([self._header("state"), status])
        action.priority = self._parse("priority", as_priority) or ""
        action.participation = self._parse("participation", as_participation) or ""

    def _read_dates(self, action: ActionDraft) -> None:
        action.starts_on, action.ends_on = self._period()
        action.is_continuous = bool(self._parse("is_continuous", as_yes_or_no))
        if action.is_continuous and action.ends_on:
            action.notes.append([self._header("ends_on"), self._text("ends_on")])
            self._say("ends_on", "l’action est en continu : sa date de fin est gardée en note.", NOTICE)
            action.ends_on = None

    def _period(self) -> tuple[str | None, str | None]:
        days = {}
        for field in ("starts_on", "ends_on"):
            found = self._parse(field, as_day, raw=True)
            if found:
                day, notice = found
                days[field] = day
                if notice:
                    self._say(field, notice, NOTICE)
        if len(days) == 2 and days["ends_on"] < days["starts_on"]:
            self._say(
                "ends_on",
                f"la fin ({days['ends_on']:%d/%m/%Y}) précède le début ({days['starts_on']:%d/%m/%Y}).",
            )
        return (
            days["starts_on"].isoformat() if "starts_on" in days else None,
            days["ends_on"].isoformat() if "ends_on" in days else None,
        )

    def _read_money(self, action: ActionDraft) -> None:
        """Each « Montant » belongs to the « Financeur » on its left: three columns bear the same header."""
        funder: str | None = None
        for place, field in enumerate(self.fields):
            if field == "funder":
                self._unpaid(action, funder)
                names = as_list(self._text_at(place))
                funder = " et ".join(names) or None
            elif field == "amount":
                amount = self._parse_at(place, as_amount, raw=True)
                if amount is not None and funder:
                    action.fundings.append(FundingDraft(funder, str(amount)))
                elif amount is not None:
                    self._say_at(place, "ce montant n’a pas de financeur. Écrivez son nom à gauche.")
                elif funder and not self._text_at(place):
                    self._unpaid(action, funder)
                funder = None
        self._unpaid(action, funder)
        total = self._parse("budget_total", as_amount, raw=True)
        action.budget_total = str(total) if total is not None else None

    def _unpaid(self, action: ActionDraft, funder: str | None) -> None:
        if funder:
            action.notes.append(["Financeur sans montant", funder])

    def _read_places(self, action: ActionDraft) -> None:
        for name in as_list(self._text("communes")):
            found = communes_named(name, within=self.within)
            if len(found) == 1:
                action.commune_codes.append(found[0].code)
            elif found:
                codes = ", ".join(area.code for area in found)
                self._say("communes", f"plusieurs communes s’appellent « {name} ». Écrivez son code : {codes}.")
            else:
                self._say("communes", f"« {name} » n’est pas une commune de ce territoire. Vérifiez son nom.")

    # Sub-actions

    def _read_sub_action(self, path: list[str], title: str, sub_title: str) -> None:
        self.parts.setdefault(folded(title), {}).setdefault(folded(sub_title), self.row)
        self.names = {folded(sub_title): sub_title, folded(title): title} | self.names
        action = self.actions.get(folded(title))
        if action is not None and list(map(folded, action.goal_path)) != list(map(folded, path)):
            action = None
        if action is None:
            self._say(
                "sub_title",
                f"l’action « {title} » doit avoir sa ligne au-dessus de sa sous-action, dans le même axe.",
            )
            return
        starts_on, ends_on = self._period()
        state, _health = self._parse("state", as_state) or ("to_come", "good")
        action.sub_actions.append(
            SubActionDraft(
                title=sub_title[:TITLE_LENGTH],
                row=self.row,
                description=self._text("description"),
                state=state,
                starts_on=starts_on,
                ends_on=ends_on,
                lead=", ".join(as_list(self._text("lead_persons")))[:200],
            )
        )
        for place, text in self.in_words:
            action.notes.append([f"{sub_title} : {self._header_at(place)}"[:200], text])
            self._say_at(place, f"« {text} » n’est pas un jour précis : gardé en note de l’action.", NOTICE)
        held = {*LEVELS, "title", "sub_title", "description", "starts_on", "ends_on", "lead_persons", SKIPPED}
        held |= {"state"} if folded(self._text("state")) not in KEPT_STATES else set()
        for place, field in enumerate(self.fields):
            text = self._text_at(place)
            if text and field not in held and self._header_at(place) and folded(text) not in {"faux", "false"}:
                action.notes.append([f"{sub_title} : {self._header_at(place)}"[:200], text])
