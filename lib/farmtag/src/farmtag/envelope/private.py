"""Private parts that the devices of a region read: AES-SIV, a key per region and epoch.

The mode needs no nonce and forgives the same content twice; what it tells is only that
two cards of the same number have the same private part.
"""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .. import cbor
from ..errors import Forged, UnknownKey, WrongValue
from ..lineage import LineageCode
from ..payload import PrivatePart

KEY_BYTES = 64


class RegionKeys:
    """The keys that a device has, by region and epoch; 64 bytes each."""

    def __init__(self, keys: Mapping[tuple[int, int], bytes]) -> None:
        self._keys = dict(keys)

    def lock(self, content: bytes, subject: LineageCode, region: int) -> PrivatePart:
        """Encrypt for a region by its newest key.

        :param content: 1 to 240 bytes
        :param subject: the code of the card; the part is good for no other
        :raises WrongValue: without a key for the region
        """
        epochs = [epoch for place, epoch in self._keys if place == region]
        if not epochs:
            raise WrongValue(f"there is no key for the region {region}")
        epoch = max(epochs)
        cipher, bond = self._cipher(region, epoch), _bond(region, epoch, subject)
        return PrivatePart(region, epoch, cipher.encrypt(content, bond))

    def open(self, part: PrivatePart, subject: LineageCode) -> bytes:
        """What was encrypted.

        :raises UnknownKey: without the key of that region and epoch
        :raises Forged: if it was not encrypted by it for this subject
        """
        if (part.region, part.epoch) not in self._keys:
            raise UnknownKey(f"no key {part.epoch} of the region {part.region}")
        bond = _bond(part.region, part.epoch, subject)
        try:
            return self._cipher(part.region, part.epoch).decrypt(part.ciphertext, bond)
        except InvalidTag:
            raise Forged("the private part is not for this card") from None

    def _cipher(self, region: int, epoch: int) -> AESSIV:
        return AESSIV(self._keys[region, epoch])


def region_key(master: bytes, region: int, epoch: int) -> bytes:
    """The 64 bytes of a region's key, from the server's master secret."""
    info = b"farmtag region " + cbor.encode([region, epoch])
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(master)


def _bond(region: int, epoch: int, subject: LineageCode) -> list[bytes]:
    return [cbor.encode([region, epoch, subject.to_bytes()])]
