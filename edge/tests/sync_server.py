"""A small server over real HTTP that speaks the protocol, and fails as it is told."""

from __future__ import annotations

import gzip
import json
import struct
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import farmtag
from farm_edge.store import canonical
from farm_edge.store.chain import BEGIN, hash_of
from farm_edge.sync.wire import plain_code, signed_part
from store_world import NOW, NUMBER, carried

CODE = "7KQ2M-X9TBA"
CBOR = "application/cbor"
#: bytes of an answer that is packed, as Odoo does
WORTH_PACKING = 1_000


class Problem(Exception):
    def __init__(self, status, code, retry="never", wait=None, **members):
        super().__init__(code)
        self.status, self.code, self.wait = status, code, wait
        self.members = {"code": code, "detail": code, "retry": retry} | members


class Ledger:
    """What the server knows of one device."""

    def __init__(self) -> None:
        self.number = NUMBER
        self.public_key = b""
        self.events: list[tuple[int, bytes, str, bytes]] = []
        self.hashes = [BEGIN]
        self.forked: list[tuple[int, bytes, str, bytes]] = []
        self.states: dict[int, str] = {}
        self.items: list[Any] = []
        self.orders: dict[int, dict[str, Any]] = {}
        self.scope: dict[str, Any] = {"regions": ["NORTH", "SOUTH"]}
        self.since = 1
        self.page = 2

    @property
    def device(self):
        return {"number": self.number, "name": "Tablet", "scope": self.scope}

    def enrol(self, asked):
        key = farmtag.VerifyKey(farmtag.envelope.Algorithm.EDDSA, asked["public_key"])
        proved = plain_code(asked["code"]).encode() + asked["public_key"]
        is_mine = plain_code(asked["code"]) == plain_code(CODE)
        if not is_mine or not key.has_signed(asked["proof"], proved):
            raise Problem(403, "code-unknown")
        self.number += bool(self.public_key)
        self.public_key = asked["public_key"]
        self.events, self.hashes = [], [BEGIN]
        return {
            "device": self.device,
            "token": f"token {self.number}",
            "server_time": NOW,
            "server_key": None,
        }

    def push(self, sent):
        key = farmtag.VerifyKey(farmtag.envelope.Algorithm.EDDSA, self.public_key)
        from_seq, before = sent["from_seq"], sent["prev_hash"]
        signed = signed_part(self.number, from_seq, sent["head_hash"], sent["clock"])
        assert key.has_signed(sent["signature"], signed)
        if from_seq > len(self.events) + 1:
            raise Problem(409, "gap", "changed", send_from=len(self.events) + 1)
        for seq, id, kind, body in sent["events"]:
            before = hash_of(before, self.number, seq, id, kind, body)
            known = self.hashes[seq] if seq < len(self.hashes) else before
            if known != before or sent["prev_hash"] != self.hashes[from_seq - 1]:
                self.forked += [tuple(one) for one in sent["events"]]
                raise Problem(409, "fork")
            if seq == len(self.hashes):
                self.hashes.append(before)
                self.events.append((seq, id, kind, body))
        assert before == sent["head_hash"]
        return {
            "ack_seq": len(self.events),
            "ack_hash": self.hashes[-1],
            "results": [self.result(seq, id) for seq, id, *_rest in sent["events"]],
            "server_time": NOW,
        }

    def result(self, seq, id):
        state = self.states.get(seq, "applied")
        told = {"seq": seq, "id": id, "state": state, "code": "", "message": ""}
        return told | {"refs": {"harvest": f"H/2026/{seq:05}"}}

    def cards(self, asked):
        if "order" in asked:
            order = self.orders.get(asked["order"])
            if not order:
                raise Problem(404, "not-found")
            key = farmtag.VerifyKey(farmtag.envelope.Algorithm.EDDSA, self.public_key)
            numbers = struct.pack(">IQ", self.number, asked["order"])
            signed = b"farm-rfid/1/card" + numbers + asked["uid"]
            if not key.has_signed(asked["signature"], signed):
                raise Problem(401, "bad-signature")
            if order["uid"] not in (b"", asked["uid"]):
                raise Problem(409, "card-refused")
            order |= {"uid": asked["uid"], "message": b"signed", "chip": asked["chip"]}
            return {"orders": [order]}
        return {"orders": list(self.orders.values())}

    def snapshot(self, asked):
        place = int(asked.get("token") or 0)
        items = self.items[place : place + self.page]
        is_last = place + self.page >= len(self.items)
        is_full = "since" not in asked
        return {
            "is_full": is_full,
            "items": [vars(one) for one in items] if is_full else [],
            "token": None if is_last or not is_full else str(place + self.page),
            "since": self.since if is_last or not is_full else None,
            "state_hash": carried(*self.items) if is_last or not is_full else None,
            "device": self.device if is_last or not is_full else None,
            "server_key": None,
            "server_time": NOW,
        }


