"""What was read, in plain types that survive JSON: dates are « 2026-12-31 », amounts are « 12000.50 »."""

from dataclasses import asdict, dataclass, field
from typing import Any

ERROR = "error"
NOTICE = "notice"


@dataclass(slots=True)
class Problem:
    """Something to say about a cell: an error refuses the whole file, a notice only tells what was understood.

    `row` is the row of the sheet, 0 for the file as a whole; `column` is the header as written, or empty.
    """

    sheet: str
    row: int
    column: str
    message: str
    severity: str = ERROR


@dataclass(slots=True)
class GoalDraft:
    """A goal by its path of titles from the top, as written; `number` was split from the last one."""

    path: list[str]
    number: str
    title: str


@dataclass(slots=True)
class FundingDraft:
    funder: str
    amount: str


@dataclass(slots=True)
class SubActionDraft:
    title: str
    row: int
    description: str = ""
    state: str = "to_come"
    starts_on: str | None = None
    ends_on: str | None = None
    lead: str = ""


@dataclass(slots=True)
class ActionDraft:
    """`notes` are (label, text) pairs: what the file says and no field of ours holds."""

    title: str
    row: int
    goal_path: list[str]
    number: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    state: str = "to_come"
    health: str = "good"
    health_note: str = ""
    priority: str = ""
    participation: str = ""
    starts_on: str | None = None
    ends_on: str | None = None
    is_continuous: bool = False
    lead_organization: str = ""
    lead_person: str = ""
    elected_referent: str = ""
    operational_partners: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    fundings: list[FundingDraft] = field(default_factory=list)
    budget_total: str | None = None
    commune_codes: list[str] = field(default_factory=list)
    milestones: list[str] = field(default_factory=list)
    sub_actions: list[SubActionDraft] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    #: (kind, name, unit) and slugs of the national list: what models say and files do not.
    indicators: list[list[str]] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    #: Fields that have a value when nothing is written, and that this row says.
    said: list[str] = field(default_factory=list)


@dataclass(slots=True)
class PlanDraft:
    """`goal_id` is the goal of the plan under which come the actions that name none; `row_word` is what a row is."""

    sheet: str
    goals: list[GoalDraft] = field(default_factory=list)
    actions: list[ActionDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    goal_id: int | None = None
    row_word: str = "ligne"
    #: The fields that the columns hold: one that is not here says nothing when it is empty.
    fields: list[str] = field(default_factory=list)

    @property
    def is_fiches(self) -> bool:
        return self.row_word == "fiche"

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == ERROR]

    @property
    def notices(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == NOTICE]

    def counts(self) -> dict[str, int]:
        return {
            "goals": len(self.goals),
            "actions": len(self.actions),
            "sub_actions": sum(len(action.sub_actions) for action in self.actions),
            "milestones": sum(len(action.milestones) for action in self.actions),
            "fundings": sum(len(action.fundings) for action in self.actions),
            "indicators": sum(len(action.indicators) for action in self.actions),
            "notes": sum(len(action.notes) for action in self.actions),
        }

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "PlanDraft":
        return cls(
            sheet=data["sheet"],
            goals=[GoalDraft(**goal) for goal in data["goals"]],
            actions=[
                ActionDraft(
                    **{
                        **action,
                        "fundings": [FundingDraft(**line) for line in action["fundings"]],
                        "sub_actions": [SubActionDraft(**row) for row in action["sub_actions"]],
                    }
                )
                for action in data["actions"]
            ],
            problems=[Problem(**problem) for problem in data["problems"]],
            goal_id=data.get("goal_id"),
            row_word=data.get("row_word", "ligne"),
            fields=data.get("fields", []),
        )
