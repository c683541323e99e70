"""The verbs that write a plan. Views, imports, commands, the demo and the tests all call these."""

from maillage.plan.operations.actions import (
    change_health,
    change_state,
    create_action,
    delete_action,
    edit_action,
    move_action,
)
from maillage.plan.operations.convention import create_convention, edit_convention
from maillage.plan.operations.copying import copy_action
from maillage.plan.operations.goals import create_goal, delete_goal, edit_goal, name_levels
from maillage.plan.operations.news import ANSWERS, Answer, give_news
from maillage.plan.operations.parts import add_part, edit_part, remove_part

__all__ = [
    "ANSWERS", "Answer", "add_part", "change_health", "change_state", "copy_action", "create_action",
    "create_convention", "create_goal", "delete_action", "delete_goal", "edit_action", "edit_convention", "edit_goal",
    "edit_part", "give_news", "move_action", "name_levels", "remove_part",
]  # fmt: skip
