"""Crops with traits and grades, their guides, their products, and the inputs.

Figures of traits, grades and guides are plausible and for demonstration only.
"""

from dataclasses import dataclass, field
from typing import Any

from odoo.fields import Command

from ..gs1.keys import make_gtin
from .places import GS1_PREFIX
from .world import facts

BATCHES = ("A", "B", "C")
#: key, name, tracked by lots, organic, days to wait before a harvest
INPUTS = (
    ("manure", "Goat Manure", False, True, 0),
    ("npk", "NPK Fertiliser 15-15-15", True, False, 0),
    ("fungicide", "Mancozeb Fungicide 80 WP", True, False, 14),
    ("trichoderma", "Trichoderma Biofungicide", True, True, 0),
    ("alum", "Alum for Washing", True, True, 0),
    ("ethylene", "Ethylene Gas", True, False, 0),
)


@dataclass
class Crop:
    """A crop as the chapters use it."""

    row: dict
    crop: Any
    bunch: Any
    hand: Any
    guides: list = field(default_factory=list)

    @property
    def grades(self):
        return self.crop.grade_ids

    @property
    def guide(self):
        return self.guides[-1]

    def number(self, name):
        return int(self.row[name])

    def range(self, name):
        return self.number(f"{name}_min"), self.number(f"{name}_max")


def tell(world):
    world.inputs = {key: _input(world, name, *rest) for key, name, *rest in INPUTS}
    category = _category(world)
    world.crops = [_crop(world, row, category) for row in facts("crops")]
    world.hands = {crop.bunch.id: crop.hand for crop in world.crops if crop.hand}
    _correct_guide(world, world.crops[0])
    _hand_out_crops(world)
    world.log(f"    {len(world.crops)} crops with traits, grades and guides")


def _category(world):
    return world.env["product.category"].create(
        {
            "name": "Fresh Fruit",
            "removal_strategy_id": world.env.ref("product_expiry.removal_fefo").id,
        }
    )


# -- inputs --------------------------------------------


@dataclass
class Input:
    """Something used on the crop or the fruit, with the batches it came in."""

    product: Any
    lots: list
    is_organic: bool
    days: int


def _input(world, name, is_tracked, is_organic, days):
    product = world.env["product.product"].create(
        {
            "name": name,
            "is_storable": True,
            "tracking": "lot" if is_tracked else "none",
            "uom_id": world.env.ref("uom.product_uom_kgm").id,
        }
    )
    names = [f"{name[:3].upper()}-{world.today:%y}{batch}" for batch in BATCHES]
    lots = world.env["stock.lot"].create(
        [{"name": name, "product_id": product.id} for name in names if is_tracked]
    )
    return Input(product, list(lots), is_organic, days)


# -- crops --------------------------------------------


def _crop(world, row, category):
    crop = world.env["farm.crop"].create(
        {
            "name": row["name"],
            "code": row["code"],
            "species": row["species"],
            "variety": row["variety"],
            "trait_ids": _trait_commands(world, row["code"]),
            "grade_ids": _grade_commands(row["fruit"]),
        }
    )
    _translate_crop(world, crop, row)
    is_banana = row["fruit"] == "banana"
    bunch = _product(world, crop, row, category, "Bunch" if is_banana else "Batch")
    hand = _product(world, crop, row, category, "Hand") if is_banana else None
    guide = _guide(world, crop, row)
    guide.action_publish()
    return Crop(row, crop, bunch, hand, [guide])


def _trait_commands(world, code):
    return [
        Command.create(_trait_vals(world, row, row[code]))
        for row in facts("traits")
        if row[code]
    ]


def _trait_vals(world, row, value):
    trait = world.env.ref(f"farm_traceability.trait_{row['trait']}")
    vals = {"trait_id": trait.id, "method": row["method"]}
    low, dash, high = value.partition("-")
    if dash and low[0].isdigit():
        return vals | {
            "is_measured": True,
            "value_min": float(low),
            "value_max": float(high),
        }
    return vals | {"expected": value}


def _grade_commands(fruit):
    return [
        Command.create(
            {
                "name": row["name"],
                "code": row["code"],
                "sequence": 10 * rank,
                "description": row["description"],
            }
        )
        for rank, row in enumerate(_grades_of(fruit), 1)
    ]


def _grades_of(fruit):
    return [row for row in facts("grades") if row["fruit"] == fruit]


def _translate_crop(world, crop, row):
    world.translate(crop, "name", row["name_id"])
    for grade, fact in zip(crop.grade_ids, _grades_of(row["fruit"]), strict=True):
        world.translate(grade, "name", fact["name_id"])
        world.translate(grade, "description", fact["description_id"])
    methods = {fact["trait"]: fact["method_id"] for fact in facts("traits")}
    keys = {world.env.ref(f"farm_traceability.trait_{key}").id: key for key in methods}
    for line in crop.trait_ids:
        world.translate(line, "method", methods[keys[line.trait_id.id]])


