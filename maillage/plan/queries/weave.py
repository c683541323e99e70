"""La trame: one thread per action, under the top goal that it serves first."""

from maillage.people.spaces import today
from maillage.plan.models import Convention
from maillage.plan.queries.actions import ActionRow
from maillage.plan.queries.tree import Branch, Tree
from maillage.plan.rules.progress import summary
from maillage.plan.rules.tracks import Track, track
from maillage.plan.vocabulary import Health

#: More threads than this make no drawing that one reads: the page then shows those that need somebody.
WOVEN = 80


class Woven:
    """One top goal on the weave: its branch, what is said of it, its threads."""

    def __init__(self, branch: Branch, threads: list[tuple[ActionRow, Track | None]]) -> None:
        self.branch = branch
        self.threads = threads
        self.summary = summary(branch.all_actions)


def weave_of(tree: Tree, convention: Convention, rows: list[ActionRow]) -> list[Woven]:
    """No query."""
    shown = rows if len(rows) <= WOVEN else [row for row in rows if row.days_late or row.health != Health.GOOD][:WOVEN]
    chosen = {row.id for row in shown}
    on = today()

    def thread(row: ActionRow) -> tuple[ActionRow, Track | None]:
        first, last = convention.starts_on, convention.ends_on
        return row, track(row.state, row.starts_on, row.ends_on, row.days_late, first, last, on)

    return [Woven(branch, [thread(row) for row in branch.all_actions if row.id in chosen]) for branch in tree.branches]
