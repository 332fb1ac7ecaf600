"""``farm-edge`` as people run it: processes, exit codes, JSON."""

import datetime
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time

import farmtag
import pytest
from farm_edge.store import Store
from office import Office
from sync_server import CODE
from work_world import CARD_UID, card, items, tag_uid, write

#: what a person lays a tag there for; the rest only tells
ASKS = re.compile(
    "Tap (a tag|the farmer|the bunch|the tag of (bunch|hand)|the tags)|Lay"
)
NOW = int(time.time() * 1_000)
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
YEAR = datetime.timedelta(days=300)
CERTIFICATE = {"valid_to": (TODAY + YEAR).isoformat()}
CLEAN = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


class Device:
    """A device of its own: a store, a server, a reader."""

    def __init__(self, path, village, field):
        self.path, self.village, self.field = path, village, field

    def start(self, *words, json_=True):
        given = [*words, "--store", str(self.path)]
        given += ["--json"] if json_ else []
        return subprocess.Popen(
            [sys.executable, "-m", "farm_edge", *given],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=CLEAN,
        )

    def run(self, *words, json_=True):
        """Exit code, what was said (JSON), and standard error."""
        process = self.start(*words, json_=json_)
        out, err = process.communicate(timeout=60)
        return process.returncode, json.loads(out) if json_ and out else out, err

    def at_reader(self, *words):
        """A command, and tags laid there when it asks for them."""
        return Taps(self, *words, "--reader", self.field.path, "--seconds", "20")

    def store(self):
        return Store.open(self.path, ticks=lambda: NOW)


class Taps:
    """Runs a command; ``tags`` are laid there in turn, each time that it asks."""

    def __init__(self, device, *words):
        self._device, self._words = device, words

    def lay(self, *tags):
        process = self._device.start(*self._words)
        field, waiting, said = self._device.field, list(tags), []
        for line in process.stderr:
            said.append(line)
            if ASKS.match(line) and waiting:
                field.swap(waiting.pop(0))
        out = process.stdout.read()
        process.stdout.close()
        return process.wait(), json.loads(out or "{}"), "".join(said)


@pytest.fixture
def device(tmp_path, village, field):
    village.ledger = Office(NOW)
    village.ledger.items = items(certificate=CERTIFICATE)
    village.ledger.page = 100
    return Device(tmp_path / "store.db", village, field)


@pytest.fixture
def enrolled(device):
    code, said, _err = device.run("enrol", CODE, "--server", device.village.url)
    assert code == 0 and said["records"] == len(items())
    return device


def todays_card():
    period = {"valid_from": TODAY - YEAR, "valid_until": TODAY + YEAR}
    return card(written=TODAY, **period)


def make(field, uid, message=b"", chip=farmtag.Chip.NTAG215):
    field.make(uid.hex(), chip, uid, message)
    return uid.hex()


def test_enrol_status_and_sync(device):
    code, said, err = device.run("status")
    assert (code, said["enrolled"]) == (0, False)
    assert device.run("sync")[0] == 3
    assert device.run("enrol", CODE)[0] == 2
    code, said, err = device.run("enrol", "AAAAA-AAAAA", "--server", device.village.url)
    assert (code, said["error"]) == (4, "refused") and "Traceback" not in err
    code, said, _err = device.run("enrol", CODE, "--server", device.village.url)
    assert (code, said["number"], said["regions"]) == (0, 4711, ["NORTH", "SOUTH"])
    assert device.run("enrol", CODE)[1]["error"] == "enrolled"
    code, said, _err = device.run("sync")
    assert (code, said["sent"], said["waiting"], said["refused"]) == (0, 0, 0, 0)
    code, said, _err = device.run("status")
    assert (said["number"], said["farmers"], said["waiting"]) == (4711, 1, 0)


def test_read_says_what_a_card_is_worth(enrolled):
    name = make(enrolled.field, CARD_UID, todays_card())
    code, said, _err = enrolled.at_reader("read").lay(name)
    assert code == 0
    assert (said["verdict"], said["kind"]) == ("genuine", "farmer_card")
    assert (said["farmer"], said["name"]) == ("F-12", "Siti")
    assert said["uid"] == CARD_UID.hex().upper()


