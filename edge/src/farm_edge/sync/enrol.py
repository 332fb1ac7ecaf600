"""The device is taken on, by a code that a person reads from the server's screen."""

from __future__ import annotations

import secrets

from farmtag import SigningKey

from .. import __version__
from ..store import Enrolled, Identity, Store
from . import wire
from .client import Client


def enrol(store: Store, client: Client, code: str, **settings: str) -> Identity:
    """Have the server take this device on.

    The key is made here and never leaves. What an earlier enrolment had still to send
    is sent under the new number. If the answer is lost, the code is used: ask for
    another one.

    :param settings: kept with the enrolment, or not at all: what an earlier one has to
        send is never told to a server that has not taken the device on
    :raises SyncError: ``Refused`` with ``code-unknown`` for a code that is none
    :raises StoreError: before the code is used, where there is no room for the answer
    """
    store.check_writable()
    seed = secrets.token_bytes(32)
    asked = wire.write_enrolment(
        code.strip(), SigningKey.from_bytes(seed), {"version": __version__}
    )
    taken = wire.read_taken_on(client.post("enrol", asked))
    with store.database.writing():
        for name, value in settings.items():
            store.settings[name] = value
        store.enrolled(Enrolled(seed, taken.number, taken.token, taken.description))
        store.clock.hear(taken.server_time)
    return store.identities.needed()
