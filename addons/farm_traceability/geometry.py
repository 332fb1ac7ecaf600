"""Plot geometries: GeoJSON in WGS 84, checked, measured on the ellipsoid.

Plain Python. Source of the format: RFC 7946; of the areas: geodesic polygons on the
WGS 84 ellipsoid (Karney 2013), as pyproj computes them.
"""

import json
import math
from typing import NamedTuple

from pyproj import Geod
from shapely.geometry import shape
from shapely.validation import explain_validity

WGS84 = Geod(ellps="WGS84")
KINDS = ("Point", "Polygon", "MultiPolygon")
SQUARE_METRES_PER_HECTARE = 10_000
MAX_CHARACTERS = 1_000_000
# What GEOS says → a key of ``GeometryError.sentence``. GEOS names the place as well.
FAULTS = {
    "self-intersection": "crossing",
    "ring self-intersection": "crossing",
    "hole lies outside shell": "hole",
    "holes are nested": "hole",
    "nested shells": "overlap",
    "interior is disconnected": "parts",
    "duplicate rings": "overlap",
    "too few points in geometry component": "flat",
}


class Geometry(NamedTuple):
    """:param hectares: 0.0 for a point; latitude and longitude: of a point inside."""

    kind: str
    latitude: float
    longitude: float
    hectares: float


class GeometryError(ValueError):
    """What is wrong with a geometry, and at which vertex.

    :param code: a key of ``sentence``
    :param values: what the sentence names
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values

    def sentence(self, _):
        """One sentence in the language of the translation function ``_``."""
        sentences = {
            "long": _("it has more than %(limit)s characters."),
            "deep": _("its brackets are nested too deeply."),
            "empty": _("it has no geometry inside."),
            "json": _("it is not JSON (line %(line)s, column %(column)s)."),
            "kind": _(
                "its type is “%(kind)s”; use a Point, a Polygon or a MultiPolygon."
            ),
            "shape": _("its coordinates do not form a %(kind)s."),
            "number": _("vertex %(vertex)s is not a pair of numbers."),
            "longitude": _(
                "vertex %(vertex)s has longitude %(value)s; use -180 to 180,"
                " longitude first."
            ),
            "latitude": _(
                "vertex %(vertex)s has latitude %(value)s; use -90 to 90, longitude"
                " first."
            ),
            "short": _("ring %(ring)s has fewer than four vertices."),
            "open": _(
                "ring %(ring)s is not closed: its last vertex %(vertex)s must be the"
                " same as its first."
            ),
            "crossing": _("it crosses itself near vertex %(vertex)s."),
            "flat": _("it has no area: use at least three different vertices."),
            "hole": _(
                "the hole at vertex %(vertex)s is not inside its polygon, or lies in"
                " another hole."
            ),
            "overlap": _("parts of it overlap at vertex %(vertex)s."),
            "parts": _("its holes cut it into pieces near vertex %(vertex)s."),
            "invalid": _("it is not a valid area (%(fault)s)."),
        }
        return sentences[self.code] % self.values


def read_geometry(text):
    """Read a GeoJSON geometry, or a Feature around one.

    :param text: GeoJSON text
    :rtype: Geometry
    :raises GeometryError: naming the fault and the vertex (counted from 1, the
        polygon and the ring before it where there are several)
    """
    data = _load(text)
    kind = data.get("type")
    if kind not in KINDS:
        raise GeometryError("kind", kind=kind)
    coordinates = data.get("coordinates")
    if kind == "Point":
        _check_vertex(coordinates, "1")
        return Geometry(kind, coordinates[1], coordinates[0], 0.0)
    polygons = [coordinates] if kind == "Polygon" else coordinates
    _check_polygons(polygons, kind)
    return _measure(kind, polygons)


def _load(text):
    if len(text) > MAX_CHARACTERS:
        raise GeometryError("long", limit=MAX_CHARACTERS)
    try:
        data = json.loads(text, parse_int=float)
    except json.JSONDecodeError as error:
        raise GeometryError("json", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise GeometryError("deep") from error
    if isinstance(data, dict) and data.get("type") == "Feature":
        data = data.get("geometry")
    if not isinstance(data, dict):
        raise GeometryError("empty")
    return data


def _check_polygons(polygons, kind):
    if not _is_filled_list(polygons) or not all(map(_is_filled_list, polygons)):
        raise GeometryError("shape", kind=kind)
    for ring, name, prefix in _named_rings(polygons):
        _check_ring(ring, name, prefix, kind)


def _is_filled_list(value):
    return isinstance(value, list) and bool(value)


def _check_ring(ring, name, prefix, kind):
    if not isinstance(ring, list):
        raise GeometryError("shape", kind=kind)
    for v, vertex in enumerate(ring, 1):
        _check_vertex(vertex, f"{prefix}{v}")
    if len(ring) < 4:
        raise GeometryError("short", ring=name)
    if ring[0][:2] != ring[-1][:2]:
        raise GeometryError("open", ring=name, vertex=f"{prefix}{len(ring)}")


def _check_vertex(vertex, name):
    if not (
        isinstance(vertex, list)
        and len(vertex) in (2, 3)
        and all(_is_number(value) for value in vertex)
    ):
        raise GeometryError("number", vertex=name)
    longitude, latitude = vertex[:2]
    if not -180 <= longitude <= 180:
        raise GeometryError("longitude", vertex=name, value=f"{longitude:.10g}")
    if not -90 <= latitude <= 90:
        raise GeometryError("latitude", vertex=name, value=f"{latitude:.10g}")


def _is_number(value):
    return isinstance(value, float) and math.isfinite(value)


def _measure(kind, polygons):
    flat = [[[vertex[:2] for vertex in ring] for ring in rings] for rings in polygons]
    geometry = shape({"type": "MultiPolygon", "coordinates": flat})
    if not geometry.is_valid:
        raise _fault(geometry, flat)
    area = sum(_area(rings) for rings in flat)
    if not area:
        raise GeometryError("flat")
    inside = geometry.representative_point()
    return Geometry(kind, inside.y, inside.x, area / SQUARE_METRES_PER_HECTARE)


def _area(rings):
    """Square metres of a polygon: its outer ring less its holes."""
    outer, *holes = (
        abs(WGS84.polygon_area_perimeter(*zip(*ring, strict=True))[0]) for ring in rings
    )
    return outer - sum(holes)


def _fault(geometry, polygons):
    fault, _bracket, place = explain_validity(geometry).partition("[")
    code = FAULTS.get(fault.strip().lower(), "invalid")
    if not place:
        return GeometryError("invalid", fault=fault)
    longitude, latitude = (float(value) for value in place.rstrip("]").split()[:2])
    vertex = _nearest_vertex(longitude, latitude, polygons)
    return GeometryError(code, vertex=vertex, fault=fault)


def _nearest_vertex(longitude, latitude, polygons):
    vertices = [
        (math.dist((longitude, latitude), vertex), f"{prefix}{v}")
        for ring, _name, prefix in _named_rings(polygons)
        for v, vertex in enumerate(ring, 1)
    ]
    return min(vertices, key=lambda vertex: vertex[0])[1]


def _named_rings(polygons):
    """Yield each ring, its name, and what stands before its vertices' numbers."""
    for p, rings in enumerate(polygons, 1):
        for r, ring in enumerate(rings, 1):
            name = f"{p}.{r}" if len(polygons) > 1 else str(r)
            single = len(polygons) == len(rings) == 1
            yield ring, name, "" if single else f"{name}."
