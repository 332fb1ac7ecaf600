from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import TransactionCase, freeze_time, new_test_user

SQUARE = (
    '{"type": "Polygon", "coordinates": [[[111.13, -7.66], [111.131, -7.66],'
    " [111.131, -7.659], [111.13, -7.659], [111.13, -7.66]]]}"
)
ROLES = {
    "officer": "farm_traceability.group_officer",
    "collector": "farm_traceability.group_collector",
    "stock": "stock.group_stock_user",
    "quality": "farm_traceability.group_quality_manager",
    "manager": "farm_traceability.group_manager",
    "internal": "base.group_user",
    "portal": "base.group_portal",
}


class FarmCase(TransactionCase):
    """A small world of its own, and makers for more of it.

    ``cls.village``, ``crop``, ``guide``, ``product``, ``farmer`` (in ``group``),
    ``plot``, ``certificate`` and ``cycle`` are there, valid together on ``cls.day``,
    which is today: the time stands still.
    """

    freeze_time = freeze_time("2026-06-15 03:00:00")
    day = date(2026, 6, 15)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.numbers = iter(range(1, 1_000_000))
        cls.regency = cls.make_region("regency")
        cls.subdistrict = cls.make_region("subdistrict", cls.regency)
        cls.village = cls.make_region("village", cls.subdistrict)
        cls.other_village = cls.make_region("village", cls.subdistrict)
        cls.authority = cls.make_party("authority")
        cls.scheme = cls.make_scheme()
        cls.crop = cls.make_crop()
        cls.grade_super, cls.grade_a, cls.grade_b = cls.crop.grade_ids
        cls.guide = cls.make_guide()
        cls.product = cls.make_product()
        cls.group = cls.make_group()
        cls.farmer = cls.make_farmer()
        cls.plot = cls.make_plot()
        cls.certificate = cls.make_certificate()
        cls.cycle = cls.make_cycle()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )

    @classmethod
    def days(cls, number):
        """The day that is ``number`` days after today."""
        return cls.day + timedelta(days=number)

    # -- people ----------------------------------------

    @classmethod
    def make_user(cls, role, regions=None, **vals):
        """Make a user who has this role and no more."""
        login = f"{role}{next(cls.numbers)}"
        vals = {"tz": "Asia/Jakarta"} | vals
        user = new_test_user(cls.env, login, groups=ROLES[role], **vals)
        if regions:
            user.farm_region_ids = regions
        return user

    @classmethod
    def make_portal_farmer(cls, farmer):
        return cls.make_user("portal", partner_id=farmer.id)

    @classmethod
    def make_party(cls, role, region=None, group=None, **vals):
        roles = cls.env["farm.role"].search([("code", "=", role)])
        return cls.env["res.partner"].create(
            {
                "name": f"{role} {next(cls.numbers)}",
                "farm_role_ids": [Command.set(roles.ids)],
                "farm_region_id": region and region.id,
                "farm_group_id": group and group.id,
            }
            | vals
        )

    @classmethod
    def make_group(cls, region=None, **vals):
        """Make a farmer group with its village union and subdistrict union."""
        region = region or cls.village
        top = cls.make_party("subdistrict_union", region.parent_id)
        union = cls.make_party("village_union", region, top)
        return cls.make_party("farmer_group", region, union, **vals)

    @classmethod
    def make_farmer(cls, region=None, group=None, **vals):
        region = region or cls.village
        return cls.make_party("farmer", region, group or cls.group, **vals)

    # -- master data ----------------------------------------

    @classmethod
    def make_region(cls, level, parent=None, **vals):
        number = next(cls.numbers)
        return cls.env["farm.region"].create(
            {
                "name": f"{level} {number}",
                "code": f"T.{number}",
                "level": level,
                "parent_id": parent and parent.id,
            }
            | vals
        )

    @classmethod
    def make_scheme(cls, **vals):
        return cls.env["farm.certification.scheme"].create(
            {
                "name": "Good Practice",
                "code": f"S{next(cls.numbers)}",
                "checklist_ids": [
                    Command.create({"name": "Boundaries marked"}),
                    Command.create({"name": "Records kept", "is_critical": True}),
                ],
            }
            | vals
        )

    @classmethod
    def make_crop(cls, **vals):
        """Make a crop with the grades super, A and B."""
        number = next(cls.numbers)
        return cls.env["farm.crop"].create(
            {
                "name": f"Banana {number}",
                "code": f"T{number}",
                "grade_ids": [
                    Command.create({"name": name, "code": name, "sequence": rank})
                    for rank, name in enumerate(("super", "A", "B"))
                ],
            }
            | vals
        )

    @classmethod
    def make_guide(cls, crop=None, publish=True, **vals):
        """Make a guide: 7 days of shelf life above 20 °C, 21 days from 13 to 20."""
        guide = cls.env["farm.guide"].create(
            {
                "code": f"SOP-{next(cls.numbers)}",
                "crop_id": (crop or cls.crop).id,
                "authority_id": cls.authority.id,
                "storage_temperature_min": 13,
                "storage_temperature_max": 15,
                "shelf_life_ids": [
                    Command.create(
                        {"temperature_min": 13, "temperature_max": 20, "days": 21}
                    ),
                    Command.create(
                        {"temperature_min": 20, "temperature_max": 35, "days": 7}
                    ),
                ],
            }
            | vals
        )
        if publish:
            guide.action_publish()
        return guide

    @classmethod
    def make_product(cls, crop=None, **vals):
        crop = crop or cls.crop
        return cls.env["product.product"].create(
            {
                "name": f"{crop.name} bunch",
                "is_storable": True,
                "tracking": "lot",
                "use_expiration_date": True,
                "expiration_time": 10,
                "uom_id": cls.env.ref("uom.product_uom_kgm").id,
                "farm_crop_id": crop.id,
            }
            | vals
        )

    @classmethod
    def make_plot(cls, farmer=None, **vals):
        return cls.env["farm.plot"].create(
            {
                "name": f"Plot {next(cls.numbers)}",
                "farmer_id": (farmer or cls.farmer).id,
                "geometry": SQUARE,
                "area": 1.2,
            }
            | vals
        )

    @classmethod
    def make_certificate(cls, farmer=None, crop=None, issue=True, **vals):
        """Make a certificate, valid from 100 days ago for a year."""
        certificate = cls.env["farm.certificate"].create(
            {
                "name": f"C-{next(cls.numbers)}",
                "scheme_id": cls.scheme.id,
                "authority_id": cls.authority.id,
                "farmer_id": (farmer or cls.farmer).id,
                "valid_from": cls.days(-100),
                "valid_to": cls.days(265),
                "line_ids": [
                    Command.create(
                        {"crop_id": (crop or cls.crop).id, "guide_id": cls.guide.id}
                        if crop in (None, cls.crop)
                        else {"crop_id": crop.id}
                    )
                ],
            }
            | vals
        )
        if issue:
            certificate.action_issue()
        return certificate

    # -- growing and harvest ----------------------------------------

    @classmethod
    def make_cycle(cls, plot=None, crop=None, **vals):
        return cls.env["farm.cycle"].create(
            {
                "plot_id": (plot or cls.plot).id,
                "crop_id": (crop or cls.crop).id,
                "guide_id": cls.guide.id if crop in (None, cls.crop) else False,
                "planting_date": cls.days(-300),
                "fruiting_date": cls.days(-90),
                "state": "growing",
            }
            | vals
        )

    @classmethod
    def make_harvest(cls, cycle=None, post=True, **vals):
        harvest = cls.env["farm.harvest"].create(
            {"cycle_id": (cycle or cls.cycle).id, "date": cls.day} | vals
        )
        if post:
            harvest.action_post()
        return harvest

    @classmethod
    def receive(cls, *quantities, user=None, cycle=None, product=None, **vals):
        """Receive one bunch of 8 hands per quantity at the farm gate.

        :return: the posted harvest, with its ``lot_ids`` and ``picking_ids``
        """
        product = product or cls.product
        harvests = cls.env["farm.harvest"]
        return (harvests.with_user(user) if user else harvests).receive_at_farm_gate(
            {"cycle_id": (cycle or cls.cycle).id, "date": cls.day} | vals,
            [
                {"product_id": product.id, "quantity": quantity, "piece_count": 8}
                for quantity in quantities or (12.0,)
            ],
        )

    @classmethod
    def make_delivery(cls, product, quantity, user=None, customer="Hospital"):
        """Make a confirmed delivery to a customer, nothing reserved yet."""
        places = {
            "location_id": cls.warehouse.lot_stock_id.id,
            "location_dest_id": cls.env.ref("stock.stock_location_customers").id,
        }
        move = {
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": quantity,
        }
        picking = (
            cls.env["stock.picking"]
            .with_user(user or cls.env.user)
            .create(
                places
                | {
                    "picking_type_id": cls.warehouse.out_type_id.id,
                    "partner_id": cls.env["res.partner"].create({"name": customer}).id,
                    "move_ids": [Command.create(places | move)],
                }
            )
        )
        picking.action_confirm()
        picking.do_unreserve()
        return picking
