"""The plan through its years: threads of actions, knots of milestones, and what waits for what."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from maillage.people.spaces import today
from maillage.plan.models import Convention, Goal, Milestone
from maillage.plan.queries.actions import ActionRow
from maillage.plan.queries.tree import Branch, tree_of
from maillage.plan.rules.dependencies import broken_link
from maillage.plan.rules.progress import summary
from maillage.plan.rules.windows import Thread, Window, thread

#: Heights of a row and of the head of a goal, on screen: connectors are drawn from one row to another.
ROW, HEAD = 44, 40


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone: its days, the action it belongs to."""

    id: int
    title: str
    due_on: dt.date | None
    done_on: dt.date | None
    action_id: int
    number: str
    action: str

    @property
    def day(self) -> dt.date | None:
        return self.done_on or self.due_on


@dataclass(frozen=True, slots=True)
class Waiting:
    """A milestone that waits for another; `fault` says why it cannot hold, or nothing."""

    point: Point
    before: Point
    fault: str


@dataclass(frozen=True, slots=True)
class Knot:
    x: float
    kind: str  # « done », « late », « open »
    title: str


@dataclass(frozen=True, slots=True)
class Connector:
    """From the milestone that one waits for (`x1`, `rise` pixels away, up or down) to the one that waits (`x2`)."""

    x1: float
    x2: float
    rise: int
    is_broken: bool


@dataclass(slots=True)
class Line:
    row: ActionRow
    thread: Thread | None
    knots: list[Knot]
    done: int
    total: int
    connectors: list[Connector] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A top goal (None for actions without one) with its lines, in the order of the plan."""

    goal: Goal | None
    hue: int
    summary: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Timeline:
    window: Window
    groups: list[Group]
    waiting: list[Waiting]

    @property
    def broken(self) -> list[Waiting]:
        return [link for link in self.waiting if link.fault]


def in_order(convention: Convention, rows: list[ActionRow]) -> list[tuple[Branch | None, ActionRow]]:
    """The rows under their top goals, in the order of the tree; one query."""
    tree = tree_of(convention, rows)
    placed: list[tuple[Branch | None, ActionRow]] = [(top, row) for top in tree.branches for row in top.all_actions]
    return placed + [(None, row) for row in tree.loose]


def timeline_of(convention: Convention, placed: list[tuple[Branch | None, ActionRow]], window: Window) -> Timeline:
    """The drawing of some rows (already in order); one query more, for their milestones."""
    points = _points_of([row.id for _top, row in placed])
    waiting = [link for found in points.values() for _point, link in found if link]
    groups: list[Group] = []
    for top, row in placed:
        if not groups or groups[-1].goal != (top.goal if top else None):
            groups.append(Group(top.goal if top else None, top.hue if top else 0, "", []))
        mine = [point for point, _link in points.get(row.id, [])]
        groups[-1].lines.append(_line(row, mine, convention, window))
    for group in groups:
        group.summary = summary(line.row for line in group.lines)
    _connect(groups, waiting, window)
    return Timeline(window, groups, sorted(waiting, key=lambda link: (not link.fault, link.point.day or dt.date.max)))


def _points_of(action_ids: Iterable[int]) -> dict[int, list[tuple[Point, Waiting | None]]]:
    """Action id → its milestones, each with what it waits for."""
    named = ("id", "title", "due_on", "done_on", "action_id", "action__number", "action__title")
    rows = Milestone.objects.filter(action_id__in=list(action_ids)).order_by("action_id", "due_on", "position", "id")
    found: dict[int, list[tuple[Point, Waiting | None]]] = {}
    on = today()
    for values in rows.values_list(*named, *(f"depends_on__{name}" for name in named)):
        point = Point(*values[: len(named)])
        link = _waiting(point, Point(*values[len(named) :]), on) if values[len(named)] else None
        found.setdefault(point.action_id, []).append((point, link))
    return found


def _waiting(point: Point, before: Point, on: dt.date) -> Waiting:
    return Waiting(point, before, broken_link(point.due_on, point.done_on, before.due_on, before.done_on, on))


def _line(row: ActionRow, points: list[Point], convention: Convention, window: Window) -> Line:
    on = today()
    drawn = thread(row.state, row.starts_on, row.ends_on, row.days_late, convention.ends_on, window, on)
    knots = [
        Knot(window.place(point.day), _kind(point, on), point.title)
        for point in points
        if point.day and window.holds(point.day)
    ]
    return Line(row, drawn, knots, sum(1 for point in points if point.done_on), len(points))


def _kind(point: Point, on: dt.date) -> str:
    if point.done_on:
        return "done"
    return "late" if point.due_on and point.due_on < on else "open"


def _connect(groups: list[Group], waiting: list[Waiting], window: Window) -> None:
    """Draws a link in the row of the milestone that waits, when both stand in the drawing."""
    tops: dict[int, tuple[Line, int]] = {}
    height = 0
    for group in groups:
        height += HEAD
        for line in group.lines:
            tops[line.row.id] = (line, height)
            height += ROW
    for link in waiting:
        here, there = tops.get(link.point.action_id), tops.get(link.before.action_id)
        days = link.point.day, link.before.day
        if here and there and days[0] and days[1] and window.holds(days[0]) and window.holds(days[1]):
            connector = Connector(window.place(days[1]), window.place(days[0]), there[1] - here[1], bool(link.fault))
            here[0].connectors.append(connector)
