from odoo.tests import tagged

from .dashboard_common import DashboardCase


@tagged("post_install", "-at_install")
class TestDashboardQuality(DashboardCase):
    """Holds, recalls, drills and certificates."""

    def test_open_holds_and_their_lots(self):
        before = self.values_of(self.tile("holds"))
        self.assertEqual(before, {"Open holds": 0, "Lots on hold": 0})
        self.place(self.late | self.early)
        self.place(self.late, "temperature", "Too warm")
        self.place(self.sister)._release("Was well")
        tile = self.tile("holds")
        self.assertEqual(self.values_of(tile), {"Open holds": 2, "Lots on hold": 2})
        self.assertEqual(
            self.cells(tile),
            {("Quality", "Open holds"): 1, ("Temperature", "Open holds"): 1},
        )
        [holds, lots] = tile["figures"]
        self.assertEqual(self.behind(lots), self.late | self.early)
        self.assertEqual(len(self.behind(holds)), 2)

    def test_holds_of_another_crop_or_warehouse_are_not_counted(self):
        self.place(self.late)
        crop = self.make_crop()
        house = self.env["stock.warehouse"].create({"name": "Cold", "code": "COLD"})
        nothing = {"Open holds": 0, "Lots on hold": 0}
        self.assertEqual(self.values_of(self.tile("holds", crop_id=crop.id)), nothing)
        cold = self.tile("holds", warehouse_id=house.id)
        self.assertEqual(self.values_of(cold), nothing)
        here = self.tile("holds", warehouse_id=self.warehouse.id)
        self.assertEqual(self.values_of(here), {"Open holds": 1, "Lots on hold": 1})

    def test_recalls_by_what_they_are(self):
        recalls = self.env["farm.recall"].with_user(self.quality)
        before = self.values_of(self.tile("recalls", self.manager, crop_id=False))
        recalls.create({"reason": "Glass"})
        after = self.values_of(self.tile("recalls", self.manager, crop_id=False))
        self.assertEqual(after.pop("Drafts and complaints"),
                         before.pop("Drafts and complaints") + 1)  # fmt: skip
        self.assertEqual(after, before)

    def test_the_next_drill_of_each_company(self):
        company = self.env.company
        self.env["farm.recall"].search(
            [("company_id", "=", company.id), ("is_mock", "=", True)]
        ).sudo().state = "cancelled"
        [row] = self.tile("drills", self.manager)["tables"][0]["rows"]
        self.assertEqual(row["label"], company.name)
        self.assertEqual(row["cells"][0]["value"], self.day.isoformat())
        self.assertEqual(row["cells"][0]["hint"], "Overdue")
        company.recall_drill_months = 0
        [row] = self.tile("drills", self.manager)["tables"][0]["rows"]
        self.assertEqual(row["cells"][0]["text"], "Never")

    def test_a_closed_drill_is_counted_from(self):
        company = self.env.company
        company.recall_drill_months = 6
        recalls = self.env["farm.recall"]
        for month in (2, 4):
            recalls.create(
                {"is_mock": True, "reason": "Drill", "state": "closed",
                 "closed_at": f"2026-{month:02}-10 05:00:00"}
            )  # fmt: skip
        [row] = self.tile("drills", self.manager)["tables"][0]["rows"]
        self.assertEqual(row["cells"][0]["value"], "2026-10-10")
        self.assertEqual(row["cells"][0]["tone"], "")

    def test_certificates_that_end(self):
        crop = self.make_crop()
        for days in (0, 30, 31, 60, 90, 91):
            self.make_certificate(self.make_farmer(), crop, valid_to=self.days(days))
        self.make_certificate(self.make_farmer(), crop, issue=False)
        tile = self.tile("certificates", self.manager, crop_id=crop.id)
        column = "Certificates"
        self.assertEqual(
            self.cells(tile),
            {("Within 30 days", column): 2, ("Within 60 days", column): 4,
             ("Within 90 days", column): 5, ("Suspended", column): 0},
        )  # fmt: skip

    def test_a_keeper_counts_the_certificates_that_he_may_read(self):
        self.make_certificate(self.make_farmer(), valid_to=self.days(5))
        manager = self.cells(self.tile("certificates", self.manager))
        keeper = self.cells(self.tile("certificates"))
        key = ("Within 30 days", "Certificates")
        self.assertEqual((manager[key], keeper[key]), (1, 0))
