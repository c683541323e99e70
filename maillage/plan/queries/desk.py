"""What needs somebody: the short lists of the dashboard, each with its reasons, its gesture, its table."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from maillage.plan.models import Convention
from maillage.plan.queries.actions import ActionRow
from maillage.plan.rules.silence import silent_since
from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import ActionState, Health
from maillage.ui.french import plural, short_date

SHORT = 4
OPEN = "".join(f"&etat={state}" for state in ActionState if state not in ENDED)


@dataclass(frozen=True, slots=True)
class Kind:
    """One list. `empty` is what is true when nothing is in it; `asked` is the filter that shows it whole.

    `gesture` is the word of who may edit, and of `address` its page: URL name and what follows the action's number.
    """

    title: str
    empty: str
    asked: str
    gesture: str = "Ouvrir"
    page: str = "action"
    section: str = ""
    why: str = ""


LATE = Kind("En retard", "Aucune action n’est en retard.", "retard=oui")
WORRYING = Kind(
    "À surveiller ou bloquées", "Toutes les actions ouvertes vont bien.", "sante=watch&sante=blocked" + OPEN
)
SILENT = Kind(
    "Sans nouvelles depuis six mois", "Chaque action ouverte a donné de ses nouvelles.", "sans=nouvelles",
    "Relancer", "news_ask",
)  # fmt: skip
LEADERLESS = Kind(
    "Sans structure pilote", "Chaque action ouverte a une structure pilote.", "sans=pilote" + OPEN, "Nommer",
    "action_edit", "pilotage", "Sans pilote, personne ne donne de nouvelles.",
)  # fmt: skip
UNMEASURED = Kind(
    "Sans indicateur", "Chaque action ouverte a un indicateur.", "sans=indicateur" + OPEN, "Choisir", "part_add",
    "indicateurs", "Un ou deux suffisent : ce qui sera fait, ce que cela doit donner.",
)  # fmt: skip
UNDATED = Kind(
    "Sans date", "Chaque action ouverte a une date.", "sans=date" + OPEN, "Dater", "action_edit", "calendrier",
    "Ni début ni fin : elle ne sera jamais en retard, et la trame ne la dessine pas.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One action of a list: `pill` is tone, icon and words; `url` is where the gesture leads."""

    action: ActionRow
    why: str
    pill: tuple[str, str, str] | None
    url: str


@dataclass(frozen=True, slots=True)
class ShortList:
    """The first lines of a list; `url` is the table that holds them all."""

    kind: Kind
    gesture: str
    lines: list[Line]
    total: int
    url: str

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


Words = Callable[[ActionRow], tuple[str, tuple[str, str, str] | None]]


def short_lists(
    convention: Convention, rows: Iterable[ActionRow], measured: Iterable[int], on: dt.date, *, may_edit: bool
) -> tuple[list[ShortList], list[ShortList]]:
    """(what worries, what the sheets lack) of the actions that are open; no query.

    `measured` are the ids of actions that have an indicator. Who may edit is led to the very form that answers.
    """
    open_rows = [row for row in rows if row.state not in ENDED]
    since = {row.id: silent_since(row.news_on, row.starts_on, convention.starts_on, on) for row in open_rows}
    has_indicator = set(measured)
    late = sorted((row for row in open_rows if row.days_late), key=lambda row: -row.days_late)
    worrying = sorted((row for row in open_rows if row.health != Health.GOOD), key=lambda row: row.health)
    silent = sorted((row for row in open_rows if since[row.id]), key=lambda row: since[row.id] or on)
    worries: list[tuple[Kind, list[ActionRow], Words]] = [
        (LATE, late, late_words),
        (WORRYING, worrying, health_words),
        (SILENT, silent, lambda row: silence_words(row, since[row.id])),
    ]
    lacks: list[tuple[Kind, list[ActionRow], Words]] = [
        (LEADERLESS, [row for row in open_rows if not row.lead], plain_words),
        (UNMEASURED, [row for row in open_rows if row.id not in has_indicator], plain_words),
        (UNDATED, [row for row in open_rows if not row.starts_on and not row.ends_on], plain_words),
    ]
    slug = convention.territory.slug
    return (
        [_short_list(slug, *given, may_edit=may_edit) for given in worries],
        [_short_list(slug, *given, may_edit=may_edit) for given in lacks],
    )


def _short_list(slug: str, kind: Kind, rows: list[ActionRow], words: Words, *, may_edit: bool) -> ShortList:
    lines = [Line(row, *words(row), _address(slug, kind, row, may_edit=may_edit)) for row in rows[:SHORT]]
    table = f"{reverse('plan_table', args=[slug])}?{kind.asked}"
    return ShortList(kind, kind.gesture if may_edit else "Ouvrir", lines, len(rows), table)


def _address(slug: str, kind: Kind, row: ActionRow, *, may_edit: bool) -> str:
    if not may_edit:
        return reverse("action", args=[slug, row.id])
    if kind.page == "part_add":
        return reverse("part_add", args=[slug, kind.section, row.id])
    return reverse(kind.page, args=[slug, row.id, *filter(None, [kind.section])])


def late_words(row: ActionRow) -> tuple[str, tuple[str, str, str]]:
    return row.next_title or row.lead, ("alerte", "alert", f"En retard de {plural(row.days_late, 'jour')}")


def health_words(row: ActionRow) -> tuple[str, tuple[str, str, str]]:
    blocked = row.health == Health.BLOCKED
    return row.health_note, ("bloque", "stop", "Bloquée") if blocked else ("alerte", "alert", "À surveiller")


def silence_words(row: ActionRow, since: dt.date | None) -> tuple[str, tuple[str, str, str]]:
    never = "" if row.news_on else "Aucune nouvelle depuis le début. "
    return f"{never}{row.lead or 'Sans pilote'}", ("", "clock", f"Depuis le {short_date(since)}")


def plain_words(row: ActionRow) -> tuple[str, None]:
    return row.lead, None
