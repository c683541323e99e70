"""What needs somebody: the short lists of the dashboard, each with its reason and its gesture."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from maillage.plan.models import Convention
from maillage.plan.queries.actions import ActionRow
from maillage.plan.rules.silence import silent_since
from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import Health
from maillage.ui.french import plural, short_date

SHORT = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One action of a list: `pill` is tone, icon and words; `url` is where the gesture leads."""

    action: ActionRow
    why: str
    pill: tuple[str, str, str] | None
    url: str


@dataclass(frozen=True, slots=True)
class ShortList:
    """The first lines of a list. `empty` is what is true when there are none."""

    title: str
    why: str
    empty: str
    gesture: str
    lines: list[Line]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


Address = Callable[[ActionRow], str]


def short_lists(
    convention: Convention, rows: Iterable[ActionRow], measured: Iterable[int], on: dt.date, *, may_edit: bool
) -> tuple[list[ShortList], list[ShortList]]:
    """(what worries, what the sheets lack) of the actions that are open; no query.

    `measured` are the ids of actions that have an indicator. Who may edit is led to the very form that answers.
    """
    slug = convention.territory.slug
    open_rows = [row for row in rows if row.state not in ENDED]
    has_indicator = set(measured)

    def sheet(anchor: str = "") -> Address:
        return lambda row: reverse("action", args=[slug, row.id]) + anchor

    def section(name: str) -> Address:
        return (lambda row: reverse("action_edit", args=[slug, row.id, name])) if may_edit else sheet()

    indicator: Address = (lambda row: reverse("part_add", args=[slug, "indicateurs", row.id])) if may_edit else sheet()
    since = {row.id: silent_since(row.news_on, row.starts_on, convention.starts_on, on) for row in open_rows}
    silent = sorted((row for row in open_rows if since[row.id]), key=lambda row: since[row.id] or on)
    late = sorted((row for row in open_rows if row.days_late), key=lambda row: -row.days_late)
    worrying = sorted((row for row in open_rows if row.health != Health.GOOD), key=lambda row: row.health)
    undated = [row for row in open_rows if not row.starts_on and not row.ends_on]
    worries = [
        _list("En retard", "", "Aucune action n’est en retard.", "Ouvrir", late, sheet(), late_line),
        _list(
            "À surveiller ou bloquées", "", "Toutes les actions ouvertes vont bien.", "Ouvrir", worrying, sheet(),
            health_line,
        ),
        _list(
            "Sans nouvelles depuis six mois", "", "Chaque action ouverte a donné de ses nouvelles.", "Relancer",
            silent, sheet(), lambda row: silence_line(row, since[row.id]),
        ),
    ]  # fmt: skip
    lacks = [
        _list(
            "Sans structure pilote", "Sans pilote, personne ne donne de nouvelles.",
            "Chaque action ouverte a une structure pilote.", "Nommer", [row for row in open_rows if not row.lead],
            section("pilotage"), plain_line,
        ),
        _list(
            "Sans indicateur", "Un ou deux suffisent : ce qui sera fait, ce que cela doit donner.",
            "Chaque action ouverte a un indicateur.", "Choisir",
            [row for row in open_rows if row.id not in has_indicator], indicator, plain_line,
        ),
        _list(
            "Sans date", "Ni début ni fin : elle ne sera jamais en retard, et la trame ne la dessine pas.",
            "Chaque action ouverte a une date.", "Dater", undated, section("calendrier"),
            plain_line,
        ),
    ]  # fmt: skip
    return worries, lacks


Words = Callable[[ActionRow], tuple[str, tuple[str, str, str] | None]]


def _list(
    title: str, why: str, empty: str, gesture: str, rows: list[ActionRow], address: Address, words: Words
) -> ShortList:
    lines = [Line(row, *words(row), address(row)) for row in rows[:SHORT]]
    return ShortList(title, why, empty, gesture, lines, len(rows))


def late_line(row: ActionRow) -> tuple[str, tuple[str, str, str]]:
    return row.next_title or row.lead, ("alerte", "alert", f"En retard de {plural(row.days_late, 'jour')}")


def health_line(row: ActionRow) -> tuple[str, tuple[str, str, str]]:
    blocked = row.health == Health.BLOCKED
    return row.health_note, ("bloque", "stop", "Bloquée") if blocked else ("alerte", "alert", "À surveiller")


def silence_line(row: ActionRow, since: dt.date | None) -> tuple[str, tuple[str, str, str]]:
    never = "" if row.news_on else "Aucune nouvelle depuis le début. "
    return f"{never}{row.lead or 'Sans pilote'}", ("", "clock", f"Depuis le {short_date(since)}")


def plain_line(row: ActionRow) -> tuple[str, None]:
    return row.lead, None
