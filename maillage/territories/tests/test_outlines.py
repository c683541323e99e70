from maillage.territories.areas import edition, epci
from maillage.territories.outlines import drawing_of, outlines_of


def test_almost_every_commune_of_france_has_an_outline():
    codes = edition().communes
    assert len(outlines_of(codes)) > 0.99 * len(codes)


def test_neighbours_share_their_border_points():
    """Simplified together: the borders of L’Isle-Jourdain are made of points that its neighbours have too."""
    codes = [*epci("200023620", 2021).members]
    found = outlines_of(codes)
    assert len(found) == 14
    isle = {point for ring in found["32160"] for point in ring}
    others = {point for code, rings in found.items() if code != "32160" for ring in rings for point in ring}
    assert len(isle & others) >= len(isle) / 3


def test_a_drawing_fits_its_box():
    drawing = drawing_of(epci("200023620").members, width=640)
    assert len(drawing.shapes) == 13
    assert all(0 <= shape.x <= drawing.width and 0 <= shape.y <= drawing.height for shape in drawing.shapes)


def test_nothing_to_draw_is_an_empty_drawing():
    assert drawing_of(["99999"]).shapes == []
