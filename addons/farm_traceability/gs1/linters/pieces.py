"""Pieces of a whole: number and total (GS1 General Specifications, section 3.9)."""

import re

from ..errors import Gs1Error
from .characters import csetnumeric

POSITION = re.compile(r"([0-9]+)/([0-9]+)")


def pieceoftotal(value):
    """The number of the piece, then as many digits for how many there are."""
    half, odd = divmod(len(value), 2)
    if odd or not half:
        raise Gs1Error("invalid_length_for_piece_of_total", 0, len(value))
    csetnumeric(value)
    piece, total = int(value[:half]), int(value[half:])
    if not piece:
        raise Gs1Error("zero_piece_number", 0, half)
    if not total:
        raise Gs1Error("zero_total_pieces", half, half)
    if piece > total:
        raise Gs1Error("piece_number_exceeds_total", 0, len(value))


def posinseqslash(value):
    """A position and the end, such as ``1/2``, without leading zeros."""
    found = POSITION.fullmatch(value)
    if not found:
        raise Gs1Error("position_in_sequence_malformed", 0, len(value), text=value)
    for group in (1, 2):
        if found.group(group).startswith("0"):
            start, end = found.span(group)
            raise Gs1Error("illegal_zero_prefix", start, end - start)
    position, end = map(int, found.groups())
    if position > end:
        raise Gs1Error("position_exceeds_end", 0, len(value))
