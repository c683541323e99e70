"""For maintainers: cuts the fonts of printed pages out of those of the screen (`uv pip install "fonttools[woff]"`).

Typst reads neither woff2 nor variable fonts: each weight that is printed becomes a file of its own.
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
SCREEN = HERE.parent.parent / "ui" / "static" / "vendor" / "fonts"
ATKINSON = "atkinson-hyperlegible-next-latin-wght"
#: File made → (file of the screen, axes, family, style).
CUTS: dict[str, tuple[str, dict[str, float], str, str]] = {
    "text-regular.ttf": (f"{ATKINSON}-normal.woff2", {"wght": 400}, "Maillage Texte", "Regular"),
    "text-bold.ttf": (f"{ATKINSON}-normal.woff2", {"wght": 700}, "Maillage Texte", "Bold"),
    "text-italic.ttf": (f"{ATKINSON}-italic.woff2", {"wght": 400}, "Maillage Texte", "Italic"),
    "title-bold.ttf": (
        "bricolage-grotesque-latin-opsz-normal.woff2",
        {"wght": 750, "opsz": 24},
        "Maillage Titre",
        "Bold",
    ),
}
#: Names of a font: family, style, unique name, full name, PostScript name, and the typographic pair.
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, FAMILY_TOO, STYLE_TOO = 1, 2, 3, 4, 6, 16, 17


def cut(source: str, axes: dict[str, float], family: str, style: str) -> TTFont:
    font = TTFont(SCREEN / source)
    wanted = {axis.axisTag: axes.get(axis.axisTag, axis.defaultValue) for axis in font["fvar"].axes}
    font = instantiateVariableFont(font, wanted)
    font.flavor = None
    full = f"{family} {style}"
    for name_id, words in (
        (FAMILY, family), (STYLE, style), (UNIQUE, full), (FULL, full), (POSTSCRIPT, full.replace(" ", "-")),
    ):  # fmt: skip
        font["name"].setName(words, name_id, 3, 1, 0x409)
    for name_id in (FAMILY_TOO, STYLE_TOO):
        font["name"].removeNames(nameID=name_id)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | {"Bold": 32, "Italic": 1}.get(style, 64)
    font["head"].macStyle = {"Bold": 1, "Italic": 2}.get(style, 0)
    return font


if __name__ == "__main__":
    for name, how in CUTS.items():
        cut(*how).save(HERE / name)
