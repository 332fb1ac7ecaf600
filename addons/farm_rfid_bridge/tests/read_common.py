from odoo.fields import Command, Domain

from .bridge_common import NOW, BridgeCase


class ReadCase(BridgeCase):
    """A gate that acts for a stock user, and lots with codes in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.picker = cls.make_user("stock")
        cls.gate, cls.journal = cls.make_device(kind="gate", user_id=cls.picker.id)
        cls.stock = cls.warehouse.lot_stock_id
        cls.cold = cls.make_place("Cold room")
        cls.codes = iter(f"LOT-{number}" for number in range(1, 10_000))

    @classmethod
    def make_place(cls, name, **vals):
        return cls.env["stock.location"].create(
            {"name": name, "location_id": cls.stock.id, "usage": "internal"} | vals
        )

    @classmethod
    def make_point(cls, meaning="put_away", place=None, **vals):
        return (
            cls.env["farm.read.point"]
            .with_user(cls.keeper)
            .create(
                {
                    "name": f"Point {meaning}",
                    "code": f"P{next(cls.numbers)}",
                    "meaning": meaning,
                    "location_id": (place or cls.cold).id,
                }
                | vals
            )
        )

    @classmethod
    def make_lots(cls, count=1, quantity=12.0):
        """Lots in stock of 8 pieces each."""
        lots = cls.receive(*[quantity] * count).lot_ids.sorted("id")
        for lot in lots:
            lot.sudo().lineage_code = next(cls.codes)
        return lots

    @classmethod
    def make_package(cls, lots, name, place=None):
        """Put all of lots into a package, where they lie."""
        package = cls.env["stock.package"].create({"name": name})
        lots.quant_ids.filtered(
            lambda quant: quant.location_id.usage == "internal"
        ).package_id = package
        return package

    # -- what a gate does -------------------------------------------------------------

    def see(self, point, *tags, journal=None, at=NOW, **vals):
        """Write down that tags were seen: lots, codes, or maps."""
        body = {"at": at, "point": point.code, "tags": [self.tag(one) for one in tags]}
        return (journal or self.journal).add("read", body | vals)

    def tag(self, one):
        if isinstance(one, dict):
            return one
        return {"code": one if isinstance(one, str) else one.lineage_code}

    def send(self, **limits):
        """Push it; gives the state of what was not sent before."""
        limits.setdefault("device", self.gate)
        before = len(self.events(limits["device"]))
        return self.pushed(**limits)[before:]

    def pass_by(self, point, *tags, **vals):
        """See tags, and send that."""
        self.see(point, *tags, **vals)
        [state] = self.send()
        return state

    def reads(self, point=None):
        domain = Domain("device_id", "=", self.gate.id)
        if point:
            domain &= Domain("point_id", "=", point.id)
        return self.env["farm.read"].search(domain, order="id")

    def outcomes(self, point=None):
        return self.reads(point).mapped("outcome")

    def event(self):
        """The last one."""
        return self.events(self.gate)[-1]

    # -- where things are -------------------------------------------------------------

    def lies(self, lot, place):
        quants = self.env["stock.quant"].search(
            [("lot_id", "=", lot.id), ("location_id", "child_of", place.id)]
        )
        return sum(quants.mapped("quantity"))

    def make_transfer(self, kind, source, target, product, quantity):
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": kind.id,
                "location_id": source.id,
                "location_dest_id": target.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom": product.uom_id.id,
                            "product_uom_qty": quantity,
                            "location_id": source.id,
                            "location_dest_id": target.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        return picking

    def deliver(self, quantity, product=None):
        """A delivery with its lots reserved."""
        picking = self.make_delivery(product or self.product, quantity)
        picking.action_assign()
        return picking
