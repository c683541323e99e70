"""The plan in plain French words, for paper: what a Word template may name, and what the PDF shows.

Every value is a text, a list of rows, or a yes or no; the guide (`docs/guide/exporter.md`) lists them all.
"""

import datetime as dt
from typing import Any

from maillage.exchange.content import Row
from maillage.exchange.out import parts
from maillage.exchange.out.whole import Whole
from maillage.exchange.out.wording import day, label, paper_text, period
from maillage.plan.models import Action
from maillage.plan.rules.goals import hue_of
from maillage.plan.rules.lateness import action_days_late
from maillage.plan.rules.progress import summary
from maillage.plan.vocabulary import ActionState, Health
from maillage.territories.areas import commune_of_any_year
from maillage.ui.french import euros, plural

Page = dict[str, Any]
STATE_TONES: dict[str, str] = {"done": "fait", "ongoing": "cours"}
HEALTH_TONES: dict[str, str] = {"watch": "alerte", "blocked": "bloque", "good": "fait"}
#: The fields of an action that people write at length.
TEXTS = {
    "besoin": "need", "description": "description", "objectifs": "objectives", "resultats_attendus": "expected_results",
    "moyens_humains": "human_means", "moyens_financiers": "financial_means", "leviers": "levers", "freins": "brakes",
    "calendrier": "calendar",
}  # fmt: skip


