from odoo.addons.farm_traceability.tests.common import FarmCase
from odoo.tests import new_test_user

from ..protocol.envelope import Enrolment
from ..protocol.problems import Problem
from .journal import Journal

#: 2026-06-15 03:00 UTC, when the time of ``FarmCase`` stands still
NOW = 1_781_492_400_000
#: since when the devices have their keys: what they did before is not believed
ENROLLED = "2026-01-01 00:00:00"
KEEPER = ",".join(
    (
        "stock.group_stock_manager",
        "farm_traceability.group_collector",
        "farm_traceability.group_officer",
    )
)


class BridgeCase(FarmCase):
    """A collector of the village with an enrolled device, and who keeps devices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.farmer.farm_code = f"F-{next(cls.numbers)}"
        cls.collector = cls.make_user("collector", cls.village)
        cls.keeper = new_test_user(cls.env, f"keeper{next(cls.numbers)}", groups=KEEPER)
        cls.quality = cls.make_user("quality")
        cls.device, cls.journal = cls.make_device()

    def setUp(self):
        super().setUp()
        self.journal = self.journal.twin()  # what one test writes is no other's

    @classmethod
    def make_device(cls, enrol=True, **vals):
        device = (
            cls.env["farm.device"]
            .with_user(cls.keeper)
            .create(
                {
                    "name": f"Tablet {next(cls.numbers)}",
                    "user_id": cls.collector.id,
                    "warehouse_id": cls.warehouse.id,
                    "region_ids": cls.village.ids,
                    "may_write_bunches": True,
                }
                | vals
            )
        )
        journal = Journal()
        if enrol:
            cls.enrol(device, journal)
        return device, journal

    @classmethod
    def enrol(cls, device, journal):
        code = device._new_enrolment_code()
        answer = cls.env["farm.device"]._enrol(Enrolment(**journal.enrolment(code)))
        journal.enrolled(answer)
        device.key_id.sudo().valid_from = ENROLLED

    # -- what a device does -----------------------------------------------------------

    def purchase(self, *names, grams=12_000, journal=None, **vals):
        """The body of a purchase of one bunch per name, see ``Journal.code``."""
        codes = [(journal or self.journal).code(name) for name in names]
        bunches = [{"code": code, "grams": grams, "hands": 8} for code in codes]
        return {
            "at": NOW,
            "farmer": self.farmer.farm_code,
            "crop": self.crop.code,
            "bunches": bunches,
        } | vals

    def buy(self, *names, journal=None, **vals):
        """Write a purchase down."""
        journal = journal or self.journal
        return journal.add("purchase", self.purchase(*names, journal=journal, **vals))

    def push(self, device=None, journal=None, **limits):
        """Send the journal, without HTTP; gives the answer."""
        journal = journal or self.journal
        answer = (device or self.device).sudo()._push(journal.push(clock=NOW, **limits))
        if isinstance(answer, Problem):
            return answer
        self.env.flush_all()
        return answer

    def pushed(self, **limits):
        """The states of what was sent."""
        return [one["state"] for one in self.push(**limits)["results"]]

    def events(self, device=None):
        return self.env["farm.device.event"].search(
            [("device_id", "=", (device or self.device).id)], order="id"
        )

    def lots(self, *names, journal=None):
        codes = [(journal or self.journal).code(name) for name in names]
        return self.env["stock.lot"].search([("lineage_code", "in", codes)])
