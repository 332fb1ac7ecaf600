"""The description of the routes for other programs, as OpenAPI 3.1."""

from typing import Any

from . import problems
from .envelope import (
    CBOR,
    JSON,
    LARGEST_BODY,
    LARGEST_NUMBER,
    LARGEST_REQUEST,
    MOST_EVENTS,
)

Schema = dict[str, Any]
MOST = f"At most {MOST_EVENTS}, each with a body of at most {LARGEST_BODY} bytes"
ANY_BYTES = "^([A-Za-z0-9_-]{4})*([A-Za-z0-9_-]{2,3})?$"
STATES = ["applied", "parked", "refused", "conflict", "settled"]
SCOPE_TEXTS = ("company", "user", "warehouse")
SCOPE_RIGHTS = ("may_write_bunches", "may_split", "may_write_cards")


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
                f" JSON. A request has at most {LARGEST_REQUEST} bytes."
            ),
        },
        "servers": [{"url": f"{base_url}/farm_rfid/v1"}],
        "paths": {
            "/enrol": {"post": _enrol()},
            "/push": {"post": _push()},
            "/cards": {"post": _cards()},
            "/openapi.json": {"get": _openapi()},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": _problem()},
        },
    }


def _enrol() -> Schema:
    return _operation(
        "enrol",
        "Take a device on, with the code that a person was shown",
        _object(
            code=_text(64),
            public_key=_bytes(32, "Ed25519"),
            proof=_bytes(64, "Signature of the ten characters of the code, public_key"),
            agent={"type": "object"},
        ),
        _object(
            device=_object(
                number=_number(1, 2**18 - 1),
                key_id={"type": "string", "pattern": "^[0-9a-f]{4}$"},
                name={"type": "string"},
                kind={"enum": ["collector", "writer", "desk", "gate"]},
                scope=_scope(),
            ),
            token={"type": "string"},
            server_time=_number(),
        ),
        (400, 401, 403, 409, 413, 415, 500, 503),
        optional=("agent",),
    )


def _scope() -> Schema:
    texts: Schema = {name: {"type": "string"} for name in SCOPE_TEXTS}
    lists = {name: _list({"type": "string"}) for name in ("locations", "regions")}
    return _object(
        **texts, **lists, **{name: {"type": "boolean"} for name in SCOPE_RIGHTS}
    )


def _push() -> Schema:
    operation = _operation(
        "push",
        "Send a run of the journal; what was sent before is answered as it was then",
        _object(
            v={"const": 1},
            from_seq=_number(1),
            prev_hash=_bytes(32, "Hash of the event before from_seq; zeros before 1"),
            events=_list(_event()) | {"description": MOST},
            head_hash=_bytes(32, "Hash of the last event"),
            clock=_number(),
            signature=_bytes(64, "farm-rfid/1/push, number, from_seq, head, clock"),
            status={"type": "object"},
        ),
        _object(
            ack_seq=_number(),
            ack_hash=_bytes(32, "Hash of the event ack_seq"),
            results=_list(_result()),
            server_time=_number(),
        ),
        (400, 401, 403, 409, 413, 415, 500, 503),
        optional=("status",),
    )
    return operation | {"security": [{"token": []}]}


def _cards() -> Schema:
    operation = _operation(
        "cards",
        "Farmers' cards that this writer has to write; with order, uid, chip and"
        " signature that order is signed for the chip first",
        _object(
            v={"const": 1},
            order=_number(1),
            uid={"type": "string", "pattern": ANY_BYTES},
            chip=_text(32),
            signature=_bytes(64, "farm-rfid/1/card, number, order, uid"),
        ),
        _object(orders=_list(_order())),
        (400, 401, 403, 404, 409, 413, 415, 500, 503),
        optional=("order", "uid", "chip", "signature"),
    )
    return operation | {"security": [{"token": []}]}


def _order() -> Schema:
    texts = ("code", "farmer", "certificate", "chip")
    some_bytes = {"type": "string", "pattern": ANY_BYTES}
    return _object(
        order=_number(1),
        expires=_number(),
        uid=some_bytes,
        message=some_bytes,
        **{name: {"type": "string"} for name in texts},
    )


def _event() -> Schema:
    return {
        "type": "array",
        "description": "seq, id, kind, body: the body is a map in canonical CBOR",
        "prefixItems": [
            _number(1),
            _bytes(16, "UUID of version 7"),
            {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,31}$"},
            {"type": "string", "pattern": ANY_BYTES},
        ],
        "minItems": 4,
        "maxItems": 4,
    }


def _result() -> Schema:
    return _object(
        seq=_number(1),
        id=_bytes(16, "Of the event"),
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
    return _object(
        type={"type": "string"},
        title={"type": "string"},
        status={"type": "integer"},
        detail={"type": "string"},
        code={"enum": sorted(kind.code for kind in _kinds(problems.Problem))},
        retry={"enum": ["later", "never", "changed"]},
    )


def _kinds(kind: type[problems.Problem]) -> list[type[problems.Problem]]:
    return [kind, *(one for sub in kind.__subclasses__() for one in _kinds(sub))]


def _operation(
    name: str,
    summary: str,
    asked: Schema,
    told: Schema,
    statuses: tuple[int, ...],
    optional: tuple[str, ...] = (),
) -> Schema:
    asked["required"] = [key for key in asked["required"] if key not in optional]
    ok = {"description": "Answered", "content": _both(told)}
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": _both(asked)},
        "responses": {"200": ok} | {str(one): _refusal(one) for one in statuses},
    }


def _refusal(status: int) -> Schema:
    codes = [k.code for k in _kinds(problems.Problem) if k.status == status]
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": f"A problem: {', '.join(codes)}",
        "content": {"application/problem+json": {"schema": schema}},
    }


def _both(schema: Schema) -> Schema:
    return {JSON: {"schema": schema}, CBOR: {"schema": schema}}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _number(least: int = 0, most: int = LARGEST_NUMBER) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}


def _text(longest: int) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": longest}


def _bytes(count: int, description: str) -> Schema:
    length = -(-count * 4 // 3)
    return {
        "type": "string",
        "description": f"{description} ({count} bytes)",
        "pattern": f"^[A-Za-z0-9_-]{{{length}}}$",
    }
