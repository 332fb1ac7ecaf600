"""Plot geometries: GeoJSON in WGS 84, checked, measured on the ellipsoid.

Plain Python. Source of the format: RFC 7946; of the areas: geodesic polygons on the
WGS 84 ellipsoid (Karney 2013), as pyproj computes them.
"""

import json
import math
from typing import NamedTuple

import shapely
from pyproj import Geod
from shapely.geometry import shape
from shapely.validation import explain_validity

WGS84 = Geod(ellps="WGS84")
KINDS = ("Point", "Polygon", "MultiPolygon")
SQUARE_METRES_PER_HECTARE = 10_000


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
    return _measure(kind, shape({"type": kind, "coordinates": coordinates}), polygons)


def _load(text):
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise GeometryError("json", line=error.lineno, column=error.colno) from error
    if isinstance(data, dict) and data.get("type") == "Feature":
        data = data.get("geometry")
    if not isinstance(data, dict):
        raise GeometryError("kind", kind=type(data).__name__)
    return data


def _check_polygons(polygons, kind):
    if not isinstance(polygons, list) or not polygons:
        raise GeometryError("shape", kind=kind)
    for p, rings in enumerate(polygons, 1):
        if not isinstance(rings, list) or not rings:
            raise GeometryError("shape", kind=kind)
        for r, ring in enumerate(rings, 1):
            name = f"{p}.{r}" if len(polygons) > 1 else str(r)
            single = len(polygons) == len(rings) == 1
            _check_ring(ring, name, "" if single else f"{name}.", kind)


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
        raise GeometryError("longitude", vertex=name, value=longitude)
    if not -90 <= latitude <= 90:
        raise GeometryError("latitude", vertex=name, value=latitude)


def _is_number(value):
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
    )


def _measure(kind, geometry, polygons):
    if not geometry.is_valid:
        raise _fault(geometry, polygons)
    inside = geometry.representative_point()
    area, _perimeter = WGS84.geometry_area_perimeter(
        shapely.orient_polygons(geometry)
        if hasattr(shapely, "orient_polygons")
        else geometry
    )
    return Geometry(kind, inside.y, inside.x, abs(area) / SQUARE_METRES_PER_HECTARE)


def _fault(geometry, polygons):
    explained = explain_validity(geometry)
    fault, _bracket, place = explained.partition("[")
    if "intersection" not in fault.lower() or not place:
        return GeometryError("invalid", fault=fault)
    longitude, latitude = (float(value) for value in place.rstrip("]").split()[:2])
    return GeometryError(
        "crossing", vertex=_nearest_vertex(longitude, latitude, polygons)
    )


def _nearest_vertex(longitude, latitude, polygons):
    vertices = [
        (math.dist((longitude, latitude), vertex[:2]), v)
        for rings in polygons
        for ring in rings
        for v, vertex in enumerate(ring, 1)
    ]
    return min(vertices)[1]
