from datetime import datetime, time, timedelta

from odoo.fields import Command

from .hold_common import HoldCase


class PromiseCase(HoldCase):
    """Two lots, one that expires in 8 days and one in 12; a shop with a branch.

    The company is in Jakarta: the day begins at 17:00 of the day before in UTC.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = "Asia/Jakarta"
        cls.older, cls.newer = cls.early, cls.late
        cls.expire(cls.older, 8)
        cls.expire(cls.newer, 12)
        cls.shop = cls.env["res.partner"].create(
            {"name": "Toko Segar", "is_company": True}
        )
        cls.branch = cls.env["res.partner"].create(
            {"name": "Solo", "type": "delivery", "parent_id": cls.shop.id}
        )
        cls.other = cls.env["res.partner"].create({"name": "Pasar Gede"})

    @classmethod
    def expire(cls, lot, number):
        """Let a lot expire at the end of the day that is so many days from today."""
        last = datetime.combine(cls.days(number), time(16, 59, 59))
        # As core's form keeps them, all dates move together.
        lot.write({"expiration_date": last, "removal_date": last - timedelta(hours=1)})

    @classmethod
    def make_term(cls, minimum=None, basis="days", **vals):
        return cls.env["farm.shelf.life.term"].create(
            {
                "minimum": minimum or 10,
                "basis": basis,
                "company_id": False,
                **{name: record.id for name, record in vals.items()},
            }
        )

    @classmethod
    def deliver(cls, customer, quantity=4.0, day=0, user=None, product=None, **vals):
        """A confirmed delivery to a customer that leaves on a day, reserved."""
        product = product or cls.product
        places = {
            "location_id": cls.stock.id,
            "location_dest_id": cls.customers.id,
        }
        when = datetime.combine(cls.days(day), time(3))
        picking = (
            cls.env["stock.picking"]
            .with_user(user or cls.picker)
            .create(
                places
                | {
                    "picking_type_id": cls.warehouse.out_type_id.id,
                    "partner_id": customer.id,
                    "scheduled_date": when,
                    "move_ids": [
                        Command.create(
                            places
                            | {
                                "product_id": product.id,
                                "product_uom": product.uom_id.id,
                                "product_uom_qty": quantity,
                                "date": when,
                            }
                        )
                    ],
                }
                | vals
            )
        )
        picking.action_confirm()
        picking.action_assign()
        return picking

    def type_in(self, picking, lot, quantity=4.0, user=None):
        """Type a lot into a delivery in place of what is reserved."""
        move = picking.with_user(user or self.picker).move_ids
        move.move_line_ids.unlink()
        move.move_line_ids = [
            Command.create(
                {
                    "product_id": lot.product_id.id,
                    "lot_id": lot.id,
                    "quantity": quantity,
                    "picking_id": picking.id,
                    "location_id": picking.location_id.id,
                    "location_dest_id": picking.location_dest_id.id,
                }
            )
        ]
        return move.move_line_ids

    def ship(self, picking, user=None):
        """Validate past Odoo's question about removal dates, as a click does."""
        picking = picking.with_user(user or self.picker)
        picking.move_ids.picked = True
        return picking.with_context(
            skip_expired=True, skip_backorder=True
        ).button_validate()

    def promised(self, picking):
        return picking.move_ids.move_line_ids.filtered("quantity").lot_id

    def allow(self, picking, lots, reason="Agreed by telephone"):
        picking = picking.with_user(self.quality)
        return picking.env["farm.promise.waiver"]._allow(picking, lots, reason)