def _number(world):
    """Number of the next product, for its GTIN."""
    return world.env["product.product"].search_count([("barcode", "!=", False)]) + 1


def _product(world, crop, row, category, form):
    unit = "unit" if form == "Hand" else row["unit"]
    uom = {"kg": "uom.product_uom_kgm", "unit": "uom.product_uom_unit"}[unit]
    words = {"Bunch": "Tandan", "Hand": "Sisir", "Batch": "Partai"}
    product = world.env["product.product"].create(
        {
            "name": f"{row['name']}, {form}",
            "default_code": f"{row['code']}-{form.upper()}",
            "barcode": make_gtin(GS1_PREFIX, _number(world)),
            "is_storable": True,
            "tracking": "lot",
            "use_expiration_date": True,
            "expiration_time": int(row["ambient_days"]),
            "removal_time": 1,
            "alert_time": 2,
            "farm_crop_id": crop.id,
            "categ_id": category.id,
            "uom_id": world.env.ref(uom).id,
        }
    )
    world.translate(product, "name", f"{row['name_id']}, {words[form]}")
    _set_prices(world, product, int(row["hand_cost" if form == "Hand" else "cost"]))
    return product


def _set_prices(world, product, cost):
    """What a kilogram or a piece costs at the farm gate and sells at."""
    product.list_price = cost * 2
    for shop in (world.collector, world.market, world.stall):
        product.with_company(shop.company).standard_price = cost


# -- guides --------------------------------------------


def _guide(world, crop, row):
    low, high = int(row["storage_min"]), int(row["storage_max"])
    return world.env["farm.guide"].create(
        {
            "code": f"SOP-{row['code']}",
            "crop_id": crop.id,
            "authority_id": world.office.id,
            "fertilizer_ids": [Command.create(vals) for vals in _fertilizers()],
            "harvest_tool": "Sickle and harvest pole",
            "maturity_days_min": int(row["maturity_min"]),
            "maturity_days_max": int(row["maturity_max"]),
            "treatment_ids": [Command.create(vals) for vals in _treatments(low, high)],
            "storage_temperature_min": low,
            "storage_temperature_max": high,
            "storage_humidity_min": 90,
            "storage_humidity_max": 95,
            "transport_container": "Plastic crate lined with banana leaf",
            "transport_vehicle": "Open pickup with a tarpaulin",
            "distribution_hours_max": 48,
            "shelf_life_ids": [Command.create(vals) for vals in _shelf_lives(row)],
        }
    )


def _fertilizers():
    return [
        {
            "name": "Goat manure",
            "is_organic": True,
            "days_after_planting": 0,
            "dose": "10 kg per plant",
        },
        {"name": "NPK 15-15-15", "days_after_planting": 60, "dose": "200 g per plant"},
        {"name": "NPK 15-15-15", "days_after_planting": 180, "dose": "300 g per plant"},
    ]


def _treatments(low, high):
    return [
        {
            "kind": "washing",
            "agent": "Clean water with alum",
            "dose_max": 1,
            "dose_unit": "g/L",
            "hours_max": 0.5,
        },
        {
            "kind": "degreening",
            "agent": "Ethylene",
            "dose_max": 100,
            "dose_unit": "ppm",
            "has_temperature": True,
            "temperature_min": 15,
            "temperature_max": 18,
            "hours_max": 48,
        },
        {
            "kind": "storage",
            "has_temperature": True,
            "temperature_min": low,
            "temperature_max": high,
            "hours_max": 24 * 28,
        },
    ]


def _shelf_lives(row):
    return [
        {"temperature_min": low, "temperature_max": high, "days": int(row[days])}
        for low, high, days in (
            (int(row["storage_min"]), 15, "cold_days"),
            (15, 20, "cool_days"),
            (20, 35, "ambient_days"),
        )
    ]


def _correct_guide(world, crop):
    """The office finds that the fruit is cut too early, and says so in version 2."""
    guide = crop.guide
    correction = world.env["farm.guide.correction"].create(
        {
            "guide_id": guide.id,
            "reason": "Fruit cut before day 95 did not ripen evenly.",
        }
    )
    action = correction.action_correct()
    newer = world.env["farm.guide"].browse(action["res_id"])
    newer.maturity_days_min = 95
    newer.action_publish()
    crop.guides.append(newer)


def _hand_out_crops(world):
    """Each farmer grows one crop, as the paper found."""
    shares = [crop.number("share") for crop in world.crops]
    chosen = world.rng.choices(world.crops, weights=shares, k=len(world.farmers))
    world.crop_of = dict(zip(world.farmers.ids, chosen, strict=True))
    world.crop_of[world.story_farmer.id] = world.crops[0]
