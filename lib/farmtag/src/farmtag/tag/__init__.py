"""The tag as a whole: a message for a chip, and what a message says."""

from .chips import Chip, ChipProfile, chip_with
from .message import Text
from .reading import Reading, read
from .writing import Draft, Written, add_split, write

__all__ = [
    "Chip",
    "ChipProfile",
    "Draft",
    "Reading",
    "Text",
    "Written",
    "add_split",
    "chip_with",
    "read",
    "write",
]