def test_nobody_taps(enrolled):
    code, said, _err = enrolled.run(
        "read", "--reader", enrolled.field.path, "--seconds", "0.2"
    )
    assert (code, said["error"]) == (7, "time_over")


def buy(device, *more):
    return device.at_reader("buy", "--crop", "AJ", "--grade", "A", *more)


def test_buy_sync_export_and_split(enrolled):
    field = enrolled.field
    farmer = make(field, CARD_UID, todays_card())
    tags = [make(field, tag_uid(n), chip=farmtag.Chip.NTAG216) for n in (1, 2)]
    code, said, err = buy(enrolled, "--bunch", "8:12000", "--bunch", "7:9000").lay(
        farmer, *tags
    )
    assert code == 0, err
    assert said["receipt"]["grams"] == 21_000 and said["receipt"]["hands"] == 15
    bunch = said["receipt"]["bunches"][0]["code"]
    hands = [make(field, tag_uid(n)) for n in (11, 12, 13)]
    split = enrolled.at_reader("split", "--hands", "3", "--loss", "200")
    code, said, err = split.lay(tags[0], *hands)
    assert code == 0, err
    assert (said["bunch"], len(said["hands"]), said["left"]) == (bunch, 3, 5)
    lines = enrolled.run("export", json_=False)[1].splitlines()
    assert [json.loads(one)["kind"] for one in lines] == ["purchase", "split"]
    assert json.loads(lines[0])["state"] == "waiting"
    code, said, _err = enrolled.run("sync")
    assert (code, said["sent"], said["waiting"]) == (0, 2, 0)
    kinds = [kind for _seq, _id, kind, _body in enrolled.village.ledger.events]
    assert kinds == ["purchase", "split"]
    assert enrolled.run("sync")[1]["sent"] == 0


def test_a_purchase_that_nobody_ends_stays_and_goes_on(enrolled):
    field = enrolled.field
    tags = [make(field, tag_uid(n)) for n in (1, 2)]
    two = ("--farmer", "F-12", "--bunch", "8:12000", "--bunch", "7:9000")
    words = ("buy", "--crop", "AJ", "--reader", field.path, "--seconds", "1.5", *two)
    code, said, _err = Taps(enrolled, *words).lay(tags[0])
    assert (code, said["error"]) == (7, "time_over")
    (task,) = enrolled.run("status")[1]["unfinished"]
    assert (task["kind"], task["on_tags"]) == ("purchase", 1)
    more = ("--resume", str(task["task"]), "--bunch", "8:12000", "--bunch", "7:9000")
    code, said, err = enrolled.at_reader("buy", *more).lay(tags[1])
    assert code == 0, err
    assert len(said["receipt"]["bunches"]) == 2
    assert enrolled.run("status")[1]["unfinished"] == []


def test_a_warning_is_told_and_ends_no_purchase(enrolled):
    ledger = enrolled.village.ledger
    ledger.items = items(certificate=CERTIFICATE | {"state": "suspended"})
    enrolled.run("enrol", CODE, "--anew")
    tag = make(enrolled.field, tag_uid(1))
    words = ("--farmer", "f-12", "--bunch", "8:12000")
    code, said, err = buy(enrolled, *words).lay(tag)
    assert code == 0 and "The certificate is suspended." in err
    assert said["receipt"]["farmer"] == "F-12"


def test_killed_between_two_tags_a_purchase_goes_on(enrolled):
    field = enrolled.field
    tags = [make(field, tag_uid(n)) for n in (1, 2)]
    two = ("--bunch", "8:12000", "--bunch", "7:9000")
    words = ("buy", "--crop", "AJ", "--farmer", "F-12", "--reader", field.path)
    process = enrolled.start(*words, *two)
    for line in process.stderr:
        if "bunch 1" in line:
            field.swap(tags[0])
        if "bunch 2" in line:
            process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    (task,) = enrolled.run("status")[1]["unfinished"]
    assert task["on_tags"] == 1
    resume = enrolled.at_reader("buy", "--resume", str(task["task"]), *two)
    code, said, err = resume.lay(tags[1])
    assert code == 0, err
    assert [one["hands"] for one in said["receipt"]["bunches"]] == [8, 7]