class Pages:
    """Makes the pages of one content, as they read on a day."""

    def __init__(self, whole: Whole, *, territory: str, on: dt.date) -> None:
        self.whole = whole
        self.territory = territory
        self.on = on
        self.bookmarks = 0
        tops = [goal["key"] for goal in whole.goals_under(None)]
        self.hues = {key: hue_of(rank) for rank, key in enumerate(tops)}
        self.levels = {row["depth"]: row["name"] for row in whole.content["levels"]}

    def heading(self) -> Page:
        """What every document says of itself."""
        convention = self.whole.convention
        return {
            "convention": paper_text(convention["title"]),
            "territoire": paper_text(self.territory),
            "annees": f"{convention['starts_on'][:4]}-{convention['ends_on'][:4]}",
            "edite_le": day(self.on.isoformat()),
        }

    def action(self, row: Row) -> Page:
        """One action, for a Word template of an action or inside the plan."""
        ancestors = self.whole.ancestors(row["main_goal"])
        key = row["key"]
        milestones = self.whole.parts("milestones", key)
        page: Page = {name: paper_text(row[field]) for name, field in TEXTS.items()}
        return page | {
            "numero": row["number"],
            "titre": paper_text(row["title"]),
            "exemple": row["is_example"],
            "rang": self.hues[ancestors[0]["key"]] if ancestors else 0,
            "objectif": self.goal_words(ancestors[-1]) if ancestors else "",
            "chemin": [{"niveau": paper_text(self.levels.get(depth, "")), "objectif": self.goal_words(goal)}
                       for depth, goal in enumerate(ancestors, start=1)],
            "autres_objectifs": [self.goal_words(self.whole.ancestors(other)[-1]) for other in row["other_goals"]],
            **self._standing(row, milestones),
            **self._who(row),
            "periode": period(row["starts_on"], row["ends_on"], continuous=row["is_continuous"]),
            "budget_total": euros(parts.amount(row["budget_total"])) if row["budget_total"] is not None else "",
            "poids": str(row["weight"]),
            "nouvelles_du": day(row["news_on"]),
            **parts.milestones(milestones, self.on),
            **parts.funding(self.whole, key),
            "sous_actions": parts.sub_actions(self.whole.parts("sub_actions", key)),
            "indicateurs": parts.indicators(self.whole, key),
            "notes": parts.notes(self.whole.parts("notes", key)),
        }  # fmt: skip

    def one(self, row: Row) -> Page:
        """The data of the document of one action."""
        return self.heading() | self.action(row)

    def plan(self) -> Page:
        """The data of the document of the whole plan."""
        convention, actions = self.whole.convention, self.whole.content["actions"]
        return self.heading() | {
            "exemple": convention["is_example"],
            "periode": period(convention["starts_on"], convention["ends_on"]),
            "signee_le": day(convention["signed_on"]),
            "enjeu_central": paper_text(convention["central_stake"]),
            "presentation": paper_text(convention["presentation"]),
            "gouvernance": paper_text(convention["governance"]),
            "themes": ", ".join(self.whole.labels(convention["themes"])),
            "dispositifs": ", ".join(paper_text(self.whole.name("schemes", key)) for key in convention["schemes"]),
            "nombre_d_actions": plural(len(actions), "action"),
            "resume": summary(map(self._as_counted, actions)) if actions else "",
            "signataires": parts.signatories(self.whole),
            "demarche": parts.steps(self.whole),
            "objectifs": self._goals(None, 1),
            "actions_sans_objectif": [self.action(row) for row in self.whole.actions_of(None)],
            **parts.totals(self.whole.content["fundings"]),
        }

    def goal_words(self, goal: Row) -> str:
        return paper_text(f"{goal['number']} {goal['title']}".strip())

    def _goals(self, parent: str | None, depth: int) -> list[Page]:
        """Every goal in the order of the plan, those under it right after."""
        found = []
        for goal in self.whole.goals_under(parent):
            top = self.whole.ancestors(goal["key"])[0]["key"]
            actions = self.whole.actions_of(goal["key"])
            found.append({
                "niveau": paper_text(self.levels.get(depth, "")), "profondeur": depth, "rang": self.hues[top],
                "numero": goal["number"], "titre": paper_text(goal["title"]), "exemple": goal["is_example"],
                "intitule_court": paper_text(goal["short_title"]), "description": paper_text(goal["description"]),
                "qui_change": paper_text(goal["actor"]), "ce_que_l_on_voit": paper_text(goal["behaviour"]),
                "marqueurs": parts.markers(self.whole, goal["key"]),
                "actions": [self.action(row) for row in actions], "nombre_d_actions": plural(len(actions), "action"),
                "signet": self._bookmark(),
            })  # fmt: skip
            found += self._goals(goal["key"], depth + 1)
        return found

    def _bookmark(self) -> str:
        """A name by which a table of contents leads to a goal; Word takes 40 signs, no more."""
        self.bookmarks += 1
        return f"objectif_{self.bookmarks}"

    def _standing(self, row: Row, milestones: list[Row]) -> Page:
        late = self._days_late(row, milestones)
        health = row["health"] if row["health"] != Health.GOOD else ""
        return {
            "etat": label(ActionState, row["state"]),
            "etat_ton": STATE_TONES.get(row["state"], "neutre"),
            "sante": label(Health, health),
            "sante_ton": HEALTH_TONES[row["health"]],
            "motif_sante": paper_text(row["health_note"]),
            "sante_constatee_le": day(row["health_on"]) if health else "",
            "retard": f"En retard de {plural(late, 'jour')}" if late else "",
            "ajoutee_en_cours": row["added_midway"],
            "priorite": label(Action.Priority, row["priority"]),
            "participation": label(Action.Participation, row["participation"]),
        }

    def _who(self, row: Row) -> Page:
        names = {
            "structure_pilote": ("organizations", "lead_organization"), "pilote": ("contacts", "lead_person"),
            "elu_referent": ("contacts", "elected_referent"),
        }  # fmt: skip
        communes = [commune_of_any_year(code).name for code in row["commune_codes"]]
        return {
            **{name: paper_text(self.whole.name(table, row[field])) for name, (table, field) in names.items()},
            "partenaires": parts.partners(self.whole, row["key"]),
            "publics": ", ".join(self.whole.labels(row["publics"])),
            "themes": ", ".join(self.whole.labels(row["themes"])),
            "dispositifs": ", ".join(paper_text(self.whole.name("schemes", key)) for key in row["schemes"]),
            "communes": ", ".join(communes) or "tout le territoire",
        }

    def _days_late(self, row: Row, milestones: list[Row]) -> int:
        due = [step["due_on"] for step in milestones if step["due_on"] and not step["done_on"]]
        days = (min(due, default=None), row["ends_on"])
        next_due, ends_on = (dt.date.fromisoformat(text) if text else None for text in days)
        return action_days_late(row["state"], ends_on, next_due, self.on)

    def _as_counted(self, row: Row) -> parts.Counted:
        late = self._days_late(row, self.whole.parts("milestones", row["key"]))
        return parts.Counted(row["state"], row["health"], late)
