"""Plots, certificates, inspections, growing cycles and what was done to them."""

import json
import math
from datetime import timedelta
from itertools import pairwise

from odoo.fields import Command

from .plan import plan_season
from .world import batches

#: cells of 80 m around a village's point, so that no two plots overlap
CELL = 0.00072
METRES_PER_DEGREE = 111_320
INSPECTIONS = 40
IN_INTERVAL = 5
SUSPENSIONS = (
    "No records of spraying were kept.",
    "A pesticide outside of the guide was found in the store.",
    "The boundary of the plot is in dispute.",
)
REVOCATION = "Bought fruit of others was sold under this certificate."


def tell(world):
    world.rounds = plan_season(world)
    world.purchases = {
        purchase.farmer.id: purchase for part in world.rounds for purchase in part
    }
    world.plots = _plots(world)
    world.certificates = _certificates(world)
    _inspections(world)
    _end_certificates(world)
    _cycles(world)
    _activities(world)


# -- plots --------------------------------------------


def _plots(world):
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
    return dict(zip(world.farmers.ids, plots, strict=True))


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


# -- certificates --------------------------------------------


def _certificates(world):
    farmers = [
        farmer for farmer in world.farmers if world.fates[farmer.id] != "missing"
    ]
    certificates = world.as_user("officer")["farm.certificate"]
    for part in batches(farmers, 300):
        new = certificates.create([_certificate_vals(world, farmer) for farmer in part])
        new.action_issue()
        certificates += new
        world.log(f"    Certificates: {len(certificates):,} of {len(farmers):,}")
    return {certificate.farmer_id.id: certificate for certificate in certificates}


def _certificate_vals(world, farmer):
    rng = world.rng
    crop = world.crop_of[farmer.id]
    is_organic = farmer != world.story_farmer and rng.random() < 0.08
    scheme = world.env.ref(
        f"farm_traceability.scheme_{'organic' if is_organic else 'gap'}"
    )
    begin = world.day(-rng.randint(150, 500))
    return {
        "name": f"{'ORG' if is_organic else 'GAP'}-3313-{farmer.farm_code[2:]}",
        "scheme_id": scheme.id,
        "authority_id": world.office.id,
        "farmer_id": farmer.id,
        "valid_from": begin,
        "valid_to": _valid_to(world, farmer, begin),
        "line_ids": [
            Command.create({"crop_id": crop.crop.id, "guide_id": crop.guide.id})
        ],
        "plot_ids": [Command.set(world.plots[farmer.id].ids)],
    }


def _valid_to(world, farmer, begin):
    if world.fates[farmer.id] != "ended":
        return max(world.day(world.rng.randint(20, 400)), begin)
    purchase = world.purchases.get(farmer.id)
    return world.day(-10 if purchase else -world.rng.randint(1, 120))


def _inspections(world):
    """Officers visit; what they find at some farmers leads to a suspension."""
    count = max(round(INSPECTIONS * len(world.farmers) / 1820), 4)
    chosen = [world.certificates[farmer.id] for farmer in _to_visit(world, count)]
    inspections = world.as_user("officer")["farm.inspection"].create(
        [
            {
                "certificate_id": certificate.id,
                "plot_id": certificate.plot_ids[:1].id,
                "date": world.day(-world.rng.randint(13, 80)),
            }
            for certificate in chosen
        ]
    )
    for inspection in inspections:
        _fill_in(world, inspection)
    inspections.action_done()
    world.inspected = {one.certificate_id.id: one for one in inspections}


