"""The receipt of a purchase, as it is given to the farmer."""

from __future__ import annotations

from ...work.view import Piece, Receipt
from ..speech import Speech
from .slip import RULE, Line, Slip


def slip_of(receipt: Receipt, speech: Speech) -> Slip:
    """A receipt in a language; weights in kilograms, moments by the device's clock."""
    number = "-".join([receipt.device, *map(str, receipt.events[:1])])
    lines = [
        Line(
            speech.label("receipt.title"), is_bold=True, is_large=True, is_middle=True
        ),
        RULE,
        *_head(receipt, number, speech),
        RULE,
        *(line for piece in receipt.bunches for line in _bunch(piece, speech)),
        RULE,
        *_totals(receipt, speech),
        Line(),
        Line(),
        Line(f"{speech.label('receipt.sign')}:"),
        Line(),
        RULE,
    ]
    return Slip(f"{speech.label('receipt.title')} {number}", tuple(lines))


def _head(receipt: Receipt, number: str, speech: Speech) -> list[Line]:
    grade = receipt.grade_name or receipt.grade
    facts = [
        ("number", number),
        ("date", speech.moment(receipt.at)),
        ("farmer", receipt.farmer_name),
        ("farmer", "" if receipt.farmer_name else receipt.farmer),
        ("certificate", receipt.certificate),
        ("crop", receipt.crop_name or receipt.crop),
        ("grade", grade),
        ("harvest", speech.day(receipt.harvest_date)),
    ]
    lines = [
        Line(speech.label(f"receipt.{key}"), value, is_bold=key == "farmer")
        for key, value in facts
        if value
    ]
    if receipt.farmer_name and receipt.farmer:
        lines.insert(3, Line("", receipt.farmer))
    return lines


def _bunch(piece: Piece, speech: Speech) -> list[Line]:
    hands = speech.count("hands", piece.hands) if piece.hands else ""
    weight = "" if piece.grams is None else speech.weight(piece.grams)
    return [Line(f"{piece.number}. {piece.code}"), Line(f"   {hands}", weight)]


def _totals(receipt: Receipt, speech: Speech) -> list[Line]:
    bunches = speech.count("bunches", len(receipt.bunches))
    hands = speech.count("hands", receipt.hands)
    total = speech.weight(receipt.grams) if receipt.grams else ""
    return [
        Line(f"{bunches}, {hands}" if receipt.hands else bunches),
        Line(speech.label("receipt.total"), total, is_bold=True, is_large=True),
    ]