class Village:
    """The server: its ledger, what was asked of it, and how it fails next.

    ``faults`` are taken one by one, each by the next request: a function of the
    request's handler and of what would be answered; None answers well.
    """

    def __init__(self, context=None) -> None:
        self.ledger = Ledger()
        self.faults: list[Callable[..., None] | None] = []
        self.asked: list[str] = []
        self.received = 0
        village = self

        class Handler(_Handler):
            world = village

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        if context:
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.port = self.http.server_port
        scheme = "https" if context else "http"
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        threading.Thread(
            target=self.http.serve_forever, args=(0.02,), daemon=True
        ).start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()

    def answer(self, route, asked):
        return getattr(self.ledger, route)(asked)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    world: Village

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        raw = self.rfile.read(length)
        if len(raw) < length:  # it was cut on the way
            self.close_connection = True
            return
        self.world.received += len(raw)
        if self.headers["Content-Encoding"] == "gzip":
            raw = gzip.decompress(raw)
        self.reply(urlsplit(self.path).path, lambda: canonical.decode(raw))

    def do_GET(self):
        split = urlsplit(self.path)
        self.reply(split.path, lambda: dict(parse_qsl(split.query)))

    def reply(self, path, asked):
        route = path.rpartition("/")[2]
        self.world.asked.append(route)
        fault = self.world.faults.pop(0) if self.world.faults else None
        answered = []

        def work():
            if not answered:
                answered.append(canonical.encode(self.world.answer(route, asked())))
            return answered[0]

        try:
            if fault:
                fault(self, work)
            else:
                self.send(200, work())
        except Problem as problem:
            headers = {"Retry-After": problem.wait} if problem.wait else {}
            body = json.dumps(problem.members).encode()
            self.send(problem.status, body, "application/problem+json", headers)

    def send(self, status, body, media_type=CBOR, headers=None, length=None):
        takes_packed = "gzip" in self.headers["Accept-Encoding"]
        if length is None and takes_packed and len(body) >= WORTH_PACKING:
            body = gzip.compress(body)
            headers = {"Content-Encoding": "gzip"} | (headers or {})
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self):
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_words):
        pass


# -- faults -------------------------------------------------------------------------


def lost_on_the_way(handler, work):
    """The request does not arrive."""
    handler.close_connection = True


def answer_lost(handler, work):
    """What was asked is done, and nobody hears of it."""
    work()
    handler.close_connection = True


def answer_cut(handler, work):
    body = work()
    handler.send(200, body[: len(body) // 2], length=len(body))
    handler.close_connection = True


def sign_in_page(handler, work):
    handler.send(200, b"<html>Welcome to the hotel</html>", "text/html")


def redirect(handler, work):
    handler.send(302, b"", "text/html", {"Location": "http://portal.example/"})


def garbage(handler, work):
    handler.send(200, b"\xff" * 40)


def not_canonical(handler, work):
    work()
    handler.send(200, b"\xbf\xff")


def other_events(handler, work):
    """An answer about something else."""
    answer = canonical.decode(work())
    answer["results"] = answer["results"][:-1]
    handler.send(200, canonical.encode(answer))


def other_hash(handler, work):
    handler.send(
        200, canonical.encode(canonical.decode(work()) | {"ack_hash": bytes(32)})
    )


def too_far(handler, work):
    answer = canonical.decode(work())
    handler.send(200, canonical.encode(answer | {"ack_seq": answer["ack_seq"] + 5}))


def says(status, code, retry="never", wait=None, **members):
    def fault(handler, work):
        raise Problem(status, code, retry, wait, **members)

    return fault


def plainly(status, **headers):
    """A proxy answers, in no words of the protocol."""

    def fault(handler, work):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.send(status, b"<html>", "text/html", named)

    return fault
