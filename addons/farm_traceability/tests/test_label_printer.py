import socket
from contextlib import contextmanager, suppress
from threading import Event, Thread
from unittest.mock import patch

from odoo.sql_db import db_connect
from odoo.tests import get_db_name, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ..models.label import wire
from .killed_common import KilledCase
from .label_case import LabelCase

NAME = "Parallel Printer"


class Printer:
    """A printer at a port of its own, in a thread: it reads, breaks off or hangs."""

    def __init__(self, manner="reads"):
        self.manner = manner
        self.received, self.jobs = b"", 0
        self.some_came, self.may_go_on = Event(), Event()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        Thread(target=self.work, daemon=True).start()

    def work(self):
        while True:
            try:
                line, _address = self.door.accept()
            except OSError:
                return
            with line:
                self.jobs += 1
                self.serve(line)

    def serve(self, line):
        self.received += line.recv(100)
        self.some_came.set()
        if self.manner == "breaks":
            return
        if self.manner in ("waits", "hangs"):
            self.may_go_on.wait(60)
        while self.manner != "hangs" and (more := line.recv(65536)):
            self.received += more

    def switch_off(self):
        self.may_go_on.set()
        # Closing alone does not wake the thread that waits at the door.
        with suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()


class LabelPrinterCase(KilledCase):
    """Jobs that are committed, so that workers of their own can send them."""

    def setUp(self):
        self.printers = []
        super().setUp()

    def make_world(self, env):
        world = super().make_world(env)
        template = env["farm.label.template"].create(
            {
                "name": "Printer Test",
                "block_ids": [
                    (0, 0, {"content": "{lot}", "width": 90, "height": 10}),
                ],
            }
        )
        self.template_id, self.company_id = template.id, env.company.id
        return world

    def take_away(self):
        for printer in self.printers:
            printer.switch_off()
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(
                """DELETE FROM farm_label_job job USING farm_label_printer printer
                    WHERE printer.id = job.printer_id AND printer.name = %s""",
                [NAME],
            )
            cr.execute("DELETE FROM farm_label_printer WHERE name = %s", [NAME])
        with self.transaction() as env:
            env["farm.label.template"].browse(self.template_id).unlink()
        return super().take_away()

    def switch_on(self, manner="reads"):
        printer = Printer(manner)
        self.printers.append(printer)
        return printer

    def free_port(self):
        """A port where nobody listens."""
        with socket.create_server(("127.0.0.1", 0)) as door:
            return door.getsockname()[1]

    def print_labels(self, port, copies=3, **vals):
        """A job for the printer at this port; its id."""
        vals |= {"name": NAME, "host": "127.0.0.1", "port": port}
        with self.transaction() as env:
            printers = env["farm.label.printer"]
            known = printers.search([("name", "=", NAME), ("port", "=", port)])
            printer = known or printers.create(vals)
            lots = env["stock.lot"].browse(self.lot_ids[:1])
            batch = [(one, copies) for one in lots._get_label_subjects("lot")]
            template = env["farm.label.template"].browse(self.template_id)
            return template._print(batch, printer=printer).id

    def send(self):
        with self.transaction() as env:
            env["farm.label.job"]._cron_send()

    def job(self, job_id, *names):
        with self.transaction() as env:
            return env["farm.label.job"].browse(job_id).read(names)[0]

    def state(self, job_id):
        return self.job(job_id, "state")["state"]

    def do(self, job_id, action):
        with self.transaction() as env:
            getattr(env["farm.label.job"].browse(job_id), action)()

    @contextmanager
    def impatient(self):
        """Half a second in place of half a minute."""
        with (
            patch.object(wire, "PIECE_SECONDS", 0.5),
            patch.object(wire, "CONNECT_SECONDS", 0.5),
        ):
            yield


