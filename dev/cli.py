"""The commands behind the Makefile."""

import errno
import os
import shutil
import signal
import sys

from dev import (
    bench,
    config,
    coretests,
    database,
    demo,
    device,
    fuzz,
    lint,
    lock,
    machine,
    odoo,
    postgres,
    pot,
    say,
    server,
    stamp,
    testrun,
    venv,
)
from dev.config import RUN


def main(arguments):
    """Run one command; a foreseen trouble becomes one line on standard error."""
    name, *rest = arguments or ["help"]
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return command(name)(*rest) or 0
    except say.Stop as stop:
        print(f"Stopped: {stop}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped: interrupted; the same command goes on.", file=sys.stderr)
    except OSError as error:
        if error.errno not in _DISK:
            raise
        print("Stopped: the disk is full. Make room and go on.", file=sys.stderr)
    return 1


_DISK = (errno.ENOSPC, errno.EDQUOT)


def command(name):
    """The function behind a command's name.

    :raises Stop: naming the commands when there is none of this name
    """
    if name not in COMMANDS:
        raise say.Stop(f"no command {name}; there are: {', '.join(COMMANDS)}")
    return COMMANDS[name]


def up():
    """Set up, load the demonstration, start Odoo and a device, say where they are."""
    port, page = config.port(), config.edge_port()
    device.need_port(page)
    if server.running_port() != port:
        machine.need_port(port)
        server.stop()
    with stamp.only_one():
        used = prepare()
        with postgres.running(keep=True):
            target = demo.ensure(used)
            if server.running_port() != port:
                device.stop()  # it would wait for an Odoo that was away
                server.stop()  # another command may have started it elsewhere
                server.start(used, target, port)
            has_device = device.ensure(target, port, page)
    _summary(port, page if has_device else None)


def down():
    """Stop what ``up`` started."""
    device.stop()
    stopped = server.stop()
    postgres.stop()
    say.line("Odoo is stopped, and its device." if stopped else "Odoo was not running.")


def clean():
    """Stop everything and remove all that setup made."""
    down()
    if postgres.is_external():
        say.line("The databases on the server that PGHOST names are left alone.")
    shutil.rmtree(RUN, ignore_errors=True)
    say.line(f"{RUN} is removed.")


def reset():
    """Drop the demonstration database; the next ``up`` makes it anew."""
    device.forget()
    server.stop()
    with postgres.running():
        database.drop(database.name(config.DEMO_DATABASE))
    say.line("The demonstration database is gone; make up makes it anew.")


def shell():
    """Odoo's shell on the demonstration database."""
    with stamp.only_one():
        used = prepare()
    with postgres.running():
        target = database.name(config.DEMO_DATABASE)
        line = odoo.command(used, "shell", "-d", target, "--no-http")
        return os.spawnve(os.P_WAIT, line[0], line, odoo.environment())


def test(*arguments):
    """Run every test, or those that the arguments name."""
    with stamp.only_one():
        used = prepare()
    return testrun.main(used, list(arguments))


def run_lint():
    """Run the linters."""
    with stamp.only_one():
        prepare()
        lint.ensure()
    return lint.main()


def run_bench(name=""):
    """Run one benchmark."""
    with stamp.only_one():
        used = prepare()
    return bench.main(used, name)


def run_fuzz():
    """Fuzz the tag library."""
    with stamp.only_one():
        prepare()
    return fuzz.main()


def test_odoo_core():
    """Run Odoo's own tests with the suite installed."""
    with stamp.only_one():
        used = prepare()
    return coretests.main(used)


def run_pot():
    """Export the translation templates."""
    with stamp.only_one():
        used = prepare()
    return pot.main(used)


def prepare():
    """Everything that needs the network: Odoo, libraries, configuration."""
    used = venv.ensure_all()
    odoo.configure(used)
    return used


def show_help():
    """Say what the commands are."""
    for name, command in sorted(COMMANDS.items()):
        say.line(f"{name:16} {command.__doc__.splitlines()[0]}")


def _summary(port, page):
    say.line(f"\nOdoo answers at http://127.0.0.1:{port}")
    for row in demo.logins():
        who = f"{row['login']} / {row['password']}"
        say.line(f"  {who:36} {row['role']}: {row['description']}")
    if page:
        say.line(f"Collector's device, with a virtual reader: {device.page(page)}")
    say.line(f"Log: {server.LOG_FILE}    Stop it: make down")


def _interrupt(_signal, _frame):
    raise KeyboardInterrupt


COMMANDS = {
    "up": up,
    "down": down,
    "clean": clean,
    "reset": reset,
    "shell": shell,
    "test": test,
    "test-odoo-core": test_odoo_core,
    "lint": run_lint,
    "bench": run_bench,
    "fuzz": run_fuzz,
    "pot": run_pot,
    "lock": lock.main,
    "help": show_help,
}
