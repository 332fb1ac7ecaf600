"""The description of the routes for other programs, as OpenAPI 3.1."""

from . import problems
from .envelope import (
    JSON,
    LARGEST_BODY,
    LARGEST_QUESTION,
    LARGEST_REQUEST,
    MOST_EVENTS,
)
from .openapi_snapshot import snapshot
from .schema import (
    ANY_BYTES,
    Schema,
    array,
    device,
    kinds,
    number,
    octets,
    operation,
    record,
    server_key,
    text,
)

MOST = f"At most {MOST_EVENTS}, each with a body of at most {LARGEST_BODY} bytes"
AT_ONCE = (
    "The server takes so many pushes at a time as it is set to, whosesoever they are."
    " Who finds no place is told busy (503) before the body is read, keeps what it has,"
    " and sends it again after the seconds of Retry-After."
)
STATES = ["applied", "parked", "refused", "conflict", "settled"]


def document(base_url: str) -> Schema:
    """The OpenAPI document of a server."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tags and readers",
            "version": "1.0.0",
            "description": (
                "Devices that read and write tags send their journal and are told what"
                " became of each event. Bytes are byte strings in CBOR and base64url in"
                f" JSON. A push has at most {LARGEST_REQUEST} bytes, any other request"
                f" {LARGEST_QUESTION}, unpacked: a body may be packed, with"
                " Content-Encoding: gzip; a longer answer is packed for who says"
                " Accept-Encoding: gzip. No text has the character NUL."
            ),
        },
        "servers": [{"url": f"{base_url}/farm_rfid/v1"}],
        "paths": {
            "/enrol": {"post": _enrol()},
            "/push": {"post": _push()},
            "/snapshot": {"get": snapshot()},
            "/cards": {"post": _cards()},
            "/openapi.json": {"get": _openapi()},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": _problem()},
        },
    }


def _enrol() -> Schema:
    return operation(
        "enrol",
        "Take a device on, with the code that a person was shown",
        record(
            code=text(64),
            public_key=octets(32, "Ed25519"),
            proof=octets(64, "Signature of the ten characters of the code, public_key"),
            agent={"type": "object"},
        ),
        record(
            device=device(),
            token={"type": "string"},
            server_time=number(),
            server_key=server_key(),
        ),
        (400, 401, 403, 409, 413, 415, 500, 503),
        optional=("agent",),
    )


def _push() -> Schema:
    described = operation(
        "push",
        "Send a run of the journal; what was sent before is answered as it stands now",
        record(
            v={"const": 1},
            from_seq=number(1),
            prev_hash=octets(32, "Hash of the event before from_seq; zeros before 1"),
            events=array(_event()) | {"description": MOST},
            head_hash=octets(32, "Hash of the last event"),
            clock=number(),
            signature=octets(64, "farm-rfid/1/push, number, from_seq, head, clock"),
            status={"type": "object"},
        ),
        record(
            ack_seq=number(),
            ack_hash=octets(32, "Hash of the event ack_seq"),
            results=array(_result()),
            server_time=number(),
        ),
        (400, 401, 403, 409, 413, 415, 500, 503),
        optional=("status",),
    )
    return described | {"description": AT_ONCE, "security": [{"token": []}]}


def _cards() -> Schema:
    described = operation(
        "cards",
        "Farmers' cards that this writer has to write; with order, uid, chip and"
        " signature that order is signed for the chip first",
        record(
            v={"const": 1},
            order=number(1),
            uid={"type": "string", "pattern": ANY_BYTES},
            chip=text(32),
            signature=octets(64, "farm-rfid/1/card, number, order, uid"),
        ),
        record(orders=array(_order())),
        (400, 401, 403, 404, 409, 413, 415, 500, 503),
        optional=("order", "uid", "chip", "signature"),
    )
    return described | {"security": [{"token": []}]}


def _order() -> Schema:
    texts = ("code", "farmer", "certificate", "chip")
    some_bytes = {"type": "string", "pattern": ANY_BYTES}
    return record(
        order=number(1),
        expires=number(),
        uid=some_bytes,
        message=some_bytes,
        **{name: {"type": "string"} for name in texts},
    )


def _event() -> Schema:
    return {
        "type": "array",
        "description": "seq, id, kind, body: the body is a map in canonical CBOR",
        "prefixItems": [
            number(1),
            octets(16, "UUID of version 7"),
            {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,31}$"},
            {"type": "string", "pattern": ANY_BYTES},
        ],
        "minItems": 4,
        "maxItems": 4,
    }


def _result() -> Schema:
    return record(
        seq=number(1),
        id=octets(16, "Of the event"),
        state={"enum": STATES},
        code={"type": "string"},
        message={"type": "string"},
        refs={"type": "object"},
    )


def _openapi() -> Schema:
    return {
        "operationId": "openapi",
        "summary": "This document",
        "responses": {
            "200": {
                "description": "The document",
                "content": {JSON: {"schema": {"type": "object"}}},
            }
        },
    }


def _problem() -> Schema:
    return record(
        type={"type": "string"},
        title={"type": "string"},
        status={"type": "integer"},
        detail={"type": "string"},
        code={"enum": sorted(kind.code for kind in kinds(problems.Problem))},
        retry={"enum": ["later", "never", "changed"]},
    )