@tagged("post_install", "-at_install")
class TestLabelPrinter(LabelPrinterCase):
    """A real printer at a real port: on, off, hanging, broken."""

    def test_a_printer_gets_all_labels_once(self):
        printer = self.switch_on()
        job = self.print_labels(printer.port)
        self.assertEqual(self.state(job), "waiting")
        self.assertFalse(printer.jobs)
        self.send()
        self.send()
        self.assertEqual(self.state(job), "sent")
        self.assertEqual(printer.jobs, 1)
        self.assertEqual(printer.received.count(b"^XA"), 3)
        self.assertEqual(printer.received.count(b"^XZ"), 3)

    def test_a_printer_that_takes_pdf_gets_pdf(self):
        printer = self.switch_on()
        self.print_labels(printer.port, language="pdf")
        self.send()
        self.assertTrue(printer.received.startswith(b"%PDF"))

    def test_a_printer_that_is_off_lets_the_job_wait_and_says_so(self):
        job = self.print_labels(self.free_port())
        self.send()
        found = self.job(job, "state", "message", "attempts")
        self.assertEqual((found["state"], found["attempts"]), ("waiting", 1))
        self.assertRegex(found["message"], "Parallel Printer does not answer at")
        printer = self.switch_on()
        with self.transaction() as env:
            env["farm.label.job"].browse(job).sudo().printer_id.port = printer.port
        self.send()
        found = self.job(job, "state", "message")
        self.assertEqual((found["state"], found["message"]), ("sent", False))

    def test_other_jobs_of_a_printer_that_is_off_are_not_tried_in_vain(self):
        port = self.free_port()
        first, second = self.print_labels(port), self.print_labels(port)
        self.send()
        self.assertEqual(self.job(first, "attempts")["attempts"], 1)
        self.assertEqual(self.job(second, "attempts")["attempts"], 0)

    def test_a_printer_that_is_off_keeps_no_other_from_printing(self):
        off = self.print_labels(self.free_port())
        printer = self.switch_on()
        on = self.print_labels(printer.port)
        self.send()
        self.assertEqual((self.state(off), self.state(on)), ("waiting", "sent"))

    def test_a_printer_that_breaks_off_leaves_it_to_people(self):
        printer = self.switch_on("breaks")
        job = self.print_labels(printer.port, copies=3000)
        with self.impatient():
            self.send()
            self.send()
        found = self.job(job, "state", "message")
        self.assertEqual(found["state"], "unclear")
        self.assertRegex(found["message"], "Look which labels came out")
        self.assertEqual(printer.jobs, 1)
        self.do(job, "action_set_sent")
        self.assertEqual(self.state(job), "sent")

    def test_a_printer_that_hangs_is_not_taken_for_one_that_printed(self):
        printer = self.switch_on("hangs")
        job = self.print_labels(printer.port)
        with self.impatient():
            self.send()
        self.assertEqual(self.state(job), "unclear")

    def test_a_printer_that_keeps_the_line_open_can_be_told_so(self):
        printer = self.switch_on("waits")
        job = self.print_labels(printer.port, confirms=False)
        self.send()
        self.assertEqual(self.state(job), "sent")

    def test_once_more_after_somebody_has_looked(self):
        printer = self.switch_on("hangs")
        job = self.print_labels(printer.port)
        with self.impatient():
            self.send()
        printer.manner = "reads"
        printer.may_go_on.set()
        self.do(job, "action_try_again")
        self.assertEqual(self.state(job), "waiting")
        self.send()
        self.assertEqual(self.state(job), "sent")
        self.assertEqual(printer.jobs, 2)

    def test_a_cancelled_job_is_not_sent(self):
        printer = self.switch_on()
        job = self.print_labels(printer.port)
        self.do(job, "action_cancel")
        self.send()
        self.assertEqual((self.state(job), printer.jobs), ("cancelled", 0))

    def test_two_workers_send_a_job_once(self):
        printer = self.switch_on("waits")
        job = self.print_labels(printer.port)
        with self.meanwhile(lambda env: env["farm.label.job"]._cron_send()) as other:
            other.start()
            self.assertTrue(printer.some_came.wait(30))
            self.send()
            self.assertEqual(self.state(job), "sending")
            printer.may_go_on.set()
        self.assertEqual((self.state(job), printer.jobs), ("sent", 1))

    def test_nobody_cancels_while_it_is_sent(self):
        printer = self.switch_on("waits")
        job = self.print_labels(printer.port)
        with self.meanwhile(lambda env: env["farm.label.job"]._cron_send()) as other:
            other.start()
            self.assertTrue(printer.some_came.wait(30))
            with self.assertRaisesRegex(Exception, "has changed in the meantime"):
                self.do(job, "action_cancel")
            printer.may_go_on.set()
        self.assertEqual(self.state(job), "sent")

    def test_a_worker_killed_in_the_middle_leaves_a_question(self):
        printer = self.switch_on("hangs")
        job = self.print_labels(printer.port)
        self.killed(
            """
            from odoo.addons.farm_traceability.models.label import wire

            def wait_in_the_middle(line):
                wait_for_the_end()

            wire._wait_for_the_end = wait_in_the_middle
            env["farm.label.job"]._cron_send()
            """
        )
        self.assertEqual(self.state(job), "sending")
        printer.manner = "reads"
        printer.may_go_on.set()
        self.send()
        found = self.job(job, "state", "message")
        self.assertEqual(found["state"], "unclear")
        self.assertRegex(found["message"], "Look which labels came out")
        self.assertEqual(printer.jobs, 1)

    def test_a_worker_killed_before_the_first_byte_asks_as_well(self):
        printer = self.switch_on()
        job = self.print_labels(printer.port)
        self.killed(
            """
            from odoo.addons.farm_traceability.models.label import wire

            wire.send = lambda *args: wait_for_the_end()
            env["farm.label.job"]._cron_send()
            """
        )
        self.send()
        self.assertEqual((self.state(job), printer.jobs), ("unclear", 0))


