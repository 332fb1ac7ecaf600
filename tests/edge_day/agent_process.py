"""A device at the farm gate: real processes, a disk of its own, a virtual reader."""

import json
import os
import subprocess
import sys
import time

from farm_edge.reader.layout import message_in
from farm_edge.virtual import VirtualField
from farmtag import Chip
from page import Page

#: seconds, however busy the machine is
PATIENCE = 120
#: bytes of a Type 2 tag before its data area
HEAD = 16
#: the frame by which a page is written
WRITE = b"\xa2"
#: pages after which a tag is half written
PAGES = 12
#: seconds of an answer while somebody looks
SLOW = 0.02


class Device:
    """What stands on a table: the agent, its store, its reader, its page.

    :param home: folder of its own
    """

    def __init__(self, name, home):
        self.name, self.home = name, home
        home.mkdir()
        self.field = VirtualField()
        self.page = self._agent = None

    # -- the agent --------------------------------------------------------------------

    def start(self):
        """Start the agent; returns when it is ready."""
        command = self._command("run", "--reader", self.field.path, "--port", "0")
        with open(self.home / "log", "ab") as log:
            self._agent = subprocess.Popen(
                command, env=_environment(), stdout=subprocess.PIPE, stderr=log
            )
        said = self._agent.stdout.readline()
        assert said, f"{self.name} does not start: {self.log()}"
        self.page = Page(json.loads(said)["page"], self.log)

    def kill(self):
        """End the agent as when the battery falls out."""
        self._agent.kill()
        self._seen_off()

    def stop(self):
        """End the agent as systemd does."""
        self._agent.terminate()
        code = self._seen_off()
        assert code == 0, f"{self.name} ended with {code}: {self.log()}"

    def _seen_off(self):
        self._agent.stdout.close()
        return self._agent.wait(PATIENCE)

    def remove(self):
        """End whatever still runs."""
        if self._agent and self._agent.poll() is None:
            self.kill()
        self.field.unplug()

    def log(self):
        """The end of what the agent has logged."""
        return (self.home / "log").read_text()[-3000:]

    # -- the command line -------------------------------------------------------------

    def command(self, *words):
        """A command; gives the lines that it says, each an object."""
        done = subprocess.run(
            self._command(*words),
            env=_environment(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, (self.name, words, done.stdout, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def _command(self, *words):
        words = [*words, "--json", "--store", str(self.home / "store.db")]
        return [sys.executable, "-m", "farm_edge", *words]

    # -- tags -------------------------------------------------------------------------

    def blank(self, name, chip, uid):
        """A new chip."""
        self.field.make(name, Chip[chip], uid)

    def messages(self):
        """What stands on the tags of this table: UID in hex → message."""
        chips = self.field.state()["chips"].items()
        found = {uid: self.field.memory(name) for name, (_chip, uid) in chips}
        return {uid: message_in(memory[HEAD:]) for uid, memory in found.items()}

    def carry(self, name, other, new_name=None):
        """Have a tag on another device's table, bit by bit as it is here."""
        chip, uid = self.field.state()["chips"][name]
        new_name = new_name or name
        other.field.make(new_name, Chip[chip], bytes.fromhex(uid))
        other.field.poke(new_name, 0, self.field.memory(name))

    def lay(self, name):
        """Lay a tag on the reader, in place of what lies there."""
        self.field.swap(name)

    def fall_while_writing(self, name):
        """End the agent in the middle of a write, and start it with the tag there."""
        self.field.frames()
        self.field.slow(SLOW)
        self.lay(name)
        self.wait_for_frames(WRITE, PAGES)
        self.kill()
        self.field.slow(0)
        self.start()

    def take(self, name):
        self.field.take(name)

    def wait_for_frames(self, begin, count):
        """Wait until the reader has sent so many frames that begin so."""
        seen, end = 0, time.monotonic() + PATIENCE
        while seen < count:
            assert time.monotonic() < end, f"{self.name} is silent: {self.log()}"
            seen += sum(frame.startswith(begin) for frame in self.field.frames())
            time.sleep(0.01)


def _environment():
    """So that the processes find what this one has found."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
