"""What the machine offers: disk, apt, ports."""

import os
import shutil
import socket

from dev import proc, say
from dev.config import LOG, ROOT

#: gigabytes that a first ``make up`` needs, downloads included
SETUP_GB = 4


def need_disk(gigabytes, path=ROOT, usage=shutil.disk_usage):
    """Check for free disk.

    :raises Stop: with what there is and what is needed
    """
    free = usage(path).free / 1e9
    if free < gigabytes:
        raise say.Stop(
            f"Too little disk: {free:.1f} GB free at {path}, about {gigabytes} GB"
            " needed. Make room and run the same command again."
        )


def need_apt(which=shutil.which):
    """Check for the programs that fetch and unpack the Odoo package.

    :raises Stop: naming the way without them
    """
    missing = [tool for tool in ("apt-get", "dpkg") if not which(tool)]
    if missing:
        raise say.Stop(
            f"No {' and no '.join(missing)} on this machine: set ODOO_PATH to a"
            " checkout of Odoo's branch 19.0 and run the same command again."
        )


def need_port(port, host="127.0.0.1", variable="PORT"):
    """Check that a port is free.

    :param variable: by which another one is chosen
    :raises Stop: naming the port and how to take another
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise say.Stop(
                f"Port {port} is taken by another program: choose another one, for"
                f" example {variable}={port + 1} make up"
            ) from None


def free_port():
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def can_apt_install():
    """Whether this user may install packages of the system."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(package):
    """Install a package of the system; tell whether that worked."""
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    log = LOG / "apt-install.log"
    with say.step(f"Installing {package} with apt"):
        proc.run(["apt-get", "update", "-q"], log, env)
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
        return proc.run(command, log, env) == 0
