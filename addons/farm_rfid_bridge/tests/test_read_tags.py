from odoo.tests import tagged

from .bridge_common import NOW
from .read_common import ReadCase

UID = b"\x04\x01\x02\x03\x04\x05\x06"


@tagged("post_install", "-at_install")
class TestReadTags(ReadCase):
    """Reads by the register of tags: chips, pieces, packages, copies."""

    def make_tag(self, lot=None, **vals):
        # Tags are made by events; nobody else may make them.
        return (
            self.env["farm.tag"]
            .sudo()
            .create(
                {
                    "kind": "bunch",
                    "state": "active",
                    "company_id": self.env.company.id,
                    "lot_id": lot and lot.id,
                    "lineage_code": lot and lot.lineage_code,
                }
                | vals
            )
        )

    def test_a_chip_is_its_lot_and_is_seen_last_here(self):
        [lot] = self.make_lots()
        tag = self.make_tag(lot, uid=UID.hex())
        self.assertEqual(self.pass_by(self.make_point(), {"uid": UID}), "applied")
        self.assertEqual(self.reads().tag, lot.lineage_code)
        self.assertEqual(self.lies(lot, self.cold), 12)
        self.assertRecordValues(
            tag,
            [
                {
                    "last_seen": self.event().at,
                    "last_location_id": self.cold.id,
                    "last_device_id": self.gate.id,
                }
            ],
        )

    def test_chip_and_code_of_one_tag_are_one_tag(self):
        [lot] = self.make_lots()
        self.make_tag(lot, uid=UID.hex())
        self.pass_by(self.make_point(), {"uid": UID}, lot, self.tag(lot) | {"uid": UID})
        self.assertEqual(self.outcomes(), ["counted", "repeated", "repeated"])

    def test_a_retired_tag_is_unknown(self):
        self.make_tag(None, uid=UID.hex(), state="retired")
        self.pass_by(self.make_point(), {"uid": UID})
        self.assertEqual(self.outcomes(), ["unknown"])

    def test_a_farmer_s_card_is_no_goods(self):
        self.make_tag(None, uid=UID.hex(), kind="card", partner_id=self.farmer.id)
        self.pass_by(self.make_point(), {"uid": UID})
        self.assertEqual(self.outcomes(), ["wrong_place"])

    def test_tags_of_pieces_count_the_lot(self):
        [lot] = self.make_lots(quantity=16)  # 8 pieces
        for number in range(4):
            self.make_tag(lot, kind="unit", lineage_code=f"PIECE-{number}")
        self.pass_by(self.make_point(), "PIECE-0", "PIECE-1", "PIECE-2")
        self.assertEqual(self.lies(lot, self.cold), 6)
        self.assertEqual(len(self.event().picking_id.move_line_ids), 1)

    def test_the_tag_of_a_crate_is_all_that_is_in_it(self):
        lots = self.make_lots(3)
        package = self.make_package(lots[:2], "CRATE-2")
        self.make_tag(None, kind="crate", uid=UID.hex(), package_id=package.id)
        self.pass_by(self.make_point(), {"uid": UID})
        self.assertEqual(package.location_id, self.cold)
        self.assertEqual(package.quant_ids.lot_id, lots[:2])

    def test_a_crate_and_what_is_in_it_is_moved_once(self):
        lots = self.make_lots(2)
        package = self.make_package(lots, "CRATE-3")
        self.make_tag(None, kind="crate", uid=UID.hex(), package_id=package.id)
        self.assertEqual(
            self.pass_by(self.make_point(), {"uid": UID}, *lots), "applied"
        )
        self.assertEqual(self.outcomes(), ["counted"] * 3)
        self.assertEqual(package.location_id, self.cold)
        self.assertEqual(sum(self.event().picking_id.move_ids.mapped("quantity")), 24)

    def test_a_code_on_anothers_chip_is_a_copy(self):
        lots = self.make_lots(2)
        tag = self.make_tag(lots[0], uid=UID.hex())
        other = self.make_tag(lots[1], uid="04ff")
        self.pass_by(self.make_point(), self.tag(lots[1]) | {"uid": UID})
        self.assertEqual((tag | other).mapped("state"), ["suspected"] * 2)
        self.assertEqual(self.outcomes(), ["refused"])
        self.assertIn("copy", self.reads().reason)
        self.assertEqual(self.lies(lots[1], self.cold), 0)

    def test_a_transfer_names_a_read_point(self):
        [lot] = self.make_lots()
        lot.sudo().lineage_code = "1G7400N6-HW"
        self.make_tag(lot)
        point = self.make_point()
        body = {"at": NOW, "codes": [lot.lineage_code], "to": point.code}
        self.journal.add("transfer", body)
        self.assertEqual(self.send(), ["applied"])
        self.assertEqual(self.lies(lot, self.cold), 12)
