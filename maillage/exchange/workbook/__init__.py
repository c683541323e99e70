"""Reading an action plan kept in a file: from a workbook, a CSV or a Word document to a draft. Nothing is written."""

from maillage.exchange.workbook.draft import ActionDraft, FundingDraft, GoalDraft, PlanDraft, Problem, SubActionDraft
from maillage.exchange.workbook.reading import UnknownColumns, read_chosen, read_plan
from maillage.exchange.workbook.safety import UnreadableWorkbook

__all__ = [
    "ActionDraft", "FundingDraft", "GoalDraft", "PlanDraft", "Problem", "SubActionDraft", "UnknownColumns",
    "UnreadableWorkbook", "read_chosen", "read_plan",
]  # fmt: skip
