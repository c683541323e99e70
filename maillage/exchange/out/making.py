"""The files that leave, each under a clear name: what is written, for whom, about what."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import Http404
from django.utils.text import slugify

from maillage.exchange.content import Row
from maillage.exchange.out.filling import fill_word
from maillage.exchange.out.national_sheet import national_workbook
from maillage.exchange.out.pages import Pages
from maillage.exchange.out.whole import Whole, whole_of
from maillage.exchange.own.writing import write_complete
from maillage.people.models import User
from maillage.people.spaces import today
from maillage.plan.models import Action, Convention
from maillage.printing.answers import EXCEL, PDF, WORD
from maillage.printing.pdf import render_pdf

TYPST = Path(__file__).resolve().parent.parent / "typst"


@dataclass(frozen=True, slots=True)
class Made:
    """A file ready to be handed over."""

    content: bytes
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way to take the plan away: `make` gives the bytes, `ending` is the end of its name."""

    make: Callable[[Whole, Convention], bytes]
    ending: str
    media_type: str


def _plan_page(whole: Whole, convention: Convention) -> dict[str, Any]:
    return pages_of(whole, convention).plan()


def pages_of(whole: Whole, convention: Convention) -> Pages:
    return Pages(whole, territory=convention.territory.name, on=today())


#: Word of the address → form.
PLAN_FORMS: dict[str, Form] = {
    "complet": Form(lambda whole, _convention: write_complete(whole.content, whole.words), ".xlsx", EXCEL),
    "national": Form(lambda whole, _convention: national_workbook(whole), "-modele-national.xlsx", EXCEL),
    "word": Form(
        lambda whole, convention: fill_word(convention.territory, "plan", _plan_page(whole, convention)), ".docx", WORD
    ),
    "pdf": Form(lambda whole, convention: render_pdf(TYPST / "plan.typ", _plan_page(whole, convention)), ".pdf", PDF),
}


def make_plan(convention: Convention, form: str, *, reader: User) -> Made:
    """The whole plan in one of its forms, with what this person may read. `Http404` for another word."""
    if form not in PLAN_FORMS:
        raise Http404("Le plan ne s’exporte pas sous cette forme.")
    chosen = PLAN_FORMS[form]
    name = f"plan-{convention.territory.slug}-{today().isoformat()}{chosen.ending}"
    return Made(chosen.make(whole_of(convention, reader=reader), convention), name, chosen.media_type)


def make_action(action: Action, form: str, *, reader: User) -> Made:
    """One action in one of its forms."""
    whole = whole_of(action.convention, reader=reader)
    row = next(row for row in whole.content["actions"] if row["key"] == whole.action_keys[action.pk])
    page = pages_of(whole, action.convention).one(row)
    if form == "word":
        return Made(fill_word(action.territory, "action", page), f"{_action_name(row)}.docx", WORD)
    if form == "pdf":
        return Made(render_pdf(TYPST / "action.typ", page), f"{_action_name(row)}.pdf", PDF)
    raise Http404("Une action ne s’exporte pas sous cette forme.")


def _action_name(row: Row) -> str:
    """« action-1-3-agenda-partage-2026-11-25 »."""
    words = slugify(f"{row['number']} {row['title']}".replace(".", "-").replace("’", "-"))[:60].strip("-")
    return f"action-{words or 'sans-titre'}-{today().isoformat()}"
