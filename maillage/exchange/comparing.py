"""A newer file beside the plan: what differs, field by field, before → after. Nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from maillage.exchange.workbook import ActionDraft, PlanDraft
from maillage.exchange.workbook.columns import LABELS
from maillage.exchange.workbook.matching import How, Titled, apart, matched
from maillage.exchange.workbook.rows import TEXTS
from maillage.exchange.workbook.values import split_number
from maillage.plan.models import Action, ActionGoal, Convention
from maillage.plan.vocabulary import ActionState
from maillage.territories.areas import commune_of_any_year
from maillage.ui.french import euros, folded

#: Column of the file → field of the action, where one name stands for one row of another table.
NAMED = {
    "lead_organizations": "lead_organization",
    "lead_persons": "lead_person",
    "elected_referents": "elected_referent",
}
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Difference:
    """`key` names it in a form; `value` is what the file says; `empties` says that it would only take away."""

    key: str
    label: str
    before: str
    after: str
    value: Any
    empties: bool = False


@dataclass(slots=True)
class Compared:
    """An action of the plan beside the one of the file, by its rank there."""

    rank: int
    draft: ActionDraft
    action: Action
    how: How
    differences: list[Difference] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Comparison:
    """`new` are (rank, action of the file); `missing` are actions of the plan that the file does not name."""

    compared: list[Compared]
    new: list[tuple[int, ActionDraft]]
    missing: list[Action]

    @property
    def changed(self) -> list[Compared]:
        return [item for item in self.compared if item.differences or item.how == How.CLOSE]


def compare(draft: PlanDraft, convention: Convention) -> Comparison:
    """The whole file beside the whole plan, in a fixed number of queries."""
    actions = {action.pk: action for action in _actions_of(convention)}
    of_file = [Titled(rank, action.number, action.title) for rank, action in enumerate(draft.actions)]
    of_plan = [Titled(action.pk, action.number, action.title) for action in actions.values()]
    pairs = matched(of_file, of_plan)
    compared = []
    for rank, (pk, how) in sorted(pairs.items()):
        item = Compared(rank, draft.actions[rank], actions[pk], how)
        item.differences = [*_fields(item, set(draft.fields)), *_parts(item)]
        compared.append(item)
    known = {pk for pk, _how in pairs.values()}
    new = [(rank, action) for rank, action in enumerate(draft.actions) if rank not in pairs]
    return Comparison(compared, new, [action for pk, action in actions.items() if pk not in known])


def _actions_of(convention: Convention) -> Any:
    links = Prefetch("goal_links", ActionGoal.objects.filter(is_main=True).select_related("goal"))
    people = ("lead_organization", "lead_person", "elected_referent")
    parts = ("fundings__funder", "partner_links__organization", "milestones", "sub_actions", "notes")
    return convention.actions.select_related(*people).prefetch_related(links, *parts)


# Fields


def _fields(item: Compared, columns: set[str]) -> list[Difference]:
    draft, action = item.draft, item.action
    found: list[Difference | None] = []
    title = apart(draft.title)[1]
    if folded(title) != folded(apart(action.title)[1]):
        found.append(Difference("title", "Intitulé", action.title, title, title))
    for name in TEXTS:
        found.append(_told(name, getattr(action, name), draft.texts.get(name, ""), columns))
    if "state" in draft.said:
        found.append(_told("state", action.state, draft.state, columns, lambda value: ActionState(value).label))
    if "is_continuous" in draft.said:
        found.append(_told("is_continuous", action.is_continuous, draft.is_continuous, columns, _yes_no))
    for name, choices in (("priority", Action.Priority), ("participation", Action.Participation)):
        said = getattr(draft, name)
        found.append(_told(name, getattr(action, name), said, columns, lambda value, c=choices: str(c(value).label)))  # type: ignore[misc]
    for name in ("starts_on", "ends_on"):
        day = getattr(action, name)
        found.append(_told(name, day.isoformat() if day else "", getattr(draft, name) or "", columns, _day))
    found.append(_money(action.budget_total, draft.budget_total, columns))
    for column, name in NAMED.items():
        found.append(_name(column, name, getattr(action, name), getattr(draft, name), columns))
    found.append(_places(action.commune_codes, draft.commune_codes, columns))
    found.append(_goal(item))
    return [difference for difference in found if difference]


def _told(
    name: str, before: Any, after: Any, columns: set[str], words: Callable[[Any], str] = str, *, label: str = ""
) -> Difference | None:
    """Nothing when both say the same, or when the file has no such column."""
    if before == after or (after in ("", None) and name not in columns):
        return None
    empties = after in ("", None)
    shown = [words(value) if value not in ("", None) else NOTHING for value in (before, after)]
    return Difference(name, label or LABELS[name], shown[0], shown[1], after, empties)


def _yes_no(value: bool) -> str:
    return "oui" if value else "non"


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


def _money(before: Decimal | None, after: str | None, columns: set[str]) -> Difference | None:
    if after is not None and before == Decimal(after):
        return None
    return _told("budget_total", before, after, columns, lambda value: euros(Decimal(value)))


def _name(column: str, name: str, before: Any, after: str, columns: set[str]) -> Difference | None:
    known = {folded(str(word)) for word in (getattr(before, "name", ""), getattr(before, "short_name", "")) if word}
    if after and folded(after) in known or (not after and (before is None or column not in columns)):
        return None
    return Difference(name, LABELS[column], str(before) if before else NOTHING, after or NOTHING, after, not after)


def _places(before: list[str], after: list[str], columns: set[str]) -> Difference | None:
    if set(before) == set(after) or (not after and "communes" not in columns):
        return None

    def words(codes: list[str]) -> str:
        return ", ".join(commune_of_any_year(code).name for code in codes) or NOTHING

    return Difference("commune_codes", LABELS["communes"], words(before), words(after), after, not after)


def _goal(item: Compared) -> Difference | None:
    path = item.draft.goal_path
    link = next(iter(item.action.goal_links.all()), None)
    before = link.goal if link else None
    if not path or before and folded(before.title) == folded(split_number(path[-1])[1]):
        return None
    return Difference("goal", "Objectif principal", str(before) if before else NOTHING, " › ".join(path), path)


# Parts: what the file adds


def _parts(item: Compared) -> list[Difference]:
    return [*_fundings(item), *_partners(item), *_titles(item, "milestones", "Étape"), *_subs(item), *_notes(item)]


def _fundings(item: Compared) -> list[Difference]:
    found = []
    lines: dict[str, list[Any]] = {}
    for line in item.action.fundings.all():
        if line.unit == "euro":
            for name in filter(None, (line.funder.name, line.funder.short_name)):
                lines.setdefault(folded(name), []).append(line)
    for wanted in item.draft.fundings:
        known, amount = lines.get(folded(wanted.funder), []), Decimal(wanted.amount)
        if len(known) > 1:
            if sum(line.planned or 0 for line in known) != amount:
                item.remarks.append(
                    f"{wanted.funder} a plusieurs financements : {euros(amount)} dans le fichier, à comparer à la main."
                )
        elif not known or known[0].planned != amount:
            before = euros(known[0].planned) if known else NOTHING
            value = [known[0].pk if known else None, wanted.funder, wanted.amount]
            found.append(
                Difference(
                    f"funding-{folded(wanted.funder)}", f"Financement, {wanted.funder}", before, euros(amount), value
                )
            )
    return found


def _partners(item: Compared) -> list[Difference]:
    known = {
        folded(name)
        for link in item.action.partner_links.all()
        for name in (link.organization.name, link.organization.short_name)
        if name
    }
    named = [("operational", name) for name in item.draft.operational_partners]
    named += [("associated", name) for name in item.draft.partners]
    return [
        Difference(f"partner-{folded(name)}", "Partenaire de plus", NOTHING, name, [role, name])
        for role, name in {folded(name): (role, name) for role, name in named}.values()
        if folded(name) not in known
    ]


def _titles(item: Compared, name: str, label: str) -> list[Difference]:
    known = {folded(row.title) for row in getattr(item.action, name).all()}
    return [
        Difference(f"{name}-{rank}", f"{label} de plus", NOTHING, title, title)
        for rank, title in enumerate(getattr(item.draft, name))
        if folded(title) not in known
    ]


def _subs(item: Compared) -> list[Difference]:
    known = {folded(row.title): row for row in item.action.sub_actions.all()}
    found = []
    for rank, sub in enumerate(item.draft.sub_actions):
        row = known.get(folded(sub.title))
        if row is None:
            found.append(Difference(f"sub-{rank}", "Sous-action de plus", NOTHING, sub.title, [None, rank]))
        elif row.state != sub.state:
            states = [str(ActionState(value).label) for value in (row.state, sub.state)]
            found.append(Difference(f"sub-{rank}", f"État de « {sub.title} »", states[0], states[1], [row.pk, rank]))
    return found


def _notes(item: Compared) -> list[Difference]:
    known = {folded(note.label): note for note in reversed(item.action.notes.all()) if note.label}
    found = []
    for rank, (label, text) in enumerate(item.draft.notes):
        note = known.get(folded(label))
        if note is None or note.text != text:
            found.append(
                Difference(
                    f"note-{rank}",
                    f"Note « {label.strip()} »",
                    note.text if note else NOTHING,
                    text,
                    [note.pk if note else None, rank],
                )
            )
    return found
