import subprocess
import sys
import tempfile

from odoo.tests import tagged

from .server_case import ServerCase

EXAMPLES = 100


@tagged("post_install", "-at_install")
class TestOpenApi(ServerCase):
    """The server does what its description says, whatever it is sent."""

    def test_what_is_sent_at_random_is_answered_as_described(self):
        journal = self.make_device()
        script = "from schemathesis.cli import schemathesis; schemathesis()"
        done = subprocess.run(
            [
                *(sys.executable, "-c", script, "run"),
                f"http://127.0.0.1:{self.port}/farm_rfid/v1/openapi.json",
                *("--header", f"Authorization: Bearer {journal.token}"),
                *("--max-examples", str(EXAMPLES), "--seed", "7"),
                # That events are numbered one by one and signed no schema can say.
                *("--exclude-checks", "positive_data_acceptance"),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.enterContext(tempfile.TemporaryDirectory()),  # it keeps notes
        )
        self.assertEqual(done.returncode, 0, done.stdout[-4000:])