def test_cancelled_by_command(enrolled):
    field = enrolled.field
    tag = make(field, tag_uid(1))
    words = ("--farmer", "F-12", "--bunch", "8:12000", "--bunch", "7:9000")
    Taps(
        enrolled,
        "buy",
        "--crop",
        "AJ",
        "--reader",
        field.path,
        "--seconds",
        "1",
        *words,
    ).lay(tag)
    task = enrolled.run("status")[1]["unfinished"][0]["task"]
    code, said, err = enrolled.at_reader("buy", "--cancel", str(task)).lay(tag)
    assert (code, said) == (0, {"cancelled": task}), err
    assert enrolled.run("status")[1]["unfinished"] == []
    assert enrolled.run("export", json_=False)[1] == ""


def test_write_card_as_ordered(enrolled):
    enrolled.village.ledger.open = {1: b""}
    code, said, _err = enrolled.run(
        "write-card", "--list", "--reader", enrolled.field.path
    )
    assert code == 0 and said["orders"][0]["farmer"] == "F-12"
    blank = make(enrolled.field, CARD_UID)
    code, said, err = enrolled.at_reader("write-card").lay(blank)
    assert code == 0, err
    assert said["card"]["is_written"] and said["card"]["certificate"] == "CERT-7"
    enrolled.run("sync")
    assert enrolled.village.ledger.events[0][2] == "card"


