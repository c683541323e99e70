"""The outlines of communes, read a département at a time, and the drawing of a few of them as SVG paths."""

import gzip
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
#: Coordinates are whole numbers of 1/PRECISION degree (about 10 m).
PRECISION = 10_000
#: Width of a letter and height of a line of a label, in units of a drawing 640 wide.
LETTER, LINE = 7, 14

Ring = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One commune on the drawing: `path` is the `d` of an SVG path, the label stands at (x, y) in the view box."""

    code: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    shapes: list[Shape]


def home_of(code: str) -> str:
    return code[:3] if code.startswith("97") else code[:2]


@lru_cache(maxsize=8)
def _outlines(home: str) -> dict[str, tuple[Ring, ...]]:
    path = DATA / "outlines" / f"{home}.txt.gz"
    if not path.exists():
        return {}
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    return {code: tuple(map(_ring, rings.split("|"))) for code, rings in (line.split(";") for line in lines)}


def _ring(steps: str) -> Ring:
    x = y = 0
    points = []
    for step in steps.split():
        dx, dy = step.split(",")
        x, y = x + int(dx), y + int(dy)
        points.append((x, y))
    return tuple(points)


def outlines_of(codes: Iterable[str]) -> dict[str, tuple[Ring, ...]]:
    """Code → rings (longitude, latitude in 1/PRECISION degree), largest first; communes without one are left out."""
    return {code: rings for code in codes if (rings := _outlines(home_of(code)).get(code))}


def drawing_of(codes: Iterable[str], width: int = 640) -> Drawing:
    """The communes side by side on a plane, `width` wide; north is up, proportions are those of their latitude."""
    found = outlines_of(codes)
    points = [point for rings in found.values() for ring in rings for point in ring]
    if not points:
        return Drawing(width, 0, [])
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = math.cos(math.radians((south + north) / 2 / PRECISION))
    margin = 6
    scale = (width - 2 * margin) / max((east - west) * squeeze, 1)
    height = round((north - south) * scale) + 2 * margin

    def place(point: tuple[int, int]) -> tuple[float, float]:
        return margin + (point[0] - west) * squeeze * scale, margin + (north - point[1]) * scale

    shapes = []
    for code, rings in found.items():
        placed = [[place(point) for point in ring] for ring in rings]
        x, y = _middle(placed[0])
        path = "".join("M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in ring) + "Z" for ring in placed)
        shapes.append(Shape(code, path, round(x, 1), round(y, 1)))
    return Drawing(width, height, shapes)


def set_apart(shapes: list[Shape], names: dict[str, str]) -> list[Shape]:
    """The same shapes with labels moved down where two would overlap; `names` tells how long each label is."""
    placed: list[Shape] = []
    for shape in sorted(shapes, key=lambda shape: (shape.y, shape.x)):
        y = shape.y
        for other in placed:
            near = abs(shape.x - other.x) < LETTER * (len(names[shape.code]) + len(names[other.code])) / 2
            if near and abs(y - other.y) < LINE:
                y = other.y + LINE
        placed.append(replace(shape, y=round(y, 1)))
    return placed


def _middle(ring: list[tuple[float, float]]) -> tuple[float, float]:
    """The centroid of a ring, where its label stands."""
    area = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area += cross
        cx += (x0 + x1) * cross
        cy += (y0 + y1) * cross
    return (cx / (3 * area), cy / (3 * area)) if area else ring[0]
