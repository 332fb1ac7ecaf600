from odoo.tests import tagged

from .forged_common import ForgedCase

NOT_YOURS = "not yours"


@tagged("post_install", "-at_install")
class TestForged(ForgedCase):
    """A device asks for what its user may not do: told so, and nothing is done."""

    def test_of_another_pickers_warehouse(self):
        other = self.env["stock.warehouse"].create({"name": "Far", "code": "FAR"})
        self.picker.scan_warehouse_ids = other
        for kind in ("scan", "undo", "pack", "finish"):
            with self.subTest(kind):
                answer = self.answer(self.pick(kind=kind))
                self.assertEqual(answer["state"], "refused")
                self.assertIn(NOT_YOURS, answer["message"])
                self.assertNotIn("sheet", answer)
                self.assertNotIn(self.picking.name, answer["message"])
        error = self.ask("open", "pick", self.picking.id)["error"]
        self.assertIn(NOT_YOURS, error["data"]["message"])
        documents = self.ask("documents", "pick")["result"]["answer"]
        self.assertNotIn(self.picking.id, [one["id"] for one in documents])
        self.assertNothingDone()

    def test_of_another_type(self):
        for scenario in ("receive", "put_away", "count", "nothing", "_post"):
            with self.subTest(scenario):
                answer = self.answer(self.pick(scenario=scenario))
                self.assertEqual(answer["state"], "refused")
                self.assertNotIn("sheet", answer)
        self.assertNothingDone()

    def test_what_is_no_kind_of_scan(self):
        for kind in ("_apply", "unlink", "apply", "scan__", "s" * 40):
            with self.subTest(kind):
                answer = self.answer(self.pick(kind=kind))
                self.assertEqual(answer["state"], "refused")
        self.assertNothingDone()

    def test_of_nobody(self):
        for document_id in (0, -1, 2**40, "1", None, [], self.picking.id + 10**6):
            with self.subTest(document_id):
                answer = self.answer(self.pick(document_id=document_id))
                self.assertEqual(answer["state"], "refused")
                self.assertIn(NOT_YOURS, answer["message"])
        self.assertNothingDone()

    def test_somebody_elses_scan(self):
        other = self.make_user("stock")
        event = self.pick()
        self.scan.with_user(other).post([event])
        self.assertEqual(self.scanned(), 5)
        mine = self.pick()
        error = self.send(mine, event)["error"]
        self.assertIn(other.name, error["data"]["message"])
        self.assertFalse(self.event_of(mine["uuid"]))
        undo = self.answer(self.pick(kind="undo", of=event["uuid"], text=""))
        self.assertEqual(undo["state"], "refused")
        self.assertEqual(self.scanned(), 5)

    def test_scans_are_changed_by_nobody(self):
        self.answer(self.pick())
        self.post("pick", self.picking, "LOT-1", user=self.make_user("stock"))
        seen = self.env["farm.scan.event"].with_user(self.picker).search([])
        self.assertEqual(seen.user_id, self.picker)
        for method, args in (("write", [{"text": "x"}]), ("unlink", [])):
            self.assertIn(
                "error", self.call("farm.scan.event", method, seen.ids, *args)
            )
        self.assertEqual(seen.exists().mapped("text"), ["LOT-1"])

    def test_the_doors_rooms_are_not_asked_by_themselves(self):
        for model, method in (
            ("farm.scan", "_post_one"),
            ("farm.scan.pick", "_apply"),
            ("farm.scan.event", "_claim"),
        ):
            with self.subTest(method):
                self.assertIn("error", self.call(model, method, {}))
