"""``make bench NAME=x``: a benchmark on its own copy of a prepared database."""

import os

from dev import database, odoo, postgres, say, stamp, template
from dev.config import LOG, ROOT, RUN


def main(used, name):
    """Run ``bench/NAME.py``; its table is printed and kept as JSON.

    :raises Stop: when there is no such benchmark or it fails
    """
    source = _source(name)
    result = RUN / "bench" / f"{name}.json"
    result.parent.mkdir(parents=True, exist_ok=True)
    if is_plain(source):
        _measure(source, "", result)
    else:
        _on_a_copy(used, source, result)
    say.line(f"Rows: {result}")
    return 0


def is_plain(source):
    """Whether a benchmark wants no database: it says ``NEEDS_DATABASE = False``."""
    return "\nNEEDS_DATABASE = False\n" in source.read_text(encoding="utf-8")


def _on_a_copy(used, source, result):
    target = database.name(f"farm_bench_{source.stem}")
    with postgres.running():
        with stamp.only_one():
            database.copy(template.without_companions(used), target)
        _measure(source, target, result)
        database.drop(target)


def _measure(source, target, result):
    scale, what = os.environ.get("BENCH_SCALE") or "1", f"Benchmark {source.stem}"
    with say.step(f"Running the benchmark {source.stem} at scale {scale}"):
        log = LOG / f"bench-{source.stem}.log"
        odoo.run_inside("bench", target, log, source, result, scale, what=what)


def names():
    """The benchmarks that there are."""
    return sorted(path.stem for path in (ROOT / "bench").glob("[!_]*.py"))


def _source(name):
    known = ", ".join(names()) or "none yet"
    if not name:
        raise say.Stop(f"Which benchmark? make bench NAME=... (there are: {known})")
    if name not in names():
        raise say.Stop(f"There is no benchmark {name} (there are: {known})")
    return ROOT / "bench" / f"{name}.py"
