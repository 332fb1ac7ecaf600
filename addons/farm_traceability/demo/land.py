"""Plots: most with a polygon, some with a point, a few with neither."""

import json
import math
from itertools import pairwise

from .world import batches

#: cells of 80 m around a village's point, so that no two plots overlap
CELL = 0.00072
METRES_PER_DEGREE = 111_320


def tell(world):
    officer = world.as_user("officer")
    cells = {village.id: _cells(village) for village in world.villages}
    vals_list = [
        _plot_vals(world, number, farmer, cells[farmer.farm_region_id.id])
        for number, farmer in enumerate(world.farmers, 1)
    ]
    plots = officer["farm.plot"]
    for part in batches(vals_list, 600):
        plots += plots.create(part)
        world.log(f"    Plots: {len(plots):,} of {len(vals_list):,}")
    world.plots = dict(zip(world.farmers.ids, plots, strict=True))


def _cells(village):
    """Middle points around a village's point, the nearest first."""
    if not village.latitude:
        return iter(())
    reach = range(-9, 10)
    steps = sorted(
        ((x, y) for x in reach for y in reach), key=lambda step: math.hypot(*step)
    )
    return iter(
        [(village.longitude + x * CELL, village.latitude + y * CELL) for x, y in steps]
    )


def _plot_vals(world, number, farmer, cells):
    rng = world.rng
    middle = next(cells, None)
    kind = rng.choices(("Polygon", "Point", None), weights=(70, 20, 10))[0]
    if farmer == world.story_farmer:
        kind = "Polygon"
    ring = middle and _ring(rng, *middle)
    vals = {
        "name": f"Kebun {farmer.farm_region_id.name.title()} {number}",
        "code": f"PL-{number:05d}",
        "farmer_id": farmer.id,
        "land_title": f"SHM {rng.randint(100, 2999)}",
        "area": round(_hectares(ring) * _carelessness(rng), 2) if ring else 0.15,
    }
    if middle and kind:
        vals["geometry"] = json.dumps(_geometry(kind, middle, ring))
    return vals


def _geometry(kind, middle, ring):
    coordinates = [ring] if kind == "Polygon" else [round(x, 6) for x in middle]
    return {"type": kind, "coordinates": coordinates}


def _ring(rng, longitude, latitude):
    """A closed ring of five to seven corners, inside of one cell."""
    corners = rng.randint(5, 7)
    ring = []
    for corner in range(corners):
        angle = 2 * math.pi * corner / corners
        reach = CELL / 2 * rng.uniform(0.65, 0.98)
        east, north = reach * math.cos(angle), reach * math.sin(angle)
        ring.append([round(longitude + east, 6), round(latitude + north, 6)])
    return [*ring, ring[0]]


def _hectares(ring):
    """Area of a small ring on the plane, near enough for what a farmer states."""
    shrink = math.cos(math.radians(ring[0][1]))
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    return abs(twice) / 2 * METRES_PER_DEGREE**2 * shrink / 10_000


def _carelessness(rng):
    """Most farmers know their area well; a few do not."""
    return rng.uniform(0.95, 1.05) if rng.random() < 0.95 else rng.uniform(1.3, 1.8)
