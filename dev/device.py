"""The collector's device beside Odoo: an agent with a virtual reader.

The story has two devices, drafts. They are enrolled as people do it, by a code of
Odoo's screen; the officer orders cards, and the office's writer writes them onto
virtual chips. Then the collector's device runs.

All of it lies in one folder, made for one database: a device goes with the database
that knows it.
"""

import json
import os
import shutil
import time

from dev import (
    background,
    config,
    database,
    demo,
    machine,
    odoo,
    proc,
    say,
    server,
    stamp,
    venv,
)
from dev.config import LOG, RUN
from dev.field import Field
from dev.person import Person

HOME = RUN / "edge"
LOG_FILE = LOG / "edge-start.log"
VARIABLE = "EDGE_PORT"
#: devices of the story, see ``farm_rfid_bridge/demo/story.py``
WRITER, COLLECTOR = "Card Writer of the Office", "Joko's Tablet"
#: cards that are good, and one whose certificate is suspended afterwards
CARDS, SUSPENDED = 2, 1
BLANKS = ("NTAG216",) * 4 + ("NTAG215",) * 4
_SUSPENSION = "For the demonstration: spraying was not written down."
_ANEW = (
    "`make up` tries once more; `make reset`, then `make up` makes the demonstration"
    " anew."
)
_SETUP_LOG = LOG / "edge-setup.log"
_PATIENCE = 20
_agent = background.Program("edge")
_field = background.Program("edge-field")


def page(port):
    """Where the device's page is, with the virtual reader beside it."""
    return f"http://127.0.0.1:{port}/simulate"


def need_port(port):
    """Check that the page can have its port.

    :raises Stop: when something else listens there, or Odoo shall
    """
    if port == config.port():
        raise say.Stop(
            f"{VARIABLE}={port} is Odoo's port: choose another one, for example"
            f" {VARIABLE}={port + 2} make up"
        )
    if not _is_at(port):
        machine.need_port(port, variable=VARIABLE)


def ensure(target, odoo_port, port):
    """Have the device run on its page's port, enrolled in the database.

    :raises Stop: when it cannot be enrolled or started
    :return: whether there is one; a database of before has none
    """
    is_made = _is_made_for(target)
    if is_made and _runs(port):
        return True
    stop()
    if not is_made and not _make(target, odoo_port):
        say.line(
            "    There is no collector's device: the database is older than those of"
            " the story. `make reset`, then `make up` makes it anew."
        )
        return False
    with say.step(f"Starting the collector's device on port {port}"):
        _start(odoo_port, port)
    return True


def stop():
    """Stop the device and its reader; tell whether the device ran."""
    ran = _agent.stop()
    _field.stop()
    return ran


def forget():
    """Stop the device and remove what it keeps, as its database goes."""
    stop()
    for folder in (HOME, _part()):
        shutil.rmtree(folder, ignore_errors=True)


# -- running ---------------------------------------------------------------------------


def _start(odoo_port, port):
    field = _start_field(HOME)
    store = HOME / "collector.db"
    _find_server(store, f"http://127.0.0.1:{odoo_port}")
    words = ("run", "--store", store, "--reader", field.path, "--port", port)
    child = _agent.start(_command(*words), _environment(), *_notes(port))
    name = "The collector's device"
    server.wait_for_answer(child, page(port), name, LOG_FILE)


def _find_server(store, url):
    """Tell the device where Odoo is, if it is elsewhere than before."""
    known = HOME / "server"
    if not known.exists() or known.read_text(encoding="utf-8") != url:
        _tell(store, "set", "server", url)
        known.write_text(url, encoding="utf-8")


def _start_field(home):
    """The virtual reader with its tags, on any free port."""
    words = ("simulate-tag", "--port", 0, "--empty", "--keep", home / "tags.json")
    child = _field.start(_command(*words), _environment())
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and child.poll() is None:
        said = _field.log.read_text(encoding="utf-8")
        if said.endswith("\n"):
            return Field(json.loads(said)["port"])
        time.sleep(0.05)
    raise say.Stop(f"The virtual reader does not start: {_field.log} says why")


def _runs(port):
    """Whether agent and reader run, there, and of the program as it is now."""
    return _field.notes() is not None and _agent.notes() == _notes(port)


def _is_at(port):
    notes = _agent.notes()
    return bool(notes) and notes[0] == str(port)


