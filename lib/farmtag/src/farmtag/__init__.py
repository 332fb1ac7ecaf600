"""Tags that cannot lie: what stands on the NFC tags of fruit, signed and balanced.

- ``lineage``: names that say what a thing was split from
- ``payload``: what a tag says, one dataclass for each kind and version
- ``envelope``: signatures, keys, revocations, private parts
- ``tag``: a message for a chip, and what a message says
- ``balance``: the parts never add up to more than the whole
- ``epc``: SGTIN, LGTIN and SSCC as URN, tag bits and GS1 Digital Link
- ``errors``: the tree of everything that is raised

Odoo, readers and networks are unknown here.
"""

from .balance import Balance, balance_of
from .envelope import KeyRing, SigningKey, TrustedKey, VerifyKey
from .errors import (
    Damaged,
    DoesNotFit,
    Empty,
    FarmtagError,
    Forged,
    NotAllowed,
    NotOurs,
    OverIssued,
    Retired,
    Retry,
    Revoked,
    StaleKeys,
    TagError,
    TooNew,
    TooOldToKnow,
    UnknownChip,
    UnknownKey,
    UseError,
    WrongValue,
)
from .lineage import LineageCode
from .payload import Container, FarmerCard, Kind, Revocations, SplitRecord, Unit
from .tag import Chip, Draft, Reading, Text, Written, add_split, read, write

__all__ = [
    "Balance",
    "Chip",
    "Container",
    "Damaged",
    "DoesNotFit",
    "Draft",
    "Empty",
    "FarmerCard",
    "FarmtagError",
    "Forged",
    "KeyRing",
    "Kind",
    "LineageCode",
    "NotAllowed",
    "NotOurs",
    "OverIssued",
    "Reading",
    "Retired",
    "Retry",
    "Revocations",
    "Revoked",
    "SigningKey",
    "SplitRecord",
    "StaleKeys",
    "TagError",
    "Text",
    "TooNew",
    "TooOldToKnow",
    "TrustedKey",
    "Unit",
    "UnknownChip",
    "UnknownKey",
    "UseError",
    "VerifyKey",
    "Written",
    "WrongValue",
    "add_split",
    "balance_of",
    "read",
    "write",
]
