from threading import Thread
from uuid import uuid4

from odoo.addons.farm_traceability.tests.parallel_common import ParallelHoldCase

ADMIN = 2


class ParallelScanCase(ParallelHoldCase):
    """Devices that send at the same time, each by a transaction of its own."""

    scenario = "pick"

    def setUp(self):
        super().setUp()
        self.uuids = []

    def take_away(self):
        with self.transaction() as env:
            env["farm.scan.event"].search([("uuid", "in", self.uuids)]).unlink()
        return super().take_away()

    def event(self, document_id, kind="scan", **more):
        self.uuids.append(str(uuid4()))
        return {
            "uuid": self.uuids[-1],
            "scenario": self.scenario,
            "document_id": document_id,
            "kind": kind,
            "text": "PARALLEL-0" if kind == "scan" else "",
            "at": 1_780_000_000_000,
        } | more

    def sender(self, event, user_id=ADMIN):
        """What posts an event, and gives its answer."""

        def send():
            def work(env):
                [answer] = env["farm.scan"].with_user(user_id).post([event])
                env.flush_all()
                posted.append(answer)

            posted = []
            self.retrying(work)
            return posted[-1]

        return send

    def all_at_once(self, works):
        """What each of several functions gives, in no order."""
        given, failures = [], []

        def run(work):
            try:
                given.append(work())
            except Exception as error:  # it is raised where the test sees it
                failures.append(error)

        threads = [Thread(target=run, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(failures, [])
        return given

    def applied(self, answers):
        return [one for one in answers if one and one["state"] == "applied"]
