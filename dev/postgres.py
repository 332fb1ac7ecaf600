"""PostgreSQL: the server named by ``PGHOST``, else a private cluster in ``.run``.

The private cluster listens on a free port of 127.0.0.1 with a password of its own.
PostgreSQL refuses to run as root, so root hands it to another user.
"""

import fcntl
import os
import pwd
import re
import secrets
import shutil
from contextlib import contextmanager
from pathlib import Path

from dev import machine, proc, say, venv
from dev.config import LOG, RUN

HOME = RUN / "pg"
DATA = HOME / "data"
USER = "farm"
OLDEST = 13
_LOG = LOG / "postgres.log"
_PASSWORD = HOME / "password"
_KEEP = HOME / "keep"
#: tells programs that we start that the PGHOST they see is the private cluster
_OURS = "FARM_PRIVATE_SERVER"
_QUIET = "-c client_min_messages=warning"
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
synchronous_commit = off
shared_buffers = 256MB
max_wal_size = 4GB
checkpoint_timeout = 30min
random_page_cost = 1.1
jit = off
"""


def is_external():
    """Whether the environment names a server to use."""
    return bool(os.environ.get("PGHOST")) and not os.environ.get(_OURS)


def environment():
    """Environment for programs that talk to the server.

    :raises Stop: when Odoo would refuse the user that the environment names
    """
    if is_external():
        if os.environ.get("PGUSER") == "postgres":
            raise say.Stop(
                "Odoo refuses to work as the database user postgres: set PGUSER to"
                " another one that may create databases."
            )
        return {**os.environ, "PATH": _path(), "PGOPTIONS": _QUIET}
    own = {
        "PGHOST": "127.0.0.1",
        "PGPORT": _running_port() or "",
        "PGUSER": USER,
        "PGPASSWORD": _PASSWORD.read_text(encoding="utf-8"),
        "PATH": _path(),
        "PGOPTIONS": _QUIET,
        _OURS: "yes",
    }
    return {**os.environ, **own}


@contextmanager
def running(keep=False):
    """The server runs inside the block; what we started ends with its last user.

    :param keep: let it run on afterwards, until :func:`stop`
    :raises Stop: when it cannot be started
    """
    if is_external():
        yield
        return
    HOME.mkdir(parents=True, exist_ok=True)
    with open(HOME / "users", "w", encoding="utf-8") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        _start()
        if keep:
            _KEEP.touch()
        try:
            yield
        finally:
            if not _KEEP.exists() and _alone(users):
                stop()


def stop():
    """Stop the private cluster if it runs."""
    _KEEP.unlink(missing_ok=True)
    if DATA.exists() and _running_port():
        _server_run(["pg_ctl", "-D", DATA, "-m", "fast", "-w", "stop"], "Stopping")


def binaries(roots=("/usr/lib/postgresql", "/usr/pgsql-*")):
    """Folder of the machine's newest PostgreSQL server, or ``None``."""
    found = {}
    for root in roots:
        for path in Path("/").glob(f"{root.lstrip('/')}/**/bin/initdb"):
            found[_major(path)] = path.parent
    on_path = shutil.which("initdb")
    if on_path:
        found.setdefault(_major(Path(on_path)), Path(on_path).parent)
    wanted = _cluster_major()
    usable = [v for v in found if v >= OLDEST and wanted in (None, v)]
    return found[max(usable)] if usable else None


def _major(initdb):
    text = proc.capture([initdb, "--version"]).stdout
    match = re.search(r"(\d+)", text)
    return int(match.group(1)) if match else 0


def _cluster_major():
    path = DATA / "PG_VERSION"
    return int(path.read_text(encoding="utf-8")) if path.exists() else None


def _bin():
    own = binaries()
    if own is None:
        own = venv.ensure_server()
        if _cluster_major() not in (None, _major(own / "initdb")):
            raise say.Stop(
                f"PostgreSQL {_cluster_major()}, which made {DATA}, is gone from this"
                " machine: install it again, or throw the databases away: make clean"
            )
    return own


def _path():
    """PATH on which psql, createdb and dropdb are found."""
    path = os.environ.get("PATH", os.defpath)
    if is_external() and shutil.which("psql"):
        return path
    return f"{_bin()}{os.pathsep}{path}"


def _start():
    if not DATA.exists():
        _create()
    if _running_port():
        return
    with say.step("Starting PostgreSQL"):
        for _attempt in range(3):
            if _try_start():
                return
    raise say.Stop(f"PostgreSQL does not start: {HOME / 'log'} says why")


def _try_start():
    options = f"-p {machine.free_port()}"
    command = ["pg_ctl", "-D", DATA, "-l", HOME / "log", "-o", options, "-w", "start"]
    return proc.run(_as_server_user(command), _LOG, cwd="/") == 0


def _create():
    with say.step("Creating the PostgreSQL cluster"):
        part = HOME / "data.part"
        shutil.rmtree(part, ignore_errors=True)
        _PASSWORD.unlink(missing_ok=True)
        with open(_PASSWORD, "x", opener=_private, encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(24))
        _hand_over(HOME, _PASSWORD)
        login = ["-U", USER, "--auth=scram-sha-256", f"--pwfile={_PASSWORD}"]
        text = ["-E", "UTF8", "--locale=C.UTF-8"]
        _server_run(["initdb", "-D", part, *login, *text], "Creating the cluster")
        with open(part / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(_SETTINGS)
        part.rename(DATA)


def _private(path, flags):
    return os.open(path, flags, 0o600)


def _server_run(command, what):
    proc.run_or_stop(_as_server_user(command), _LOG, f"{what} PostgreSQL", cwd="/")


def _as_server_user(command):
    """The command as a user that PostgreSQL accepts, with the binary's full path.

    A checkout may lie where that user cannot go (``/root``): it is then given root's
    right to pass through folders, which PostgreSQL does not mind.
    """
    command = [_bin() / command[0], *command[1:]]
    if os.geteuid() != 0:
        return command
    user = _server_user()
    ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    drop = ["setpriv", *ids]
    if proc.capture([*drop, "test", "-x", HOME, "-a", "-x", command[0]]).returncode:
        caps = "+dac_override,+dac_read_search"
        # initdb asks access(2), which forgets such rights unless told not to
        drop += [f"--inh-caps={caps}", f"--ambient-caps={caps}"]
        drop += ["--securebits=+no_setuid_fixup"]
    return [*drop, *command]


def _server_user():
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise say.Stop("PostgreSQL refuses to run as root: create a user named postgres")


def _hand_over(*paths):
    if os.geteuid() == 0:
        user = _server_user()
        for path in paths:
            os.chown(path, user.pw_uid, user.pw_gid)


def _running_port():
    """Port of our cluster when it runs, from the file that PostgreSQL keeps."""
    try:
        rows = (DATA / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid, folder, port = int(rows[0]), rows[1], rows[3]
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, IndexError, ValueError):
        return None
    ours = Path(folder) == DATA and os.fsencode(DATA) in command
    ready = len(rows) > 7 and rows[7].strip() == "ready"
    return port.strip() if ours and ready else None


def _alone(users):
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
