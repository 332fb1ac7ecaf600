"""Readers by nfcpy: PN532, RC-S380, SCL3711, and its UDP driver.

nfcpy is used for what it is good at, the readers; its own tags and ``connect()`` are
not: see ``reader``.

- ``reader``: finds tags, and turns whatever nfcpy raises into our errors
- ``udp``: the UDP driver without answers to other questions
"""

from .reader import NfcReader

__all__ = ["NfcReader"]
