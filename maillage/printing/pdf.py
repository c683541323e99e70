"""PDF by Typst: tagged (PDF/UA-1), with our fonts, from a template and plain data."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

#: Templates import the house style as `/printing/house.typ`: the product's folder is their root.
ROOT = Path(__file__).resolve().parent.parent
FONTS = Path(__file__).resolve().parent / "fonts"


def render_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of a `.typ` template of the product, given `data` as JSON.

    In the template, `#let data = json(bytes(sys.inputs.data))`. What people wrote stays text: Typst reads no markup
    in a string. Raises `typst.TypstError` for a template that is wrong or a picture without alternative text.
    """
    return typst.compile(
        str(template),
        root=str(ROOT),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
        pdf_standards=["ua-1"],
    )
