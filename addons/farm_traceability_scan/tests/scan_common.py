from itertools import count
from uuid import uuid4

from hypothesis import strategies as st
from odoo.addons.farm_traceability.tests.rotation_common import RotationCase

#: texts of all characters, also halves of pairs, which come through JSON as well
ANY_TEXT = st.text(
    st.characters() | st.characters(categories=["Cs", "Cc"]), max_size=80
) | st.sampled_from(("LOT\ud800", "\x1d\x1d", "%_\\", "9" * 5_000, "FARM:OK", "]d2"))


class DeviceCase:
    """A picker has a device; goes before a case that has ``picker``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seconds = count(1_780_000_000)
        cls.scan = cls.env["farm.scan"].with_user(cls.picker)

    def event(self, scenario, document, text="", **more):
        return {
            "uuid": str(uuid4()),
            "device": "handheld-1",
            "scenario": scenario,
            "document_id": document.id,
            "kind": "scan",
            "text": text,
            "at": next(self.seconds) * 1000,
        } | more

    def post(self, scenario, document, text="", user=None, **more):
        """Send one event; gives its answer."""
        scan = self.scan.with_user(user) if user else self.scan
        [answer] = scan.post([self.event(scenario, document, text, **more)])
        return answer


class ScanCase(DeviceCase, RotationCase):
    """A picker, stock with dates, and a device."""
