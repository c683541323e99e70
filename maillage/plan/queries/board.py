"""The plan in columns, one a state. Four queries, whatever the plan; at most fifty cards a column."""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.people.models import User
from maillage.plan.models import Action, Convention
from maillage.plan.permissions import followed_ids
from maillage.plan.queries.actions import ActionRow, action_rows
from maillage.plan.queries.tree import Branch, tree_of
from maillage.plan.rules.states import TRANSITIONS
from maillage.plan.vocabulary import ActionState, Health

#: More cards than this in one column are no column that one reads.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Card:
    """An action on the board: its row, the badge of its top goal, the states it may be moved to by this person."""

    row: ActionRow
    hue: int
    badge: str
    goal: str
    moves: tuple[ActionState, ...]

    @property
    def worry(self) -> str:
        """« blocked », « late », « watch » or nothing: what the column does not say."""
        if not TRANSITIONS_OPEN[ActionState(self.row.state)]:
            return ""
        if self.row.health == Health.BLOCKED:
            return "blocked"
        if self.row.days_late:
            return "late"
        return "watch" if self.row.health == Health.WATCH else ""


TRANSITIONS_OPEN = {state: state not in {ActionState.DONE, ActionState.ABANDONED} for state in ActionState}


@dataclass(frozen=True, slots=True)
class Column:
    state: ActionState
    size: int
    cards: list[Card]

    @property
    def hidden(self) -> int:
        return self.size - len(self.cards)


def board_of(convention: Convention, rows: list[ActionRow], *, by: User) -> list[Column]:
    """Every state with its actions, in the order of the plan."""
    followed = followed_ids(by, convention)
    tops = _tops(tree_of(convention, rows).branches)
    columns = []
    for state in ActionState:
        here = [row for row in rows if row.state == state]
        columns.append(Column(state, len(here), [_card(row, tops, followed) for row in here[:SHOWN]]))
    return columns


def card_of(action: Action, *, by: User) -> Card:
    """The card of one action that has just moved."""
    rows = action_rows(action.convention, pk=action.pk)
    return _card(rows[0], _tops(tree_of(action.convention, rows).branches), followed_ids(by, action.convention))


def _tops(branches: Iterable[Branch]) -> dict[int, Branch]:
    """Goal id → the top branch that holds it."""
    return {part.goal.pk: top for top in branches for part in top.walk()}


def _card(row: ActionRow, tops: dict[int, Branch], followed: set[int] | None) -> Card:
    top = tops.get(row.main_goal_id) if row.main_goal_id else None
    may_move = followed is None or row.id in followed
    moves = tuple(state for state in ActionState if state in TRANSITIONS[ActionState(row.state)]) if may_move else ()
    if top is None:
        return Card(row, 0, "", "", moves)
    return Card(row, top.hue, top.goal.number, top.goal.short_title or top.goal.title, moves)
