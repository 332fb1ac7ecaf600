"""Lineage codes: names that say what a thing was split from."""

from .code import MAX_DEPTH, MAX_STEP, LineageCode, from_bytes, parse
from .rules import check_mix, parts

__all__ = [
    "MAX_DEPTH",
    "MAX_STEP",
    "LineageCode",
    "check_mix",
    "from_bytes",
    "parse",
    "parts",
]
