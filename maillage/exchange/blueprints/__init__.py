"""Models to start a plan from, theme by theme: goals and actions in general words, to adapt; no people, no money."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from maillage.exchange.workbook.draft import ActionDraft, GoalDraft, PlanDraft

HERE = Path(__file__).resolve().parent
TEXTS = ("need", "description", "expected_results")


@dataclass(frozen=True, slots=True)
class ModelAction:
    """`key` names it in a form; `indicators` are (kind, name, unit)."""

    key: str
    title: str
    texts: dict[str, str]
    milestones: tuple[str, ...]
    indicators: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Blueprint:
    """One shipped model. `themes` are slugs of the national list; `goals` are (title, actions)."""

    slug: str
    name: str
    why: str
    themes: tuple[str, ...]
    goals: tuple[tuple[str, tuple[ModelAction, ...]], ...]

    @property
    def size(self) -> int:
        return sum(len(actions) for _title, actions in self.goals)


@cache
def blueprints() -> tuple[Blueprint, ...]:
    """The shipped models, in their order."""
    read = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in HERE.glob("*.toml")]
    return tuple(_blueprint(slug, data) for slug, data in sorted(read, key=lambda pair: pair[1]["order"]))


def draft_of(keys: set[str]) -> PlanDraft:
    """The draft of the chosen actions: the model is the first level, its goals the second."""
    draft = PlanDraft(sheet="Modèles", row_word="action")
    for model in blueprints():
        for title, actions in model.goals:
            chosen = [action for action in actions if action.key in keys]
            for path in ([model.name], [model.name, title]) if chosen else ():
                if all(goal.path != path for goal in draft.goals):
                    draft.goals.append(GoalDraft(path, "", path[-1]))
            draft.actions += [
                _action(model, title, action, len(draft.actions) + rank) for rank, action in enumerate(chosen, 1)
            ]
    return draft


def _action(model: Blueprint, goal: str, action: ModelAction, rank: int) -> ActionDraft:
    note = f"Cette action vient du modèle « {model.name} » : adaptez-la à votre territoire, puis supprimez cette note."
    return ActionDraft(
        title=action.title,
        row=rank,
        goal_path=[model.name, goal],
        texts=dict(action.texts),
        milestones=list(action.milestones),
        indicators=[list(indicator) for indicator in action.indicators],
        themes=list(model.themes),
        notes=[["À adapter", note]],
    )


def _blueprint(slug: str, data: dict[str, Any]) -> Blueprint:
    goals = tuple(
        (goal["title"], tuple(_model_action(f"{slug}-{g}-{a}", action) for a, action in enumerate(goal["actions"], 1)))
        for g, goal in enumerate(data["goals"], 1)
    )
    return Blueprint(slug, data["name"], data["why"], tuple(data["themes"]), goals)


def _model_action(key: str, data: dict[str, Any]) -> ModelAction:
    indicators = tuple((item["kind"], item["name"], item["unit"]) for item in data["indicators"])
    texts = {name: data[name] for name in TEXTS}
    return ModelAction(key, data["title"], texts, tuple(data["milestones"]), indicators)
