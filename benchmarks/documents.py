# ruff: noqa: E402 (Django starts before its models are read)
"""How long the documents of a plan take to make, with 6, 60 and 600 actions that fill every field."""

import os
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import datetime as dt

from maillage.exchange.content import Content, Row
from maillage.exchange.out.example import KEY, example_content
from maillage.exchange.out.filling import OURS
from maillage.exchange.out.making import TYPST
from maillage.exchange.out.national_sheet import national_workbook
from maillage.exchange.out.pages import Page, Pages
from maillage.exchange.out.whole import Whole
from maillage.exchange.own.writing import write_complete
from maillage.printing.pdf import render_pdf
from maillage.printing.word import render_word

SIZES = (6, 60, 600)
WORDS = {KEY: "Exemple"}


def main() -> None:
    wholes = {size: Whole(plan_of(size), {}, WORDS) for size in SIZES}
    print(f"{'document':<24}" + "".join(f"{size:>8} actions" for size in SIZES) + f"{'60 / 6':>10}{'600 / 60':>10}")
    for name, make in MAKERS.items():
        times = [seconds(make, wholes[size]) for size in SIZES]
        print(f"{name:<24}" + "".join(f"{taken:>14.2f} s" for taken in times)
              + f"{times[1] / times[0]:>10.1f}{times[2] / times[1]:>10.1f}")  # fmt: skip


def plan_of(size: int) -> Content:
    """The example with that many actions, each with a row of everything that hangs on it."""
    content = example_content()
    hanging = {name: [row for row in rows if row.get("action") == KEY] for name, rows in content.items()}
    first, readings = content["actions"][0], content["readings"]
    content["actions"] = [
        {**first, "key": f"a{n}", "title": f"Action {n}", "position": n} for n in range(1, size + 1)
    ]  # fmt: skip
    for name, rows in hanging.items():
        if rows:
            content[name] = [_of(row, f"a{n}") for n in range(1, size + 1) for row in rows]
    content["readings"] = [{**row, "indicator": f"a{n}-{KEY}"} for n in range(1, size + 1) for row in readings]
    return content


def _of(row: Row, action: str) -> Row:
    keys = {name: f"{action}-{row[name]}" for name in ("key", "depends_on") if row.get(name)}
    return {**row, **keys, "action": action}


def page(whole: Whole) -> Page:
    return Pages(whole, territory="Territoire", on=dt.date(2026, 11, 25)).plan()


MAKERS: dict[str, Callable[[Whole], bytes]] = {
    "Word": lambda whole: render_word(OURS / "plan.docx", page(whole)),
    "PDF": lambda whole: render_pdf(TYPST / "plan.typ", page(whole)),
    "Excel complet": lambda whole: write_complete(whole.content, whole.words),
    "Excel, modèle national": national_workbook,
}


def seconds(make: Callable[[Whole], bytes], whole: Whole) -> float:
    began = time.perf_counter()
    make(whole)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
