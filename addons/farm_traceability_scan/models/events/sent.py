"""What devices send, as far as it is sensible; everything else counts as not sent."""

from datetime import datetime, timezone

from odoo import fields

from ..reading.look import plain

TEXTS = ("uuid", "device", "scenario", "kind", "text")
ANSWERS = ("choice", "note", "confirm", "of")
IDS = (
    "document_id",
    "product_id",
    "location_id",
    "line_id",
    "picking_id",
    "reason_id",
)
# More companies than anybody works in at once.
MOST_COMPANIES = 100
DRAFT_IDS = ("source_id", "product_id", "lot_id", "package_id")
# Beyond what is counted anywhere, and the year 5138 in ms.
LARGEST = 1e14


def cleaned(sent):
    """An event as the scenarios take it, with all its keys.

    - texts (``""`` if there is none), of which the database takes every character
    - ids: whole numbers, 0 if there is none
    - ``company_ids``: those in which the person worked, the main one first
    - ``quantity`` and ``at``: numbers, None if there is none
    - ``draft``: what the device was told of work that is begun
    """
    sent = sent if isinstance(sent, dict) else {}
    draft = sent.get("draft") if isinstance(sent.get("draft"), dict) else {}
    companies = sent.get("company_ids")
    companies = companies if isinstance(companies, list) else []
    return {
        **{name: _text(sent.get(name)) for name in (*TEXTS, *ANSWERS)},
        **{name: _whole(sent.get(name)) for name in IDS},
        "company_ids": [_whole(one) for one in companies[:MOST_COMPANIES]],
        "quantity": _number(sent.get("quantity")),
        "at": _number(sent.get("at")),
        "draft": {name: _whole(draft.get(name)) for name in DRAFT_IDS}
        | {"quantity": _number(draft.get("quantity"))},
    }


def moment(milliseconds):
    """The moment in UTC; now where a device's clock says none, or one to come."""
    now = fields.Datetime.now()
    try:
        found = datetime.fromtimestamp((milliseconds or 0) / 1000, timezone.utc)
    except (ValueError, OverflowError, OSError):
        return now
    return min(found.replace(tzinfo=None, microsecond=0), now)


def _text(value):
    return plain(value) if isinstance(value, str) else ""


def _whole(value):
    is_whole = _number(value) is not None and value == int(value)
    return int(value) if is_whole and 0 < value < 2**31 else 0


def _number(value):
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and abs(value) < LARGEST else None
