"""The device and its server: the journal goes up, what is carried comes down.

- ``wire``: the bytes that are sent and answered
- ``client``, ``trust``: HTTPS, and which server is believed
- ``enrol``, ``push``, ``pull``, ``cards``: the four routes
- ``pace``: how much at once, how long to wait; ``occasion``, ``network``: when
- ``sync``: one look at the server; ``thread``: looks in its own time
- ``errors``: everything that goes wrong
"""

from .client import Client
from .enrol import enrol
from .errors import NotTheServer, Refused, SyncError, Unreachable, Untrusted
from .occasion import Occasion, of_card, of_region
from .pace import Backoff, Pace
from .sync import Outcome, State, Sync
from .thread import SyncThread
from .wire import CardOrder

__all__ = [
    "Backoff",
    "CardOrder",
    "Client",
    "NotTheServer",
    "Occasion",
    "Outcome",
    "Pace",
    "Refused",
    "State",
    "Sync",
    "SyncError",
    "SyncThread",
    "Unreachable",
    "Untrusted",
    "enrol",
    "of_card",
    "of_region",
]