@tagged("post_install", "-at_install")
class TestPrinterPlace(LabelCase):
    """Where a printer can be, and who says so."""

    def make_printer(self, user=None, **vals):
        printers = self.env["farm.label.printer"].with_user(user or self.manager)
        return printers.create({"name": "Hall", "host": "192.168.1.50"} | vals)

    def test_addresses_that_no_printer_has(self):
        for host in ("169.254.169.254", "224.0.0.1", "0.0.0.0", "a b", "x/y", "u@h"):
            with self.subTest(host=host), self.refused("is no(t the)? address of"):
                self.make_printer(host=host)

    @mute_logger("odoo.sql_db")
    def test_ports_of_the_system_are_not_for_printers(self):
        for port in (22, 80, 0, 70000):
            with (
                self.subTest(port=port),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.make_printer(port=port)

    def test_a_name_that_leads_to_such_an_address_is_off(self):
        for host in ("169.254.1.1", "no-such-printer.invalid"):
            with self.subTest(host=host), self.assertRaises(wire.PrinterOff):
                wire.send(host, 9100, b"x")

    def test_the_job_waits_for_its_printer(self):
        printer = self.make_printer()
        job = self.print_labels(
            self.lots, self.bunch, output="printer", printer_id=printer.id
        )
        self.assertEqual((job.state, job.printer_id), ("waiting", printer))
        self.assertEqual(printer.waiting_count, 1)
        self.assertEqual(self.wizard(self.lot).printer_id, printer)
        job.with_user(self.picker).action_try_again()
        with self.refused("has changed in the meantime"):
            job.with_user(self.picker).action_set_sent()
        job.with_user(self.picker).action_cancel()
        self.assertEqual(job.state, "cancelled")
        # What was never printed is no reprint.
        self.assertFalse(self.print_labels(self.lots, self.bunch).is_reprint)

    def test_a_sheet_is_not_sent_to_a_printer_of_rolls(self):
        printer = self.make_printer()
        vals = {"output": "printer", "printer_id": printer.id}
        with self.refused("prints rolls, .* is a sheet. Download it"):
            self.print_labels(self.lot, self.sheet, **vals)
        printer.language = "pdf"
        self.assertEqual(
            self.print_labels(self.lot, self.sheet, **vals).state, "waiting"
        )

    def test_printers_of_another_company_are_hidden(self):
        other = self.env["res.company"].create({"name": "Neighbour"})
        printer = self.make_printer(user=self.env.user, company_id=other.id)
        printers = self.env["farm.label.printer"].with_user(self.picker)
        self.assertFalse(printers.search([("id", "=", printer.id)]))
