"""Three companies of the chain, each with its warehouse and places.

A collector in Tawangmangu, a market collector in Surakarta and a stall in
Tawangmangu's market. Fruit goes from one to the other through Odoo's inter-company
transit: the same lot leaves the one and arrives at the other.
"""

from dataclasses import dataclass, field
from typing import Any

MORNING_TEMPERATURE = 22.0
LOWLAND_TEMPERATURE = 29.0
# GS1 keeps numbers that begin with 952 for demonstrations.
GS1_PREFIX = "9521234"
COLD_STORE_TEMPERATURE = 13.5
SETTINGS = {
    "group_stock_production_lot": True,
    "group_lot_on_delivery_slip": True,
    "group_expiry_date_on_delivery_slip": True,
    "group_stock_multi_locations": True,
    "group_uom": True,
}


@dataclass
class Shop:
    """A company that trades, as the chapters use it."""

    company: Any
    warehouse: Any
    login: str
    stock: Any
    receipts: Any
    deliveries: Any
    places: dict = field(default_factory=dict)
    customers: list = field(default_factory=list)

    @property
    def partner(self):
        return self.company.partner_id


def tell(world):
    world.env["res.config.settings"].create(SETTINGS).execute()
    world.env.ref("base.IDR").active = True
    collector = _main_company(world)
    market = _company(world, "CV Legi Makmur", "Surakarta", "market_collector")
    stall = _company(world, "Kios Bu Sri", "Tawangmangu", "retailer")
    world.collector = _shop(world, collector, "TWM", "Gudang Tawangmangu", "warehouse")
    world.market = _shop(world, market, "LEGI", "Gudang Pasar Legi", "market")
    world.stall = _shop(world, stall, "KBS", "Kios Pasar Tawangmangu", "stall")
    _collector_places(world, world.collector)
    _set_temperature(world.market.stock, LOWLAND_TEMPERATURE)
    _set_temperature(world.stall.stock, MORNING_TEMPERATURE)


def _main_company(world):
    company = world.env.ref("base.main_company")
    company.write(_company_vals(world, "UD Sumber Pisang Lawu"))
    _settle(world, company.partner_id, "Tawangmangu", "collector")
    return company


def _company(world, name, city, role):
    company = world.env["res.company"].create(_company_vals(world, name))
    _settle(world, company.partner_id, city, role)
    return company


def _company_vals(world, name):
    return {
        "name": name,
        "country_id": world.env.ref("base.id").id,
        "currency_id": world.env.ref("base.IDR").id,
        "stock_text_confirmation": False,
        "stock_move_email_validation": False,
        "gs1_prefix": GS1_PREFIX,
    }


def _settle(world, partner, city, role):
    partner.write(
        {
            "city": city,
            "state_id": world.env.ref("base.state_id_jt").id,
            "tz": world.env.context["tz"],
            "farm_role_ids": world.roles(role),
            "farm_region_id": city == "Tawangmangu"
            and world.env.ref("farm_traceability.region_3313060").id,
        }
    )


def _shop(world, company, code, name, login):
    # Days of arrival, and of what expires, are those of the place.
    company.resource_calendar_id.tz = world.env.context["tz"]
    warehouse = _warehouse(world, company, code, name)
    return Shop(
        company=company,
        warehouse=warehouse,
        login=login,
        stock=warehouse.lot_stock_id,
        receipts=warehouse.in_type_id,
        deliveries=warehouse.out_type_id,
    )


def _warehouse(world, company, code, name):
    warehouses = world.env["stock.warehouse"].with_company(company)
    vals = {"name": name, "code": code, "partner_id": company.partner_id.id}
    warehouse = warehouses.search([("company_id", "=", company.id)], limit=1)
    if warehouse:
        warehouse.write(vals)
        return warehouse
    return warehouses.create(vals | {"company_id": company.id})


def _set_temperature(location, temperature):
    location.write(
        {"has_storage_temperature": True, "storage_temperature": temperature}
    )


def _collector_places(world, shop):
    """Three places, and an operation type that brings the fruit to each."""
    for key, name, temperature in (
        ("gate", "Collecting Point", MORNING_TEMPERATURE),
        ("wash", "Washing Place", MORNING_TEMPERATURE),
        ("cold", "Cold Store", COLD_STORE_TEMPERATURE),
    ):
        place = world.env["stock.location"].create(
            {"name": name, "location_id": shop.stock.id, "usage": "internal"}
        )
        _set_temperature(place, temperature)
        shop.places[key] = place
    shop.receipts.write(
        {
            "name": "Farm-gate Purchases",
            "default_location_dest_id": shop.places["gate"].id,
        }
    )
    shop.truck = _truck_type(world, shop, "Field Trucks", "TRUCK", "wash")
    shop.cold_truck = _truck_type(world, shop, "Trucks to Cold Store", "COLD", "cold")
    shop.internal = shop.warehouse.int_type_id
    shop.internal.active = True


def _truck_type(world, shop, name, code, place):
    """Whole fields come by truck; the warehouse checks in all trucks of a day."""
    return world.env["stock.picking.type"].create(
        {
            "name": name,
            "code": "incoming",
            "sequence_code": code,
            "sequence": 50,
            "warehouse_id": shop.warehouse.id,
            "company_id": shop.company.id,
            "default_location_dest_id": shop.places[place].id,
            "validate_farm_receipts": False,
            "use_create_lots": True,
            "use_existing_lots": True,
        }
    )