def _notes(port):
    """The port, and what the program was made of."""
    files = [path for home in config.libraries() for path in sorted(home.rglob("*.*"))]
    sources = [path for path in files if path.is_file() and path.suffix != ".pyc"]
    return [str(port), stamp.digest(*sources)]


# -- making ----------------------------------------------------------------------------


def _make(target, odoo_port):
    """Enrol both devices and write cards; tell whether the story has devices."""
    admin = _person(odoo_port, target, "admin")
    names = [[("name", "in", (WRITER, COLLECTOR))], ["name", "region_ids"]]
    devices = {
        row["name"]: row for row in admin.call("farm.device", "search_read", *names)
    }
    if len(devices) < 2:
        return False
    with say.step("Enrolling the collector's device and writing farmers' cards"):
        part = _part()
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        _SETUP_LOG.unlink(missing_ok=True)
        try:
            _fill(part, target, odoo_port, admin, devices)
        except say.Stop as stop:
            raise say.Stop(f"{str(stop).rstrip('.')}. {_ANEW}") from stop
        finally:
            _field.stop()
        (part / "database").write_text(database.number(target), encoding="utf-8")
        shutil.rmtree(HOME, ignore_errors=True)
        part.rename(HOME)
    return True


def _fill(part, target, odoo_port, admin, devices):
    field = _start_field(part)
    writer, url = part / "writer.db", f"http://127.0.0.1:{odoo_port}"
    _enrol(writer, admin, devices[WRITER], url, "--no-sync")
    officer = _person(odoo_port, target, "officer")
    certificates = _certificates(officer, devices[WRITER])
    for certificate in certificates:
        _write_card(writer, devices[WRITER], field, officer, certificate)
    _tell(writer, "sync")
    for certificate in certificates[CARDS:]:
        _suspend(officer, certificate)
    for number, chip in enumerate(BLANKS, len(certificates) + 1):
        field.make(f"{chip} {number}", chip)
    _enrol(part / "collector.db", admin, devices[COLLECTOR], url)
    (part / "server").write_text(url, encoding="utf-8")


def _enrol(store, admin, device, url, *options):
    action = admin.call("farm.device", "action_enrol", [device["id"]])
    code = action["context"]["default_code"]
    _tell(store, "enrol", code, "--server", url, "--proxy", "none", *options)


def _certificates(officer, device):
    """Those of the village that a purchase was made under, the story's farmer first."""
    return officer.find(
        "farm.certificate",
        ("region_id", "in", device["region_ids"]),
        ("state", "=", "valid"),
        ("harvest_ids", "!=", False),
        fields=("farmer_id",),
        order="id",
        limit=CARDS + SUSPENDED,
    )


def _write_card(store, writer, field, officer, certificate):
    """Ordered by the officer for a chip, and written by the writer's own command."""
    name = certificate["farmer_id"][1]
    uid = field.make(name, "NTAG215")
    wish = {"certificate_id": certificate["id"], "device_id": writer["id"], "uid": uid}
    officer.press("farm.card.issue", "action_issue", wish)
    [order] = officer.find("farm.card.order", ("uid", "=", wish["uid"]))
    field.swap(name)
    reader = ("--reader", field.path, "--seconds", _PATIENCE)
    _tell(store, "write-card", "--order", order["id"], *reader)
    field.take(name)


def _suspend(officer, certificate):
    vals = {"certificate_id": certificate["id"], "reason": _SUSPENSION}
    officer.press(
        "farm.certificate.change", "action_apply", vals | {"action": "suspend"}
    )


def _person(port, target, login):
    """One of the story's logins."""
    rows = {row["login"]: row for row in demo.logins()}
    return Person(port, target, login, rows[login]["password"])


# -- parts -----------------------------------------------------------------------------


def _part():
    """The folder while it is being made; it has keys of devices in it, too."""
    return HOME.with_name(f"{HOME.name}.part")


def _is_made_for(target):
    path = HOME / "database"
    return path.exists() and path.read_text(encoding="utf-8") == database.number(target)


def _tell(store, *words):
    """Run a command of the agent.

    :raises Stop: with its last words
    """
    command = _command(words[0], "--store", store, *words[1:])
    what = f"farm-edge {words[0]}"
    proc.run_or_stop(command, _SETUP_LOG, what, _environment())


def _command(*words):
    return [venv.PYTHON, "-m", "farm_edge", *words]


def _environment():
    return odoo.with_sources(os.environ)
