import json
import math

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..geometry import GeometryError, read_geometry


def geojson(kind, coordinates):
    return json.dumps({"type": kind, "coordinates": coordinates})


def square(west, south, size=0.001):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


BOWTIE = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
FARM = square(111.13, -7.66)
HOLE = square(111.1302, -7.6598, 0.0002)
AWAY = square(111.2, -7.66)

GOOD = [
    # text, kind, hectares
    (geojson("Point", [111.13, -7.66]), "Point", 0),
    (geojson("Point", [111.13, -7.66, 1200]), "Point", 0),
    (geojson("Point", [-180, 90]), "Point", 0),
    (geojson("Polygon", [FARM]), "Polygon", 1.2204),
    (geojson("Polygon", [FARM[::-1]]), "Polygon", 1.2204),
    (geojson("Polygon", [FARM, HOLE]), "Polygon", 1.1716),
    (geojson("Polygon", [FARM, HOLE[::-1]]), "Polygon", 1.1716),
    (geojson("MultiPolygon", [[FARM], [AWAY]]), "MultiPolygon", 2.4408),
    (geojson("MultiPolygon", [[FARM, HOLE], [AWAY]]), "MultiPolygon", 2.3920),
    (geojson("Polygon", [[[*v, 7] for v in FARM[:-1]] + FARM[:1]]), "Polygon", 1.2204),
    (geojson("Polygon", [[FARM[0], *FARM]]), "Polygon", 1.2204),
    (
        json.dumps(
            {
                "type": "Feature",
                "properties": {"name": "x"},
                "geometry": {"type": "Polygon", "coordinates": [FARM]},
            }
        ),
        "Polygon",
        1.2204,
    ),
]

BAD = [
    ("", "it is not JSON (line 1, column 1)."),
    ('{"type":\n "Point",}', "it is not JSON (line 2, column 10)."),
    ("[" * 100_000, "its brackets are nested too deeply."),
    (" " * 1_000_001, "it has more than 1000000 characters."),
    ("null", "it has no geometry inside."),
    ("[1, 2]", "it has no geometry inside."),
    ('"Point"', "it has no geometry inside."),
    ('{"type": "Feature", "geometry": null}', "it has no geometry inside."),
    ("{}", "its type is “None”; use a Point, a Polygon or a MultiPolygon."),
    (
        geojson("LineString", [[0, 0], [1, 1]]),
        "its type is “LineString”; use a Point, a Polygon or a MultiPolygon.",
    ),
    (
        '{"type": ["Point"]}',
        "its type is “['Point']”; use a Point, a Polygon or a MultiPolygon.",
    ),
    ('{"type": "Point"}', "vertex 1 is not a pair of numbers."),
    (geojson("Point", []), "vertex 1 is not a pair of numbers."),
    (geojson("Point", [111]), "vertex 1 is not a pair of numbers."),
    (geojson("Point", [1, 2, 3, 4]), "vertex 1 is not a pair of numbers."),
    (geojson("Point", ["111", "-7"]), "vertex 1 is not a pair of numbers."),
    (geojson("Point", [True, False]), "vertex 1 is not a pair of numbers."),
    (geojson("Point", [None, None]), "vertex 1 is not a pair of numbers."),
    (geojson("Point", [math.nan, 0]), "vertex 1 is not a pair of numbers."),
    (geojson("Point", [math.inf, 0]), "vertex 1 is not a pair of numbers."),
    (
        '{"type": "Point", "coordinates": [1' + "0" * 5000 + ", 0]}",
        "vertex 1 is not a pair of numbers.",
    ),
    (
        geojson("Point", [-7.66, 111.13]),
        "vertex 1 has latitude 111.13; use -90 to 90, longitude first.",
    ),
    (
        geojson("Polygon", [[[0, 0], [1, 0], [181, 1], [0, 0]]]),
        "vertex 3 has longitude 181; use -180 to 180, longitude first.",
    ),
    (
        geojson("MultiPolygon", [[FARM], [[[0, 0], [1, 0], [1, 91], [0, 0]]]]),
        "vertex 2.1.3 has latitude 91; use -90 to 90, longitude first.",
    ),
    ('{"type": "Polygon"}', "its coordinates do not form a Polygon."),
    (geojson("Polygon", []), "its coordinates do not form a Polygon."),
    (geojson("Polygon", [5]), "its coordinates do not form a Polygon."),
    (geojson("MultiPolygon", [[]]), "its coordinates do not form a MultiPolygon."),
    (
        geojson("MultiPolygon", [FARM, []]),
        "its coordinates do not form a MultiPolygon.",
    ),
    (geojson("Polygon", FARM), "vertex 1.1 is not a pair of numbers."),
    (geojson("Polygon", [FARM[:3]]), "ring 1 has fewer than four vertices."),
    (geojson("Polygon", [[]]), "ring 1 has fewer than four vertices."),
    (
        geojson("Polygon", [FARM[:-1]]),
        "ring 1 is not closed: its last vertex 4 must be the same as its first.",
    ),
    (
        geojson("Polygon", [FARM, HOLE[:-1]]),
        "ring 2 is not closed: its last vertex 2.4 must be the same as its first.",
    ),
    (
        geojson("MultiPolygon", [[FARM], [AWAY[:-1]]]),
        "ring 2.1 is not closed: its last vertex 2.1.4 must be the same as its first.",
    ),
    (geojson("Polygon", [BOWTIE]), "it crosses itself near vertex 1."),
    (
        geojson("Polygon", [[[0, 0], [4, 0], [4, 4], [3, -1], [0, 4], [0, 0]]]),
        "it crosses itself near vertex 2.",
    ),
    (
        geojson("MultiPolygon", [[FARM], [BOWTIE]]),
        "it crosses itself near vertex 2.1.1.",
    ),
    (
        geojson("Polygon", [FARM, AWAY]),
        "the hole at vertex 2.1 is not inside its polygon, or lies in another hole.",
    ),
    (
        geojson("MultiPolygon", [[FARM], [HOLE]]),
        "parts of it overlap at vertex 2.1.1.",
    ),
    (
        geojson("Polygon", [[[1, 1]] * 4]),
        "it has no area: use at least three different vertices.",
    ),
]


