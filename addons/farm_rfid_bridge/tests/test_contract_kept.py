from odoo.tests import tagged

from ..protocol.envelope import Enrolment
from ..protocol.resume import Asked
from .journal import Journal
from .tag_common import CardCase
from .test_contract import meant, read_vectors

#: what becomes of the bodies, in their order, where the goods are as they say
STATES = [
    ("purchase", "applied"),
    ("purchase", "refused"),  # the card is of an authority that is not known here
    ("treatment", "applied"),
    ("split", "applied"),
    ("transfer", "applied"),
    ("merge", "applied"),
    ("read", "applied"),
    ("retire", "applied"),
    ("card", "refused"),  # this device writes no cards
]


@tagged("post_install", "-at_install")
class TestContractKept(CardCase):
    """The server does what the vectors say, and answers in their form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vectors = read_vectors()
        cls.device.sudo().key_id.number = cls.vectors["number"]
        cls.device.sudo().number = cls.journal.number = cls.vectors["number"]
        cls.name_world()

    @classmethod
    def name_world(cls):
        """Call what there is as the vectors do."""
        cls.call(cls.farmer, farm_code="F-12")
        cls.call(cls.crop, code="RAJA")
        cls.call(cls.cycle, name="CYCLE-7")
        cls.call(cls.hand, default_code="HAND")
        cls.call(cls.make_product(name="Soap"), default_code="SOAP")
        cold = cls.env["stock.location"].create(
            {"name": "Cold", "location_id": cls.warehouse.lot_stock_id.id}
        )
        cls.call(cold, barcode="COLD-1")
        cls.env["farm.read.point"].with_user(cls.keeper).create(
            {
                "name": "Gate",
                "code": "GATE-1",
                "meaning": "observe",
                "location_id": cold.id,
            }
        )

    @classmethod
    def call(cls, record, **name):
        """Give a name, which what others left here may have."""
        [(field, value)] = name.items()
        others = record.with_context(active_test=False).search([(field, "=", value)])
        for other in others - record:
            other[field] = f"{value}-{other.id}"
        record[field] = value

    def answer(self, name):
        answers = {one["name"]: one for one in self.vectors["answers"]}
        return meant(answers[name]["says"])

    def assertForm(self, told, vector):
        self.assertEqual(told.keys(), vector.keys())

    def test_bodies_do_what_they_say(self):
        for vector in self.vectors["bodies"]:
            self.journal.add(vector["kind"], bytes.fromhex(vector["cbor"]))
        self.push()
        events = self.events()
        self.assertNotIn("bad-body", events.mapped("reason_code"))
        self.assertEqual(
            [(one.kind, one.state) for one in events],
            STATES,
            [one.message for one in events],
        )

    def test_every_kind_has_a_body(self):
        kinds = {vector["kind"] for vector in self.vectors["bodies"]}
        self.assertEqual(kinds, set(self.env["farm.device.event"]._kinds()))

    def test_the_server_answers_in_this_form(self):
        vector = self.answer("push: an event in each state")
        self.buy("A-1")
        told = self.push()
        self.assertForm(told, vector)
        self.assertForm(told["results"][0], vector["results"][0])
        vector = self.answer("snapshot: a page, and more to come")
        self.env.flush_all()
        told = self.device.sudo()._snapshot(Asked())
        self.assertForm(told, vector)
        self.assertForm(told["items"][0], vector["items"][0])
        self.issue()
        [told] = self.writer.sudo()._card_orders()
        self.assertForm(told, self.answer("cards: one signed for a chip")["orders"][0])

    def test_the_server_takes_devices_on_in_this_form(self):
        device, _journal = self.make_device(enrol=False)
        code = device._new_enrolment_code()
        told = self.env["farm.device"]._enrol(Enrolment(**Journal().enrolment(code)))
        vector = self.answer("enrol")
        self.assertForm(told, vector)
        self.assertForm(told["device"], vector["device"])
        self.assertForm(told["device"]["scope"], vector["device"]["scope"])
        self.assertForm(told["server_key"], vector["server_key"])
