"""``farm-edge doctor``: what is wrong, and what to do.

- ``finding``: what a check says
- ``checks``: store, clock, disk, readers, network, server, versions
- ``command``: all of them
"""

from .command import doctor

__all__ = ["doctor"]
