import hashlib

from odoo.tests import tagged

from ..protocol import problems
from ..protocol.resume import Asked
from .bridge_common import BridgeCase


class SnapshotCase(BridgeCase):
    """A device that carries what it was told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What other tests or demonstrations left is not counted.
        cls.device.warehouse_id = cls.warehouse

    def setUp(self):
        super().setUp()
        self.carried, self.since = {}, 0

    def page(self, device=None, **asked):
        self.env.flush_all()
        return (device or self.device).sudo()._snapshot(Asked(**asked))

    def sync(self, region="", since=None):
        """Ask page by page, as a device does; gives what was told."""
        since = self.since if since is None else since
        page = self.page(region=region, since=since)
        pages = [page]
        while page["token"]:
            page = self.page(token=page["token"])
            pages.append(page)
        if pages[0]["is_full"]:
            self.carried = {}
        told = [item for page in pages for item in page["items"]]
        for item in told:
            key = item["kind"], item["id"]
            self.carried[key] = item["version"]
            if item["data"] is None:
                del self.carried[key]
        self.since = page["since"]
        self.assertEqual(page["state_hash"], self.state_hash())
        self.pages = pages
        return told

    def state_hash(self):
        lines = [
            f"{kind}:{res_id}:{version}"
            for (kind, res_id), version in sorted(self.carried.items())
        ]
        return hashlib.sha256("\n".join(lines).encode()).digest()

    def told(self, items, kind):
        return {item["id"]: item["data"] for item in items if item["kind"] == kind}


@tagged("post_install", "-at_install")
class TestSnapshot(SnapshotCase):
    """A device carries what it works with, and nothing else."""

    def test_a_device_is_told_what_it_works_with(self):
        self.buy("A-1")
        self.push()
        self.events().picking_id.button_validate()
        items = self.sync()
        self.assertEqual(
            self.told(items, "farmer")[self.farmer.id],
            {
                "code": self.farmer.farm_code,
                "name": self.farmer.name,
                "region": self.village.code,
            },
        )
        certificate = self.told(items, "certificate")[self.certificate.id]
        self.assertEqual(certificate["number"], self.certificate.name)
        self.assertEqual(certificate["valid_to"], str(self.certificate.valid_to))
        self.assertEqual(certificate["crops"][0]["crop"], self.crop.id)
        self.assertEqual(self.told(items, "crop")[self.crop.id]["code"], self.crop.code)
        self.assertLessEqual(
            set(self.crop.grade_ids.ids), set(self.told(items, "grade"))
        )
        self.assertEqual(self.told(items, "guide")[self.guide.id]["version"], 1)
        key = self.told(items, "device_key")[self.device.key_id.id]
        self.assertEqual(key["public_key"], self.journal.public_key.hex())
        bunch = self.told(items, "bunch")[self.lots("A-1").id]
        self.assertEqual((bunch["pieces"], bunch["left"]), (8, 8))
        self.assertEqual(bunch["code"], self.journal.code("A-1"))

    def test_nothing_changed_is_nothing_told(self):
        self.sync()
        self.assertEqual(self.sync(), [])
        self.assertFalse(self.pages[0]["is_full"])

    def test_what_changed_is_told_and_no_more(self):
        self.sync()
        self.farmer.name = "Another name"
        self.farmer.phone = "0812"
        [item] = self.sync()
        self.assertEqual((item["kind"], item["id"]), ("farmer", self.farmer.id))
        self.assertEqual(item["data"]["name"], "Another name")
        self.assertNotIn("0812", str(item))
        self.farmer.phone = "0813"
        self.assertEqual(self.sync(), [])

    def test_a_farmer_who_leaves_the_region_is_gone(self):
        self.sync()
        self.farmer.farm_region_id = self.other_village
        gone = {(item["kind"], item["id"]): item["data"] for item in self.sync()}
        self.assertIn(("farmer", self.farmer.id), gone)
        self.assertIn(("certificate", self.certificate.id), gone)
        self.assertEqual(set(gone.values()), {None})
        self.farmer.farm_region_id = self.village
        self.assertIn(self.farmer.id, self.told(self.sync(), "farmer"))

    def test_what_is_gone_is_not_told_to_who_never_had_it(self):
        self.sync()
        self.farmer.farm_region_id = self.other_village
        self.sync()
        items = self.sync(since=0)
        self.assertTrue(self.pages[0]["is_full"])
        self.assertNotIn(None, [item["data"] for item in items])

    def test_a_revoked_certificate_is_told(self):
        self.sync()
        self.certificate.revoke("Sprayed")
        [item] = self.sync()
        self.assertEqual(item["data"]["state"], "revoked")

    def test_a_device_that_lost_its_memory_is_told_all(self):
        first = self.sync()
        self.assertEqual(len(self.sync(since=0)), len(first))
        self.assertEqual(len(self.sync(since=10_000_000)), len(first))
        self.assertTrue(self.pages[0]["is_full"])

    # -- whose it is ------------------------------------------------------------------

    def make_neighbour(self):
        """A farmer of the other village, whom the collector may see as well."""
        self.collector.farm_region_ids = self.subdistrict
        return self.make_farmer(self.other_village, farm_code="OTHER")

    def test_only_the_regions_of_the_device(self):
        other = self.make_neighbour()
        self.assertNotIn(other.id, self.told(self.sync(), "farmer"))
        self.device.region_ids = self.subdistrict
        self.assertIn(other.id, self.told(self.sync(), "farmer"))

    def test_one_region_is_asked_for(self):
        other = self.make_neighbour()
        self.device.region_ids = self.subdistrict
        farmers = self.told(self.sync(region=self.other_village.code), "farmer")
        self.assertEqual(set(farmers), {other.id})
        self.assertEqual(self.sync(region=self.other_village.code), [])
        self.assertIn(self.farmer.id, self.told(self.sync(since=0), "farmer"))

    def test_a_region_of_others_is_not_told(self):
        for code in (self.other_village.code, self.regency.code, "nowhere"):
            with self.subTest(code), self.assertRaises(problems.Forbidden):
                self.page(region=code)

    def test_the_rights_are_those_of_the_device_s_user(self):
        self.collector.farm_region_ids = self.other_village
        items = self.sync()
        self.assertNotIn(self.certificate.id, self.told(items, "certificate"))

    def test_another_company_s_farmer_is_not_told(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.farmer.company_id = company
        self.assertNotIn(self.farmer.id, self.told(self.sync(), "farmer"))

    def test_a_bunch_elsewhere_is_not_told(self):
        lot = self.receive(12).lot_ids
        lot.sudo().lineage_code = self.journal.code("A-9")
        self.assertIn(lot.id, self.told(self.sync(), "bunch"))
        shop = self.env["stock.location"].create(
            {"name": "Shop", "location_id": self.warehouse.view_location_id.id}
        )
        self.device.location_ids = shop
        self.assertEqual(self.told(self.sync(), "bunch"), {lot.id: None})

    def test_a_revoked_device_is_told_nothing(self):
        self.device._revoke("Stolen", from_seq=5)
        with self.assertRaises(problems.DeviceRevoked):
            self.page()
