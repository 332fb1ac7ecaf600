"""``python -m farm_edge``."""

from .command import main

raise SystemExit(main())
