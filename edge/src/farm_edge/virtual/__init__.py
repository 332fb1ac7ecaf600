"""Tags without hardware: Type 2 chips in a field of their own process.

The process speaks the UDP protocol of nfcpy's driver, so that the reader at the other
end is the real one. Faults strike as told, or at random from a seed.

- ``chip``: memory and answers of one chip
- ``faults``: what goes wrong, and when
- ``field``: the chips that lie on the reader
- ``shelf``: chips that outlive the process
- ``radio``: frames as datagrams
- ``control``: what is put there, taken away, broken
- ``process``: the process as its owner sees it
- ``card``, ``acr122``, ``classic``: tags on a virtual reader of PC/SC
- ``pn532``: a reader on a serial line
- ``command``: ``farm-edge simulate-tag``
"""

from .process import VirtualField

__all__ = ["VirtualField"]
