from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .tag_common import TagCase

UIDS = "04:00:00:00:00:00:61\n04 00 00 00 00 00 62, 04000000000063;\n\n"


@tagged("post_install", "-at_install")
class TestTagStore(TagCase):
    """Blank tags are registered, and tags are put on packages, by who keeps goods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock = cls.make_user("stock")

    def register(self, text=UIDS, user=None):
        form = Form(self.env["farm.tag.blank"].with_user(user or self.stock))
        form.uids = text
        [(_field, _in, ids)] = form.save().action_register()["domain"]
        return self.env["farm.tag"].with_user(self.stock).browse(ids)

    # -- blanks -----------------------------------------------------------------------

    def test_blanks_are_registered_as_they_are_pasted(self):
        blanks = self.register()
        self.assertEqual(
            blanks.mapped("uid"), [f"040000000000{one}" for one in (61, 62, 63)]
        )
        self.assertEqual(set(blanks.mapped("state")), {"blank"})
        self.assertEqual(set(blanks.mapped("chip")), {"NTAG215"})
        [change] = blanks[0].change_ids
        self.assertEqual((change.deed, change.user_id), ("registered", self.stock))

    def test_a_blank_becomes_the_tag_that_is_written_on_it(self):
        blank = self.register("04" + 11 * "0" + "5")
        self.assertEvent(self.tell_purchase(self.bunch(1, uid=5)), "applied")
        self.assertEqual(self.tags(self.code(1)), blank.sudo())
        self.assertEqual(blank.state, "active")

    def test_what_is_no_uid_is_refused(self):
        for text in ("fingers", "04A1", " , ;"):
            with self.subTest(text=text), self.assertRaises(UserError):
                self.register(text)

    def test_a_chip_that_is_a_tag_is_refused(self):
        self.tell_purchase(self.bunch(1, uid=5))
        with self.assertRaisesRegex(UserError, "are tags already: 04000000000005"):
            self.register("04000000000005\n04000000000006")

    def test_who_keeps_no_goods_registers_none(self):
        with self.assertRaises(AccessError):
            self.register(user=self.make_user("officer", self.village))
        tags = self.env["farm.tag"].with_user(self.make_user("officer", self.village))
        with self.assertRaisesRegex(UserError, "inventory users"):
            tags._register_blanks("NTAG215", "04000000000061")

    # -- packages ---------------------------------------------------------------------

    def put_on(self, tag, package, epc=False):
        wizard = self.env["farm.tag.packing"].with_user(self.stock)
        form = Form(wizard.with_context(default_tag_id=tag.id))
        form.package_id = package
        form.epc = epc
        return form.save().action_put_on()

    def test_a_tag_is_put_on_a_package(self):
        blank = self.register("04000000000061")
        package = self.env["stock.package"].create({"name": "PALLET-7"})
        self.put_on(blank, package, "urn:epc:id:sscc:0614141.1234567890")
        self.assertRecordValues(
            blank,
            [
                {
                    "state": "active",
                    "kind": "pallet",
                    "package_id": package.id,
                    "epc": "urn:epc:id:sscc:0614141.1234567890",
                }
            ],
        )
        change = blank.change_ids.sorted()[0]
        self.assertEqual((change.deed, change.reason), ("linked", "PALLET-7"))
        other = self.env["stock.package"].create({"name": "PALLET-8"})
        self.put_on(blank, other)
        self.assertEqual(blank.package_id, other)
        self.assertTrue(blank.epc)

    def test_the_tag_of_a_bunch_is_put_on_no_package(self):
        self.tell_purchase(self.bunch(1, uid=5))
        package = self.env["stock.package"].create({"name": "PALLET-7"})
        with self.assertRaisesRegex(UserError, "is on another thing"):
            self.put_on(self.tags(self.code(1)).with_user(self.stock), package)

    def test_what_is_no_epc_is_refused(self):
        blank = self.register("04000000000061")
        package = self.env["stock.package"].create({"name": "PALLET-7"})
        with self.assertRaisesRegex(UserError, "is no EPC"):
            self.put_on(blank, package, "PALLET-7")
