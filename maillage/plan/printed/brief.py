"""The brief as plain words, cut so that one A4 page holds it whatever she follows."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

from maillage.plan.models import Convention
from maillage.plan.queries.actions import ActionRow
from maillage.plan.queries.brief import Brief
from maillage.plan.rules.money import bars
from maillage.plan.rules.progress import WORDS, standing
from maillage.plan.rules.states import ENDED
from maillage.plan.vocabulary import Health
from maillage.printing.pdf import render_pdf
from maillage.ui.french import euros, long_date, number, plural, short_date, typo

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "brief.typ"
#: More than this never fits on a page; the template cuts further, by measure.
MOST = 24
TONES = {"done": "fait", "ongoing": "cours", "late": "alerte", "blocked": "bloque", "watch": "alerte"}
_ENDLESS = re.compile(r"(\S{28})(?=\S)")


def cut(text: str, most: int = 110) -> str:
    """The text on one line, cut at a word, with a place to break in words without end."""
    text = " ".join(text.split())
    if len(text) > most:
        text = text[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    return _ENDLESS.sub("\\1\u200b", typo(text))


def brief_name(name: str, on: dt.date) -> str:
    return f"Note {name} {on:%Y-%m-%d}.pdf"


def brief_pdf_of(convention: Convention, name: str, brief: Brief, on: dt.date) -> bytes:
    """One A4 page, tagged."""
    return render_pdf(TEMPLATE, brief_words(convention, name, brief, on))


def brief_words(convention: Convention, name: str, brief: Brief, on: dt.date) -> dict[str, Any]:
    """Everything that the template writes, in French."""
    asks, told = asks_of(brief, on), told_of(brief)
    left = (convention.ends_on - on).days
    return {
        "title": cut(brief.title(name), 160),
        "name": cut(name, 60),
        "head": cut(f"Note d’une page · {convention.territory.name} · {short_date(on)}", 110),
        "foot": cut(convention.title, 90),
        "since": since_words(brief),
        "since_title": "depuis la dernière réunion" if brief.last else "depuis trois mois",
        "figures": [
            [number(len(brief.open_rows)), "actions ouvertes" if len(brief.open_rows) > 1 else "action ouverte"],
            [number(len(brief.blocked)), "bloquées" if len(brief.blocked) > 1 else "bloquée"],
            [number(brief.late), "en retard"],
            [number(max(left, 0)), f"jour{'s' if left > 1 else ''} avant la fin de la convention"],
        ],
        "money": money_words(brief),
        "actions": [action_words(row, brief.hues.get(row.id, 0)) for row in brief.rows[:MOST]],
        "actions_total": len(brief.rows),
        "asks": asks[:MOST],
        "asks_total": len(asks),
        "told": told[:MOST],
        "told_total": len(told),
        "example": brief.is_example,
    }


def since_words(brief: Brief) -> str:
    if brief.last:
        return cut(f"Depuis la dernière réunion : {brief.last.title}, {long_date(brief.last.on, year=True)}.", 150)
    return f"Aucune réunion passée n’est connue : la note compte depuis le {short_date(brief.since)}."


def money_words(brief: Brief) -> list[list[str]]:
    """Euros and working time apart; nothing where there is none."""
    found = []
    if sums := brief.money.get("euro"):
        found = [[word, "non saisi" if amount is None else euros(amount)] for word, amount, _ in bars(sums)]
    if (sums := brief.money.get("fte")) and sums["planned"] is not None:
        found.append(["Temps prévu", f"{number(sums['planned'])} ETP"])
    return found


def action_words(row: ActionRow, hue: int) -> dict[str, Any]:
    key = standing(row)
    if row.state not in ENDED and key not in {"blocked", "late"} and row.health == Health.WATCH:
        tone, words = "alerte", "à surveiller"
    else:
        tone, words = TONES.get(key, ""), WORDS[key][0]
    step = "" if row.state in ENDED else row.next_title or row.health_note
    due = f", {short_date(row.next_due_on)}" if step == row.next_title and row.next_due_on else ""
    return {
        "hue": hue, "number": row.number, "title": cut(row.title, 90), "tone": tone, "state": words.capitalize(),
        "step": cut(step, 64) + due if step else "",
    }  # fmt: skip


def asks_of(brief: Brief, on: dt.date) -> list[dict[str, str]]:
    """The next meeting, what is blocked or worries, the renewal, then what falls due."""
    asks = []
    if brief.next:
        asks.append({"what": cut(brief.next.title, 90), "why": long_date(brief.next.on, year=True).capitalize()})
    for verb, rows in (("Débloquer", brief.blocked), ("Soutenir", brief.watched)):
        for row in rows:
            why = row.health_note[:1].upper() + row.health_note[1:]
            asks.append({"what": f"{verb} « {cut(row.title, 70)} »", "why": cut(why, 120)})
    if brief.step:
        due = f"Pour le {short_date(brief.step.due_on)}. " if brief.step.due_on else ""
        asks.append({"what": cut(str(brief.step), 90), "why": cut(due + brief.step.deliverable, 120)})
    for step in brief.due:
        due_on = step.due_on or on
        when = "Attendue depuis le" if due_on < on else "Pour le"
        asks.append({"what": cut(step.title, 80), "why": f"{when} {short_date(due_on)}, {cut(step.action.title, 60)}"})
    return asks


def told_of(brief: Brief) -> list[dict[str, Any]]:
    return [
        {
            "what": cut(item.action.title, 80) if item.action else "La convention",
            "on": short_date(item.on),
            "why": [cut(sentence, 130) for sentence in item.sentences[:2]],
            "more": plural(len(item.sentences) - 2, "autre changement", "autres changements")
            if len(item.sentences) > 2
            else "",
        }
        for item in brief.told
    ]
