"""The timeline on A3 sheets: rows of one height, cut by us, so that a link is drawn only between two of one sheet."""

from pathlib import Path
from typing import Any

from maillage.people.spaces import today
from maillage.plan.models import Convention
from maillage.plan.queries.actions import ActionRow
from maillage.plan.queries.timeline import Group, Line, Point, Timeline, Waiting
from maillage.plan.rules.progress import standing
from maillage.plan.vocabulary import ActionState, Health
from maillage.printing.pdf import render_pdf
from maillage.ui.french import long_date, short_date

TEMPLATE = Path(__file__).with_name("timeline.typ")
#: Millimetres: a row, the head of a goal, what the first sheet and the others hold.
ROW, HEAD, FIRST_SHEET, SHEET = 7.4, 8.0, 208.0, 234.0
TONES = {
    "blocked": ("bloque", "Bloquée"),
    "late": ("alerte", "En retard"),
    ActionState.TO_COME: ("neutre", "À venir"),
    ActionState.ONGOING: ("cours", "En cours"),
    ActionState.PAUSED: ("neutre", "En pause"),
    ActionState.DONE: ("fait", "Réalisée"),
    ActionState.ABANDONED: ("neutre", "Abandonnée"),
}


def timeline_pdf(convention: Convention, timeline: Timeline) -> bytes:
    window = timeline.window
    return render_pdf(TEMPLATE, {
        "title": f"La frise du plan, {window.first.year}" if window.is_one_year else "La frise du plan",
        "territory": convention.territory.name,
        "convention": convention.title,
        "on": f"État au {long_date(today(), year=True)}",
        "examples": any(line.row.is_example for group in timeline.groups for line in group.lines),
        "marks": [{"x": mark.x, "words": mark.words, "strong": mark.is_strong} for mark in window.marks()],
        "now": window.place(today()) if window.holds(today()) else None,
        "row": ROW, "head": HEAD,
        "sheets": sheets_of(timeline),
        "waiting": [_waiting_words(link) for link in timeline.waiting],
    })  # fmt: skip


def sheets_of(timeline: Timeline) -> list[list[dict[str, Any]]]:
    """The rows of each sheet. A goal that goes on says so; a head is never the last of a sheet."""
    sheets: list[list[dict[str, Any]]] = [[]]
    left = FIRST_SHEET
    for group in timeline.groups:
        if left < HEAD + ROW:
            sheets.append([])
            left = SHEET
        sheets[-1].append(_head(group, ""))
        left -= HEAD
        for line in group.lines:
            if left < ROW:
                sheets.append([_head(group, " (suite)")])
                left = SHEET - HEAD
            sheets[-1].append(_row(group, line))
            left -= ROW
    for sheet in sheets:
        _link(sheet, timeline.waiting, timeline)
    return sheets


def _head(group: Group, after: str) -> dict[str, Any]:
    goal = group.goal
    return {
        "kind": "head", "hue": group.hue, "number": goal.number if goal else "", "summary": group.summary,
        "title": ((goal.short_title or goal.title) if goal else "Actions sans objectif") + after,
    }  # fmt: skip


def _row(group: Group, line: Line) -> dict[str, Any]:
    tone, words = _standing(line.row)
    drawn = line.thread
    return {
        "kind": "row", "hue": group.hue, "id": line.row.id, "number": line.row.number, "title": line.row.title,
        "thread": {"start": drawn.start, "now": drawn.now, "end": drawn.end} if drawn else None,
        "knots": [{"x": knot.x, "kind": knot.kind} for knot in line.knots],
        "tone": tone, "state": words, "links": [], "next": _next_words(line),
    }  # fmt: skip


def _standing(row: ActionRow) -> tuple[str, str]:
    key = standing(row)
    if row.health == Health.WATCH and key not in {"late", ActionState.DONE, ActionState.ABANDONED}:
        return "alerte", "À surveiller"
    return TONES[key]


def _next_words(line: Line) -> str:
    row = line.row
    count = f" ({line.done} sur {line.total})" if line.total else ""
    if row.state == ActionState.DONE or not row.next_title:
        return count.strip(" ()") and f"{line.done} étape{'s' if line.done > 1 else ''} sur {line.total}"
    return f"{row.next_title}{f', {short_date(row.next_due_on)}' if row.next_due_on else ''}{count}"


def _link(sheet: list[dict[str, Any]], waiting: list[Waiting], timeline: Timeline) -> None:
    """Adds to the row that waits where the line comes from, in millimetres up or down."""
    tops: dict[int, float] = {}
    height = 0.0
    for row in sheet:
        if row["kind"] == "row":
            tops[row["id"]] = height
        height += HEAD if row["kind"] == "head" else ROW
    rows = {row["id"]: row for row in sheet if row["kind"] == "row"}
    window = timeline.window
    for link in waiting:
        here, there = link.point, link.before
        if here.action_id in tops and there.action_id in tops and here.day and there.day \
                and window.holds(here.day) and window.holds(there.day):  # fmt: skip
            rise = tops[there.action_id] - tops[here.action_id]
            rows[here.action_id]["links"].append(
                {"x1": window.place(there.day), "x2": window.place(here.day), "rise": rise, "broken": bool(link.fault)}
            )


def _waiting_words(link: Waiting) -> list[str]:
    fault = link.fault[:1].upper() + link.fault[1:] if link.fault else "Tient"
    return [*_point_words(link.point), *_point_words(link.before), fault, "alerte" if link.fault else "fait"]


def _point_words(point: Point) -> tuple[str, str]:
    day = f"faite le {short_date(point.done_on)}" if point.done_on else short_date(point.due_on) or "sans date"
    return f"{point.title} ({point.number} {point.action})".replace("( ", "("), day
