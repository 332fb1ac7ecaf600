"""``farm-edge``: the command line.

- ``main``: arguments, and which command
- ``run``, ``trade``, ``tags``, ``upkeep``, ``doctor``: commands
- ``at_reader``: a desk without a screen
- ``place``: where the store is; ``output``, ``exits``: what is said
"""

from .main import main

__all__ = ["main"]
