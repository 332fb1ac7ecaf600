"""``make fuzz``: the tag library against bytes that follow its coverage."""

import os

from dev import odoo, proc, say, stamp, venv
from dev.config import LOG, ROOT, RUN

LOCK = ROOT / "dev" / "requirements-fuzz.lock"
SECONDS = "600"
_HOME = ROOT / "lib" / "farmtag" / "fuzz"
_FOUND = RUN / "fuzz"


def main():
    """Fuzz for ``SECONDS``; what fails stays in ``.run/fuzz``.

    :raises Stop: on a finding, on a hang, or without a wheel of atheris
    """
    corpus, log = _FOUND / "corpus", LOG / "fuzz.log"
    seconds = os.environ.get("SECONDS") or SECONDS
    with stamp.only_one():
        venv.ensure_fuzzer(LOCK)
    env = odoo.with_sources(os.environ)
    seeds = [venv.PYTHON, _HOME / "seeds.py", corpus]
    proc.run_or_stop(seeds, log, "Writing the seeds", env)
    limits = [f"-max_total_time={seconds}", "-timeout=5", "-max_len=1200"]
    line = [venv.PYTHON, _HOME / "fuzz_read.py", corpus, *limits]
    with say.step(f"Fuzzing for {seconds} s"):
        proc.run_or_stop(line, log, "Fuzzing", env, cwd=_FOUND)
    say.line(f"Nothing found: {log.read_text(errors='replace').splitlines()[-1]}")
    return 0
