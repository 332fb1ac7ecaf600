"""Pieces of JSON Schema and OpenAPI that describe the routes."""

from typing import Any

from . import problems
from .envelope import CBOR, JSON, LARGEST_NUMBER

Schema = dict[str, Any]
ANY_BYTES = "^([A-Za-z0-9_-]{4})*([A-Za-z0-9_-]{2,3})?$"
KEY_ID: Schema = {"type": "string", "pattern": "^[0-9a-f]{4}$"}

SCOPE_TEXTS = ("company", "user", "warehouse")
SCOPE_RIGHTS = ("may_write_bunches", "may_split", "may_write_cards")

RETRY_AFTER: Schema = {
    "description": "Where retry is later: send the same again after so many seconds",
    "schema": {"type": "integer", "minimum": 1},
}


def device() -> Schema:
    """What a device is told of itself."""
    return record(
        number=number(1, 2**18 - 1),
        key_id=KEY_ID,
        name={"type": "string"},
        kind={"enum": ["collector", "writer", "desk", "gate"]},
        scope=_scope(),
    )


def _scope() -> Schema:
    texts: Schema = {name: {"type": "string"} for name in SCOPE_TEXTS}
    lists = {name: array({"type": "string"}) for name in ("locations", "regions")}
    return record(
        **texts, **lists, **{name: {"type": "boolean"} for name in SCOPE_RIGHTS}
    )


def server_key() -> Schema:
    key = record(key_id=KEY_ID, public_key=octets(32, "X25519, to seal for"))
    return {"anyOf": [key, {"type": "null"}]}


def kinds(kind: type[problems.Problem]) -> list[type[problems.Problem]]:
    return [kind, *(one for sub in kind.__subclasses__() for one in kinds(sub))]


def operation(
    name: str,
    summary: str,
    asked: Schema,
    told: Schema,
    statuses: tuple[int, ...],
    optional: tuple[str, ...] = (),
) -> Schema:
    asked["required"] = [key for key in asked["required"] if key not in optional]
    ok = {"description": "Answered", "content": both(told)}
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": both(asked)},
        "responses": {"200": ok} | {str(one): refusal(one) for one in statuses},
    }


def refusal(status: int) -> Schema:
    meant = [kind for kind in kinds(problems.Problem) if kind.status == status]
    schema = {"$ref": "#/components/schemas/Problem"}
    described: Schema = {
        "description": f"A problem: {', '.join(kind.code for kind in meant)}",
        "content": {"application/problem+json": {"schema": schema}},
    }
    if any(kind.retry == "later" for kind in meant):
        described["headers"] = {"Retry-After": RETRY_AFTER}
    return described


def both(schema: Schema) -> Schema:
    return {JSON: {"schema": schema}, CBOR: {"schema": schema}}


def record(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def number(least: int = 0, most: int = LARGEST_NUMBER) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}


def text(longest: int) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": longest}


def octets(count: int, description: str) -> Schema:
    length = -(-count * 4 // 3)
    return {
        "type": "string",
        "description": f"{description} ({count} bytes)",
        "pattern": f"^[A-Za-z0-9_-]{{{length}}}$",
    }
