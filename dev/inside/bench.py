"""Run one benchmark: CONFIG DATABASE MODULE-FILE RESULT-FILE SCALE.

Without a database the benchmark gets no environment.
"""

import importlib.util
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from dev.inside import environment, say

COLUMNS = ("row", "n", "ours_s", "peer_s", "peer", "ratio", "target", "same_answer")


def main(config, database, source, result, scale):
    """Run ``run(env, scale)`` of the file, print its rows and keep them as JSON."""
    spec = importlib.util.spec_from_file_location(Path(source).stem, source)
    module = importlib.util.module_from_spec(spec)
    with environment(config, database) if database else nullcontext() as env:
        # Only now Odoo knows where our add-ons lie, which a benchmark may import.
        spec.loader.exec_module(module)
        rows = list(module.run(env, float(scale)))
    say_table(rows)
    text = json.dumps(rows, indent=2, default=str, ensure_ascii=False)
    Path(result).write_text(text + "\n", encoding="utf-8")


def say_table(rows):
    """Print the rows with columns as wide as they need."""
    table = [COLUMNS, *([cell(row.get(name)) for name in COLUMNS] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        pairs = zip(cells, widths, strict=True)
        say("  ".join(text.ljust(width) for text, width in pairs).rstrip())


def cell(value):
    """A value as the table shows it: figures with three digits that count."""
    return f"{value:.3g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
