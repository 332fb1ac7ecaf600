"""The season on paper, then plots, certificates, cycles and what was done to them."""

from datetime import timedelta

from . import certification, land
from .plan import plan_season
from .world import batches

IN_INTERVAL = 5


def tell(world):
    world.rounds = plan_season(world)
    world.purchases = {
        purchase.farmer.id: purchase for part in world.rounds for purchase in part
    }
    land.tell(world)
    certification.tell(world)
    _cycles(world)
    _activities(world)


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
    } | _plan_vals(world, farmer, crop)
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


def _plan_vals(world, farmer, crop):
    """What was expected, some days and some weight off what came."""
    purchase = world.purchases.get(farmer.id)
    if not purchase:
        return {}
    weight = sum(crop.range("weight")) / 2 * (0.9 + farmer.id % 5 / 10)
    return {
        "planned_date": purchase.day + timedelta(days=farmer.id % 9 - 4),
        "planned_quantity": round(
            purchase.bunches * weight * (0.9 + farmer.id % 5 / 10)
        ),
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
