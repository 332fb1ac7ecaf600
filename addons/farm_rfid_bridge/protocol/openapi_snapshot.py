"""The snapshot in the description of the routes."""

from .resume import LARGEST, LONGEST
from .schema import (
    Schema,
    array,
    both,
    device,
    number,
    octets,
    record,
    refusal,
    server_key,
)

SUMMARY = "What the device works with: farmers, certificates, keys, bunches and more"
DESCRIPTION = (
    "Pages of at most 500 items. As long as there is a token, ask with it alone. On the"
    " last page since says where to begin the next time, device what the device is and"
    " may do now, and state_hash what it carries then: the SHA-256 of a line"
    " kind:id:version for each record, joined by line feeds, in the order of kind and"
    " id. Where its own is another, it asks without since, and drops what it had for"
    " that region. The answer is CBOR where Accept asks for it, else JSON."
)


def snapshot() -> Schema:
    return {
        "operationId": "snapshot",
        "summary": SUMMARY,
        "description": DESCRIPTION,
        "security": [{"token": []}],
        "parameters": [
            _parameter(
                "region", _text(), "Code of a region; all of the device if none"
            ),
            _parameter(
                "since", number(0, LARGEST), "Of the last page of the last time"
            ),
            _parameter("token", _text(), "Of the page before; then nothing else"),
        ],
        "responses": {"200": {"description": "A page", "content": both(_page())}}
        | {str(one): refusal(one) for one in (400, 401, 403, 500, 503)},
    }


def _page() -> Schema:
    return record(
        is_full={"type": "boolean", "description": "Drop what was there before"},
        items=array(_item()) | {"maxItems": 500},
        token=_or_null({"type": "string"}),
        since=_or_null(number(0, LARGEST)),
        state_hash=_or_null(octets(32, "Hash of what the device carries now")),
        device=_or_null(device()),
        server_key=server_key(),
        server_time=number(),
    )


def _item() -> Schema:
    return record(
        kind={"type": "string"},
        id=number(1),
        version={"type": "string"},
        data=_or_null({"type": "object", "description": "null: it is gone"}),
    )


def _parameter(name: str, schema: Schema, description: str) -> Schema:
    place: Schema = {"name": name, "in": "query", "required": False}
    return place | {"schema": schema, "description": description}


def _text() -> Schema:
    return {"type": "string", "maxLength": LONGEST}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
