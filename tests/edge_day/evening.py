"""What Odoo and the devices say in the evening, beside what was done."""

from collections import Counter
from uuid import UUID

from village import VillageCase


class EveningCase(VillageCase):
    """Asks the database in a transaction of its own, and the devices' journals."""

    def states_of(self, name, state):
        """How many events of a device are in a state."""
        with self.transaction() as env:
            domain = [("device_id", "=", self.ids[name]), ("state", "=", state)]
            return env["farm.device.event"].search_count(domain)

    def check_all(self):
        with self.transaction() as env:
            self.assertStock(env)
            self.assertTags(env)
            self.assertOrigins(env)
            for people in self.people:
                self.assertEvents(env, people.device)
        for people in self.people:
            self.assertNothingWaits(people.device)
        for bunch in self.ledger.split_bunches():
            self.assertBalance(self.market.device, bunch)

    def assertSame(self, found, wanted):
        """What is said of each code; only what differs is shown."""
        codes = found.keys() | wanted.keys()
        other = {
            code: (found.get(code), wanted.get(code))
            for code in codes
            if found.get(code) != wanted.get(code)
        }
        self.assertFalse(other, "found, and wanted")

    # -- goods ------------------------------------------------------------------------

    def lots(self, env):
        return env["stock.lot"].search([("product_id", "in", self.ids["products"])])

    def assertStock(self, env):
        """Each bunch and hand is one lot; what is left of it lies in stock."""
        lots, wanted = self.lots(env), self.ledger.lots()
        self.assertEqual(len(lots), len(wanted))
        found = {
            lot.lineage_code: (
                lot.piece_count,
                lot.remaining_count,
                round(lot.product_qty, 3),
            )
            for lot in lots
        }
        self.assertSame(found, wanted)
        quants = env["stock.quant"].search(
            [("lot_id", "in", lots.ids), ("location_id.usage", "=", "internal")]
        )
        lying = {one.lot_id.lineage_code: round(one.quantity, 3) for one in quants}
        there = {code: left for code, (_all, _hands, left) in wanted.items() if left}
        self.assertSame({code: left for code, left in lying.items() if left}, there)
        self.assertEqual(set(quants.location_id.ids), {self.ids["stock"]})

    def assertTags(self, env):
        """Each tag is one record, and has on it what the device told."""
        tags = env["farm.tag"].search([("last_device_id", "in", self.ids["devices"])])
        wanted = self.ledger.tags()
        self.assertEqual(len(tags), len(wanted))
        found = {
            tag.lineage_code: (
                tag.kind,
                tag.uid,
                tag.chip,
                tag.state,
                tag.parent_id.lineage_code or "",
                tag.part_index,
            )
            for tag in tags
        }
        self.assertSame(found, wanted)

        self.assertWritten(tags)

    def assertWritten(self, tags):
        """What Odoo says of a tag is what stands on the chip."""
        on_chips = {}
        for people in self.people:
            on_chips |= people.device.messages()
        codes = self.ledger.as_first_written()
        tags = tags.filtered(lambda tag: tag.lineage_code in codes)
        self.assertEqual(len(tags), len(codes))
        self.assertSame(
            {tag.lineage_code: tag.payload for tag in tags},
            {tag.lineage_code: on_chips[tag.uid].hex() for tag in tags},
        )

    def assertOrigins(self, env):
        """Each bunch and hand is of its farmer, and each hand was made of its bunch."""
        lots = self.lots(env)
        tags = env["farm.tag"].search([("lot_id", "in", lots.ids)])
        found = {tag.lineage_code: tag.partner_id.farm_code for tag in tags}
        self.assertSame(found, self.ledger.farmers())
        operations = env["farm.lot.operation"].search(
            [("input_ids.lot_id", "in", lots.ids), ("state", "=", "done")]
        )
        made_of = {
            hand.lineage_code: operation.input_ids.lot_id.mapped("lineage_code")
            for operation in operations
            for hand in operation.output_ids.lot_id
        }
        wholes = self.ledger.wholes()
        self.assertSame(made_of, {code: [whole] for code, whole in wholes.items()})

    # -- events -----------------------------------------------------------------------

    def assertEvents(self, env, device):
        """The journal here and there is the same, each event once."""
        journal = device.command("export")
        own = env["farm.device"].browse(self.ids[device.name])
        events = env["farm.device.event"]
        here = events.search([("device_id", "=", own.id)], order="seq")
        found = [
            (event.seq, UUID(event.uuid).hex.upper(), event.hash.upper())
            for event in here
        ]
        there = [(event["seq"], event["id"], event["hash"]) for event in journal]
        self.assertEqual(found, there)
        self.assertEqual(
            [seq for seq, _id, _hash in there], [*range(1, len(there) + 1)]
        )
        named = events.search_count([("uuid", "in", here.mapped("uuid"))])
        self.assertEqual(named, len(journal), "an event is there more than once")
        done = Counter((event.kind, event.state) for event in here)
        self.assertEqual(done, self.ledger.events[device.name])
        head = own.key_id.ack_seq, own.key_id.ack_hash.upper()
        self.assertEqual(head, (len(journal), journal[-1]["hash"]))

    def assertBalance(self, device, bunch):
        """The bunch's own tag says how many hands can still be taken."""
        device.lay(bunch.name)
        [said] = device.command("read", "--reader", device.field.path)
        self.assertEqual((said["code"], said["verdict"]), (bunch.code, "genuine"))
        self.assertEqual(said["left"], bunch.hands_left - bunch.lost)

    def assertNothingWaits(self, device):
        [status] = device.command("status")
        came_back = self.ledger.events[device.name]["split", "conflict"]
        said = {name: status[name] for name in ("waiting", "refused", "unfinished")}
        self.assertEqual(said, {"waiting": 0, "refused": came_back, "unfinished": []})
        self.assertEqual(status["writes_unfinished"], 0)