def _to_visit(world, count):
    suspended = [f for f in world.farmers if world.fates[f.id] == "suspended"]
    valid = [f for f in world.farmers if world.fates[f.id] == "valid"]
    return suspended[: count // 4] + valid[: count - count // 4]


def _fill_in(world, inspection):
    is_bad = world.fates[inspection.farmer_id.id] == "suspended"
    inspection.line_ids.result = "pass"
    critical = inspection.line_ids.filtered("is_critical")
    others = inspection.line_ids - critical
    if is_bad:
        _find_fault(world, inspection, critical[1:2] or critical)
    elif world.rng.random() < 0.3:
        _find_fault(world, inspection, others[:1])


def _find_fault(world, inspection, line):
    line.write(
        {
            "result": "fail",
            "note": "Shown to the farmer, who agreed to put it right.",
            "due_date": world.day(14),
        }
    )


def _end_certificates(world):
    for farmer in world.farmers:
        fate = world.fates[farmer.id]
        certificate = world.certificates.get(farmer.id)
        if fate == "suspended":
            when = world.day(-world.rng.randint(1, 12))
            certificate.suspend(_suspension(world, certificate), when)
        elif fate == "ended" and _is_revoked(world, farmer):
            begin = max(certificate.valid_from, world.day(-140))
            certificate.revoke(REVOCATION, begin)
    # What the daily job does.
    world.env["farm.certificate"]._cron_expire()


def _suspension(world, certificate):
    inspection = world.inspected.get(certificate.id)
    reason = world.rng.choice(SUSPENSIONS)
    return f"{inspection.name}: {reason}" if inspection else reason


def _is_revoked(world, farmer):
    """Every fourth of those that ended, if none of its fruit was bought."""
    return int(farmer.farm_code[2:]) % 4 == 0 and farmer.id not in world.purchases


# -- cycles --------------------------------------------


def _cycles(world):
    vals_list = [_cycle_vals(world, farmer) for farmer in world.farmers]
    cycles = world.as_user("officer")["farm.cycle"]
    for part in batches(vals_list, 600):
        cycles += cycles.create(part)
        world.log(f"    Cycles: {len(cycles):,} of {len(vals_list):,}")
    world.cycles = dict(zip(world.farmers.ids, cycles, strict=True))
    for purchase in world.purchases.values():
        purchase.cycle = world.cycles[purchase.farmer.id]


def _cycle_vals(world, farmer):
    rng = world.rng
    crop = world.crop_of[farmer.id]
    certificate = world.certificates.get(farmer.id)
    vals = {
        "plot_id": world.plots[farmer.id].id,
        "crop_id": crop.crop.id,
        "is_organic": bool(certificate) and certificate.scheme_id.code == "organic",
        "state": "growing",
    }
    harvest = _harvest_day(world, farmer)
    if harvest:
        fruiting = harvest - timedelta(days=rng.randint(*crop.range("maturity")))
    elif rng.random() < 0.5:
        fruiting = world.day(-rng.randint(5, 75))
    else:
        planting = world.day(-rng.randint(20, 220))
        return vals | {"planting_date": planting, "guide_id": crop.guide.id}
    planting = fruiting - timedelta(days=rng.randint(240, 300))
    guide = crop.guides[0] if rng.random() < 0.5 else crop.guide
    return vals | {
        "planting_date": planting,
        "fruiting_date": fruiting,
        "guide_id": guide.id,
    }


def _harvest_day(world, farmer):
    if farmer == world.story_farmer:
        return world.day(-6)
    purchase = world.purchases.get(farmer.id)
    return purchase and purchase.day


def _activities(world):
    vals_list = []
    for farmer in world.farmers:
        vals_list += _activity_vals_list(world, farmer)
    vals_list += _spraying_too_late(world)
    activities = world.as_user("officer")["farm.activity"]
    for part in batches(vals_list, 1_500):
        activities += activities.create(part)
        world.log(f"    Activities: {len(activities):,} of {len(vals_list):,}")


def _activity_vals_list(world, farmer):
    cycle = world.cycles[farmer.id]
    planted, harvest = cycle.planting_date, _harvest_day(world, farmer)
    after = (world.today - planted).days
    rows = [_input_vals(world, cycle, "manure", "fertilising", after, 10)]
    if not cycle.is_organic and after > 60:
        rows.append(_input_vals(world, cycle, "npk", "fertilising", after - 60, 0.2))
    if harvest:
        ago = (world.today - harvest).days
        spray = "trichoderma" if cycle.is_organic else "fungicide"
        before = world.rng.randint(25, 50)
        rows.append(_input_vals(world, cycle, spray, "spraying", ago + before, 0.002))
        bagged = {"cycle_id": cycle.id, "kind": "bagging", "date": cycle.fruiting_date}
        rows.append(bagged)
    return rows


def _input_vals(world, cycle, key, kind, days_ago, dose):
    used = world.inputs[key]
    return {
        "cycle_id": cycle.id,
        "kind": kind,
        "date": world.day(-days_ago),
        "product_id": used.product.id,
        "lot_id": used.lots and world.rng.choice(used.lots).id,
        "is_organic": used.is_organic,
        "dose": dose,
        "dose_unit": "kg per plant",
        "pre_harvest_days": used.days,
    }


def _spraying_too_late(world):
    """A few farmers sprayed three days ago: their fruit is refused today."""
    waiting = [
        farmer
        for farmer in world.farmers
        if world.fates[farmer.id] == "valid"
        and farmer.id not in world.purchases
        and farmer != world.story_farmer
        and world.cycles[farmer.id].fruiting_date
        and not world.cycles[farmer.id].is_organic
    ]
    world.sprayed_late = {farmer.id for farmer in waiting[:IN_INTERVAL]}
    return [
        _input_vals(world, world.cycles[farmer_id], "fungicide", "spraying", 3, 0.002)
        for farmer_id in sorted(world.sprayed_late)
    ]
