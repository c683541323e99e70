"""What a territory undertakes: its convention, the goals, and the actions that serve them."""

from maillage.plan.models.actions import Action, ActionGoal, ActionPartner, SubAction
from maillage.plan.models.convention import Commitment, Convention, Scheme, Signatory, Step
from maillage.plan.models.follow_up import ActionIndicator, Milestone, Note, Reading
from maillage.plan.models.funding import Funding
from maillage.plan.models.goals import Goal, GoalLevel, ProgressMarker
from maillage.plan.models.imports import PlanImport
from maillage.plan.models.working import BulkEdit, SavedView

__all__ = [
    "Action", "ActionGoal", "ActionIndicator", "ActionPartner", "BulkEdit", "Commitment", "Convention", "Funding",
    "Goal", "GoalLevel", "Milestone", "Note", "PlanImport", "ProgressMarker", "Reading", "SavedView", "Scheme",
    "Signatory", "Step", "SubAction",
]  # fmt: skip
