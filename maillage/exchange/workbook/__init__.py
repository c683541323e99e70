"""Reading an action plan kept in Excel: from a workbook to a draft and its problems. Nothing is written."""

from maillage.exchange.workbook.draft import ActionDraft, FundingDraft, GoalDraft, PlanDraft, Problem, SubActionDraft
from maillage.exchange.workbook.reading import read_plan
from maillage.exchange.workbook.safety import UnreadableWorkbook

__all__ = [
    "ActionDraft", "FundingDraft", "GoalDraft", "PlanDraft", "Problem", "SubActionDraft", "UnreadableWorkbook",
    "read_plan",
]  # fmt: skip