@tagged("post_install", "-at_install")
class TestGeometry(BaseCase):
    """Pure Python: GeoJSON in, kind and area or a sentence out."""

    def sentence(self, text):
        with self.assertRaises(GeometryError) as caught:
            read_geometry(text)
        return caught.exception.sentence(str)

    def test_good_geometries_are_read(self):
        for text, kind, hectares in GOOD:
            with self.subTest(text=text[:90]):
                geometry = read_geometry(text)
                self.assertEqual(geometry.kind, kind)
                self.assertAlmostEqual(geometry.hectares, hectares, 3)

    def test_bad_geometries_get_a_sentence_that_names_the_fault(self):
        for text, sentence in BAD:
            with self.subTest(text=text[:90]):
                self.assertEqual(self.sentence(text), sentence)

    def test_a_line_there_and_back_has_no_area(self):
        for ring in (
            [[0, 0], [1, 1], [0, 0], [0, 0]],
            [[0, 0], [1, 0], [2, 0], [0, 0]],
        ):
            text = geojson("Polygon", [ring])
            self.assertRegex(self.sentence(text), "no area|crosses itself")

    def test_areas_agree_with_published_areas_of_the_ellipsoid(self):
        # Karney (2013): an octant of WGS 84 is an eighth of 510 065 621.724 km².
        octant = read_geometry(geojson("Polygon", [[[0, 0], [90, 0], [0, 90], [0, 0]]]))
        self.assertAlmostEqual(octant.hectares * 8, 51_006_562_172.4, delta=1)

    def test_a_degree_is_smaller_far_from_the_equator(self):
        equator, java, north = (
            read_geometry(geojson("Polygon", [square(0, south)])).hectares
            for south in (0, -7.66, 60)
        )
        self.assertAlmostEqual(equator, 1.2309, 3)
        self.assertAlmostEqual(java, 1.2204, 3)
        self.assertAlmostEqual(north, 0.6216, 3)

    def test_the_map_point_lies_inside(self):
        ring = [[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [0, 1], [0, 0]]
        place = read_geometry(geojson("Polygon", [ring]))
        inside_foot = 0 < place.longitude < 4 and 0 < place.latitude < 1
        inside_leg = 3 < place.longitude < 4 and 0 < place.latitude < 4
        self.assertTrue(inside_foot or inside_leg)

    # -- whatever comes ----------------------------------------

    @settings(max_examples=100, deadline=None)
    @given(st.text(max_size=60) | st.binary(max_size=60).map(repr))
    def test_any_text_is_read_or_refused_with_a_sentence(self, text):
        self.read_or_refuse(text)

    json_values = st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=5),
        max_leaves=30,
    )

    @settings(max_examples=100, deadline=None)
    @given(st.sampled_from(["Point", "Polygon", "MultiPolygon"]), json_values)
    def test_any_coordinates_are_read_or_refused_with_a_sentence(self, kind, value):
        self.read_or_refuse(geojson(kind, value))

    vertices = st.tuples(st.integers(-3, 3), st.integers(-3, 3)).map(list)
    rings = st.lists(vertices, min_size=3, max_size=8).map(
        lambda ring: [*ring, ring[0]]
    )

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.lists(rings, min_size=1, max_size=3), min_size=1, max_size=3))
    def test_any_closed_rings_are_measured_or_refused_with_a_sentence(self, polygons):
        self.read_or_refuse(geojson("MultiPolygon", polygons))

    def read_or_refuse(self, text):
        try:
            geometry = read_geometry(text)
        except GeometryError as error:
            self.assertTrue(error.sentence(str).endswith("."))
            self.assertNotIn("not a valid area", error.sentence(str))
        else:
            self.assertTrue(-90 <= geometry.latitude <= 90)
            self.assertEqual(geometry.kind == "Point", geometry.hectares == 0)

    @settings(max_examples=100, deadline=None)
    @given(
        st.floats(-179, 178),
        st.floats(-80, 79),
        st.lists(st.floats(0.1, 1), min_size=3, max_size=40),
        st.integers(0, 39),
    )
    def test_area_and_validity_do_not_depend_on_start_or_direction(
        self, west, south, radii, turn
    ):
        count = len(radii)
        star = [
            [
                west + 0.5 + radius / 2 * math.cos(2 * math.pi * n / count),
                south + 0.5 + radius / 2 * math.sin(2 * math.pi * n / count),
            ]
            for n, radius in enumerate(radii)
        ]
        turned = star[turn % count :] + star[: turn % count]
        areas = [
            read_geometry(geojson("Polygon", [[*ring, ring[0]]])).hectares
            for ring in (star, turned, star[::-1])
        ]
        self.assertGreater(areas[0], 0)
        for area in areas[1:]:
            self.assertAlmostEqual(area, areas[0], delta=areas[0] * 1e-9)