@pytest.mark.parametrize(
    "words, exit",
    [
        ((), 2),
        (("buy", "--bunch", "8"), 2),
        (("set", "colour", "red"), 2),
        (("set", "minutes", "soon"), 2),
        (("read", "--reader", "lamp:1"), 5),
        (("read", "--reader", "udp:127.0.0.1:9"), 5),
        (("buy", "--crop", "AJ", "--bunch", "8:1", "--reader", "usb"), 3),
    ],
)
def test_one_sentence_and_a_code(device, words, exit):
    process = device.start(*words) if words else None
    if process is None:
        process = subprocess.Popen(
            [sys.executable, "-m", "farm_edge"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=CLEAN,
        )
    _out, err = process.communicate(timeout=30)
    assert process.returncode == exit, err
    assert "Traceback" not in err and err


@pytest.mark.parametrize(
    "words",
    [
        ("buy", "--bunch", "8"),
        ("buy", "--bunch", "8:0"),
        ("buy", "--bunch", "2000:5"),
        ("buy", "--crop", "AJ"),
        ("buy", "--resume", "0"),
        ("split",),
        ("split", "--hands", "-1"),
        ("export", "--since", "9" * 20),
        ("run", "--port", "99999"),
        ("read", "--seconds", "nan"),
        ("enrol", CODE, "--server", "ftp://farm"),
        ("set", "minutes", "0"),
        ("set", "mode", "gat"),
        ("set", "screen", "99999"),
        ("set", "readers", "usb,lamp:1"),
        ("set", "server", "http://[x"),
        ("set", "server", "https://me:secret@farm.example"),
        ("set", "trust", "/no/such.pem"),
        ("nonsense",),
    ],
)
def test_wrong_arguments_are_one_sentence_also_as_json(device, words):
    code, said, err = device.run(*words)
    assert code == 2 and len(err.splitlines()) == 1
    assert err.strip() == f"farm-edge: {said['message']}" and said["error"]
    assert "secret" not in err


def test_an_enrolment_that_fails_leaves_the_server_as_it_was(enrolled):
    """Else what was done here would be sent to somebody else."""
    url = enrolled.village.url
    other = ("--server", "http://127.0.0.1:9")
    assert enrolled.run("enrol", CODE, *other)[1]["error"] == "enrolled"
    assert enrolled.run("status")[1]["server"] == url
    assert enrolled.run("enrol", CODE, "--anew", *other)[0] == 4
    assert enrolled.run("status")[1]["server"] == url
    assert enrolled.run("sync")[0] == 0


def test_who_has_read_enough_of_an_export(enrolled):
    store = enrolled.store()
    for number in range(2_000):
        store.journal.append("read", {"at": number, "tags": [{"uid": b"1234"}]})
    store.close()
    process = enrolled.start("export")
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(20) == 1


def test_settings_and_help(device):
    assert device.run("set", "readers", "usb,udp:127.0.0.1:41000")[1] == {
        "readers": ["usb", "udp:127.0.0.1:41000"]
    }
    code, out, _err = device.run("buy", "--help", json_=False)
    assert code == 0 and "exit codes" in out


# -- doctor -------------------------------------------------------------------------


def findings(said):
    return {(one["about"], one["grade"]) for one in said["findings"]}


def test_doctor_names_what_is_wrong(device):
    code, said, _err = device.run("doctor", "--reader", "udp:127.0.0.1:9")
    assert code == 8
    assert {("store", "bad"), ("reader", "bad"), ("network", "bad")} <= findings(said)
    remedies = [one["remedy"] for one in said["findings"] if one["grade"] == "bad"]
    assert all(remedies)


def test_doctor_makes_nothing(device):
    code, said, _err = device.run("doctor", "--reader", "udp:127.0.0.1:9")
    assert code == 8 and not device.path.exists()
    (store,) = (one for one in said["findings"] if one["about"] == "store")
    assert store["says"] == f"there is none at {device.path}"


def test_doctor_of_a_store_that_is_damaged(device):
    device.path.write_bytes(b"no database" * 1_000)
    code, said, _err = device.run("doctor")
    assert code == 8 and ("store", "bad") in findings(said)
    assert {"reader", "disk", "clock"} <= {one["about"] for one in said["findings"]}
    assert device.run("status")[0] == 6


def test_doctor_asks_the_server_and_compares_clocks(enrolled):
    def description(handler, work):
        handler.date_time_string = lambda timestamp=None: (
            "Mon, 15 Jun 2026 03:00:00 GMT"
        )
        handler.send(200, b"{}", "application/json")

    enrolled.village.faults = [description]
    code, said, _err = enrolled.run("doctor", "--reader", enrolled.field.path)
    found = findings(said)
    assert {("server", "good"), ("reader", "good"), ("clock", "bad")} <= found
    assert code == 8
    lines = enrolled.run("doctor", json_=False)[1]
    assert " BAD  server:" in lines or "warn  server:" in lines


# -- the agent ----------------------------------------------------------------------


def test_run_is_ready_works_and_ends_cleanly(enrolled):
    field = enrolled.field
    process = enrolled.start("run", "--reader", field.path, "--no-screen")
    try:
        assert json.loads(process.stdout.readline())["ready"] is True
        code, said, _err = enrolled.run("run", "--reader", field.path, "--no-screen")
        assert (code, said["error"]) == (1, "agent")
    finally:
        process.send_signal(signal.SIGTERM)
    _out, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert "Traceback" not in err


def test_run_outlives_a_reader_that_is_not_there_and_no_network(device):
    process = device.start("run", "--reader", "udp:127.0.0.1:9", "--no-screen")
    assert json.loads(process.stdout.readline())["ready"] is True
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)
    process.send_signal(signal.SIGTERM)
    _out, err = process.communicate(timeout=20)
    assert process.returncode == 0 and "Traceback" not in err


def test_gate_runs_without_a_screen_and_is_sent(enrolled):
    """Read at the gate, known at the server: readers and server by their threads."""
    for name, value in (("mode", "gate"), ("point", "GATE-1")):
        assert enrolled.run("set", name, value)[0] == 0
    store = enrolled.store()
    unit = farmtag.Unit(
        code=farmtag.LineageCode(4711, 1).child(1), written=TODAY, crop=3
    )
    uid = tag_uid(1)
    name = make(enrolled.field, uid, write(unit, store.keys.signing(), uid))
    store.close()
    arrived = threading.Event()
    ledger = enrolled.village.ledger
    push = ledger.push

    def pushed(sent):
        answer = push(sent)
        if ledger.events:
            arrived.set()
        return answer

    ledger.push = pushed
    process = enrolled.start("run", "--reader", enrolled.field.path, "--no-screen")
    process.stdout.readline()
    enrolled.field.swap(name)
    assert arrived.wait(20)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    (_seq, _id, kind, _body) = ledger.events[0]
    assert (kind, process.returncode) == ("read", 0)
