"""Lots in stock, the hands of which have tags; gates and their devices."""

from datetime import datetime, timedelta

from farmtag.lineage import LineageCode
from odoo.addons.farm_rfid_bridge.models.push.farm_device_admission import SETTING
from odoo.fields import Command

from .device import Device

HANDS = 100
#: no device is enrolled with so high a number: lots of the benchmark alone have it
MAKER = 200_000


class World:
    """What is made here stays in the database.

    A lot is 100 kg of 100 hands, so that a read of a hand moves a kilogram.
    """

    def __init__(self, env):
        self.env = env
        self.made = 0
        self.warehouse = env["stock.warehouse"].search([], limit=1)
        self.stock = self.warehouse.lot_stock_id
        self.picker = self._make_user("picker", "stock.group_stock_user")
        self.product = env["product.product"].create(
            {
                "name": "Read Bananas",
                "is_storable": True,
                "tracking": "lot",
                "uom_id": env.ref("uom.product_uom_kgm").id,
            }
        )

    def _make_user(self, name, *groups):
        return self.env["res.users"].create(
            {
                "name": name,
                "login": f"bench-{name}",
                "password": f"bench-{name}",
                "group_ids": [Command.set([self.env.ref(one).id for one in groups])],
            }
        )

    def make_people(self, count):
        return [
            self._make_user(f"person-{number}", "stock.group_stock_user")
            for number in range(count)
        ]

    def make_key(self):
        """An API key of the picker, who may also make plain records."""
        self.picker.group_ids += self.env.ref("base.group_partner_manager")
        keys = self.env["res.users.apikeys"].with_user(self.picker)
        tomorrow = datetime.now() + timedelta(days=1)
        return keys.sudo()._generate("rpc", "bench", tomorrow)

    def take_at_once(self, pushes):
        """Let the server take so many pushes at a time; 0 for its own choice."""
        self.env["ir.config_parameter"].set_param(SETTING, pushes)
        self.env.cr.commit()
        self.env.registry.signal_changes()

    def make_lots(self, count):
        codes = [LineageCode(MAKER, self.made + number) for number in range(count)]
        self.made += count
        lots = self.env["stock.lot"].create(
            [
                {
                    "name": str(code),
                    "lineage_code": str(code),
                    "product_id": self.product.id,
                    "piece_count": HANDS,
                    "remaining_count": HANDS,
                }
                for code in codes
            ]
        )
        quants = self.env["stock.quant"]
        for lot in lots:
            quants._update_available_quantity(
                self.product, self.stock, float(HANDS), lot_id=lot
            )
        return list(zip(lots, codes, strict=True))

    def make_gate(self):
        """A place, its read point, and a device that reads there."""
        number = self.env["farm.read.point"].search_count([])
        place = self.env["stock.location"].create(
            {"name": f"Bench {number}", "location_id": self.stock.id}
        )
        point = self.env["farm.read.point"].create(
            {
                "name": f"Bench {number}",
                "code": f"BENCH-{number}",
                "location_id": place.id,
                "meaning": "put_away",
            }
        )
        record = self.env["farm.device"].create(
            {"name": point.name, "kind": "gate", "user_id": self.picker.id}
        )
        device = Device()
        device.enrol(record)
        return Gate(point, place, device)

    def lying(self, places):
        """Kilograms of all lots at places."""
        self.env.cr.commit()
        self.env.invalidate_all()
        quants = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("location_id", "in", places.ids)]
        )
        return sum(quants.mapped("quantity"))


class Gate:
    """A read point with its device, and what went through."""

    def __init__(self, point, place, device):
        self.point, self.place, self.device = point, place, device
        self.reads = 0

    def see_hands(self, lots, reads_each, since=None):
        """All hands of lots, in events of so many reads.

        First one half of each lot, then the other: every lot is cut, and its halves are
        in different pushes, see ``pushes``.

        :param since: moment of the first event, the last one is now; all are now if
            None
        """
        middle = HANDS // 2
        halves = (range(1, middle + 1), range(middle + 1, HANDS + 1))
        self._see(
            [
                [str(code.child(hand)) for _lot, code in lots for hand in half]
                for half in halves
            ],
            reads_each,
            since,
        )

    def see_lots(self, lots, reads_each):
        """One tag for each lot, in events of so many reads."""
        self._see([[str(code) for _lot, code in lots]], reads_each)

    def _see(self, parts, reads_each, since=None):
        events = [
            codes[first : first + reads_each]
            for codes in parts
            for first in range(0, len(codes), reads_each)
        ]
        for codes, at in zip(events, _moments(len(events), since), strict=True):
            self.device.see(self.point.code, codes, at)
            self.reads += len(codes)

    def pushes(self, events_each):
        """First and last number of the events of each push; at least two pushes."""
        total = len(self.device.events)
        each = min(events_each, max(total // 2, 1))
        return [
            (first, min(first + each - 1, total)) for first in range(1, total + 1, each)
        ]


def _moments(count, since):
    """So many moments from one until now, evenly."""
    now = datetime.now()
    step = (now - since) / count if since else timedelta()
    return [now - step * (count - 1 - number) for number in range(count)]
