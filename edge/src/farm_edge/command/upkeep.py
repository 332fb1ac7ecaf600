"""``farm-edge enrol``, ``sync``, ``status``, ``export`` and ``set``."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from ..store import Identity, NotEnrolled, Store
from ..store.settings import DEFAULTS
from ..sync import Client, Outcome, State, Sync, enrol
from ..sync.client import CLIENT_SETTINGS
from ..work.receipt import WAITING
from .exits import Exit, NotDone
from .fit import checked
from .output import Output, plain_of

_EXITS = {
    State.DONE: Exit.DONE,
    State.LATER: Exit.SERVER,
    State.STOPPED: Exit.FAILED,
    State.NOT_ENROLLED: Exit.NOT_ENROLLED,
}
_NAMED = ("server", "trust", "pin", "proxy", "language")


def take_on(wish: Namespace, store: Store, output: Output) -> Exit:
    """Have the server take this device on, and fetch what it works with."""
    if store.identity and not wish.anew:
        raise NotDone(
            f"The device is enrolled as {store.identity.number}: --anew for another"
            " number.",
            "enrolled",
        )
    given = {name: getattr(wish, name) for name in _NAMED if getattr(wish, name)}
    for name, value in given.items():
        checked(name, value)
        if store.identity is None:  # there is nothing yet that it could be told
            store.settings[name] = value
    if not (given.get("server") or store.settings["server"]):
        raise NotDone("Say the server by --server https://…", "server", Exit.USAGE)
    me, outcome = _enrolled(wish, store, given)
    output.result(
        {
            "number": me.number,
            "name": me.description.get("name", ""),
            "regions": me.regions,
            "records": outcome.pulled,
            "sync": outcome.state.name.lower(),
        }
    )
    return Exit.DONE


def _enrolled(
    wish: Namespace, store: Store, given: dict[str, str]
) -> tuple[Identity, Outcome]:
    of_client = {name: given[name] for name in CLIENT_SETTINGS if name in given}
    client = Client.of(store, **of_client)
    try:
        me = enrol(store, client, wish.code, **given)
        return me, Outcome() if wish.no_sync else Sync(store, client).once()
    finally:
        client.close()


def look(wish: Namespace, store: Store, output: Output) -> Exit:
    """Push, then pull, once."""
    outcome = Sync(store).once()
    if outcome.state is not State.DONE:
        sentence = outcome.reason or outcome.state.value
        code = outcome.code or outcome.state.name.lower()
        raise NotDone(sentence, code, _EXITS[outcome.state])
    output.result(
        {
            "sent": outcome.sent,
            "pulled": outcome.pulled,
            "bytes": outcome.bytes,
            "waiting": store.journal.waiting(),
            "refused": store.journal.back(),
        }
    )
    return Exit.DONE


def status(wish: Namespace, store: Store, output: Output) -> Exit:
    """Who the device is, what waits, what is carried."""
    me = store.identity
    as_of = store.snapshot.as_of()
    settings = store.settings.all()
    output.result(
        {
            "store": str(store.path),
            "enrolled": me is not None,
            "number": me.number if me else None,
            "name": me.description.get("name", "") if me else "",
            "quarantine": me.quarantine if me else "",
            "server": settings["server"],
            "mode": settings["mode"],
            "readers": settings["readers"],
            "language": settings["language"],
            "encrypted": store.is_encrypted,
            "waiting": store.journal.waiting(),
            "refused": store.journal.back(),
            "unfinished": [_task(store, one.id) for one in store.tasks.unfinished()],
            "writes_unfinished": len(store.writes.unfinished()),
            "carried_as_of": as_of,
            "farmers": len(store.snapshot.farmers()),
        }
    )
    return Exit.DONE


def _task(store: Store, id: int) -> dict[str, Any]:
    task, parts = store.tasks.of(id), store.tasks.parts(id)
    return {
        "task": id,
        "kind": task.kind if task else "",
        "state": task.state if task else "",
        "on_tags": sum(part.is_on_tag for part in parts),
    }


def export(wish: Namespace, store: Store, output: Output) -> Exit:
    """The journal, one event a line of JSON, whatever the server has of it."""
    if store.identity is None:
        raise NotEnrolled("There is no journal yet: enrol the device.")
    # By ID: a number was given in each journal that the device has had.
    told = {event.id: result for event, result in store.journal.refused()}
    acknowledged = store.journal.head().ack_seq
    seq = wish.since
    while events := store.journal.since(seq, 500):
        for event in events:
            result = told.get(event.id)
            state = result.state if result else ""
            line = {
                "seq": event.seq,
                "id": event.id,
                "kind": event.kind,
                "at": event.at,
                "hash": event.hash,
                "state": state or ("sent" if event.seq <= acknowledged else WAITING),
                "body": event.values,
            }
            print(json.dumps(plain_of(line), ensure_ascii=False))
        seq = events[-1].seq + 1
    return Exit.DONE


def change(wish: Namespace, store: Store, output: Output) -> Exit:
    """A setting."""
    if wish.name not in DEFAULTS:
        names = ", ".join(DEFAULTS)
        raise NotDone(f"{wish.name} is no setting: {names}.", "setting", Exit.USAGE)
    kind = type(DEFAULTS[wish.name])
    text = wish.value
    try:
        value = [one for one in text.split(",") if one] if kind is list else kind(text)
    except ValueError:
        raise NotDone(
            f"{wish.name} is a {kind.__name__}: {text!r} is none.",
            "setting",
            Exit.USAGE,
        ) from None
    store.settings[wish.name] = checked(wish.name, value)
    output.result({wish.name: store.settings[wish.name]})
    return Exit.DONE
