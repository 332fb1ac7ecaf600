"""What makes a payload believed: signatures, keys, revocations, private parts."""

from .keys import Algorithm, SigningKey, VerifyKey
from .private import RegionKeys, region_key
from .ring import DEVICE_KINDS, KeyRing, TrustedKey
from .seal import seal, unseal
from .sign1 import Sign1
from .statement import Bond, Statement, read_revocations

__all__ = [
    "DEVICE_KINDS",
    "Algorithm",
    "Bond",
    "KeyRing",
    "RegionKeys",
    "Sign1",
    "SigningKey",
    "Statement",
    "TrustedKey",
    "VerifyKey",
    "read_revocations",
    "region_key",
    "seal",
    "unseal",
]
