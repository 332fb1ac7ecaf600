"""Install, upgrade and uninstall on a database with data: Odoo works after each."""

import os
import subprocess

import pytest

from dev import config, database, odoo, package, venv
from dev.config import LOG

SUITE = "farm_traceability"
BRIDGE = "farm_rfid_bridge"
#: a row for each; IDs and all that people count on
GOODS = (
    "SELECT id, name, product_id, lineage_code FROM stock_lot",
    "SELECT id, lot_id, location_id, quantity, reserved_quantity FROM stock_quant",
    "SELECT id, state, product_id, quantity, location_dest_id FROM stock_move",
    "SELECT id, move_id, lot_id, state, quantity FROM stock_move_line",
    "SELECT id, name, state FROM stock_picking",
)
pytestmark = pytest.mark.skipif(
    "FARM_INSTALL_LOG" not in os.environ, reason="needs the databases of `make test`"
)


@pytest.fixture(scope="module")
def lived_in():
    """A database in which the story has been played, small."""
    source = database.name("farm_full")
    name = f"{source}_lifecycle"
    database.copy(source, name)
    run_inside("story", name, "0.01")
    yield name
    database.drop(name)


@pytest.fixture
def read_in():
    """A database in which a device has read."""
    source = database.name("farm_full")
    name = f"{source}_reads"
    database.copy(source, name)
    yield name
    database.drop(name)


def run_inside(script, name, *arguments):
    run("-m", f"dev.inside.{script}", odoo.CONFIG, name, *arguments, log=script)


def run(*words, log):
    """Run the virtual environment's Python; return the complaints in its log."""
    path = LOG / f"lifecycle-{log}.log"
    with open(path, "w", encoding="utf-8") as file:
        code = subprocess.call(
            [venv.PYTHON, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    assert code == 0, f"{words} failed: {path.read_text()[-2000:]}"
    return odoo.complaints(path)


def test_update_and_uninstall_leave_odoo_working_and_the_log_clean(lived_in):
    script = package.odoo().script
    options = "-c", odoo.CONFIG, "-d", lived_in
    uninstall = [script, "module", "uninstall", *options]
    everything = ",".join(config.suite())
    update = [script, *options, "-u", everything, "--stop-after-init", "--no-http"]
    assert run(*update, log="update") == []
    run_inside("alive", lived_in)
    assert run(*uninstall, *config.glue(), log="uninstall-glue") == []
    run_inside("alive", lived_in)
    assert run(*uninstall, SUITE, log="uninstall") == []
    run_inside("alive", lived_in)
    assert leftovers(lived_in) == ""


def test_without_the_bridge_lots_and_moves_stay_and_reads_go(read_in):
    script = package.odoo().script
    uninstall = [script, "module", "uninstall", "-c", odoo.CONFIG, "-d", read_in]
    run_inside("reads", read_in)
    before = goods(read_in)
    assert tables_of_reads(read_in) and len(before) == len(GOODS)
    assert run(*uninstall, *builders_on(BRIDGE), BRIDGE, log="uninstall-bridge") == []
    assert goods(read_in) == before
    assert tables_of_reads(read_in) == []
    run_inside("alive", read_in)


def test_every_add_on_of_the_suite_is_installed_beside_the_companions():
    query = "SELECT name FROM ir_module_module WHERE state = 'installed'"
    installed = ask(database.name("farm_full"), query).splitlines()
    assert set(config.suite()) <= set(installed)


def test_the_chosen_add_ons_alone_bring_no_companion_and_no_glue():
    assert not set(config.outer_depends()) & set(config.COMPANIONS)


def goods(name):
    """Digests of what lies where, what was moved, and what it is."""
    rows = "SELECT md5(string_agg(row::text, ',' ORDER BY row)) FROM ({}) row"
    return [ask(name, rows.format(query)) for query in GOODS]


def tables_of_reads(name):
    return ask(
        name, "SELECT relname FROM pg_class WHERE relname LIKE 'farm\\_read%'"
    ).splitlines()


def builders_on(module):
    """Glue of the suite that stands on an add-on."""
    return [name for name in config.glue() if name.startswith(f"{module}_")]


def leftovers(name):
    """Tables and sequences of crops that the add-ons left behind."""
    query = (
        "SELECT relname FROM pg_class WHERE relname LIKE 'farm\\_%'"
        " UNION SELECT code FROM ir_sequence WHERE code LIKE 'farm.%'"
    )
    return ask(name, query)


def ask(name, query):
    """What the database answers, row by row."""
    command = ["psql", "-X", "-t", "-A", "-d", name, "-c", query]
    return subprocess.run(
        command, capture_output=True, text=True, check=True
    ).stdout.strip()
