"""The page of the device: for a small touch screen and for a phone.

- ``app``: what is asked of the page and what it answers
- ``server``: serves it to this machine
- ``guard``: who may ask
- ``live``: what changes, as a stream; ``once``: a press is one deed
- ``acts``, ``questions``: what forms say, and for what they are meant
- ``pages``, ``templates``, ``static``: how it looks
- ``speech``: words, weights, days; texts are in ``farm_edge.words``
- ``paper``: receipts
- ``simulator``: the virtual reader on the page
"""

from .app import app
from .paper import Printer, PrinterFailed
from .server import PORT, PortTaken, Server, is_loopback

__all__ = [
    "PORT",
    "PortTaken",
    "Printer",
    "PrinterFailed",
    "Server",
    "app",
    "is_loopback",
]
