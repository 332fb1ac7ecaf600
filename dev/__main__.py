"""Entry: ``python3 -m dev COMMAND``. Kept readable for a Python that is too old."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Python %d.%d is too old: 3.11 or newer is needed. Name another one with"
        " PYTHON=python3.12 make ..." % sys.version_info[:2]
    )

from dev.cli import main

sys.exit(main(sys.argv[1:]))
