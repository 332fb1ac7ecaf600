"""What a body is packed in, for lines where each byte is paid for."""

import gzip
import zlib

from .problems import Damaged, TooLarge, WrongCoding

GZIP = "gzip"
AS_IT_IS = ("", "identity")
#: bytes; fewer are one packet of the line, packed or not
WORTH_PACKING = 1_000
_OF_GZIP = 16 + zlib.MAX_WBITS


def packed(raw: bytes) -> bytes:
    """A body by :data:`GZIP`."""
    return gzip.compress(raw, mtime=0)


def unpacked(raw: bytes, coding: str, largest: int) -> bytes:
    """The bytes of a body, never more than may be sent unpacked.

    :param coding: of ``Content-Encoding``
    :raises Problem: ``Damaged``, ``TooLarge`` or ``WrongCoding``
    """
    if coding.strip().lower() in AS_IT_IS:
        return raw
    if coding.strip().lower() != GZIP:
        raise WrongCoding()
    unpacking = zlib.decompressobj(_OF_GZIP)
    try:
        found = unpacking.decompress(raw, largest + 1)
    except zlib.error:
        raise Damaged("This is not packed by gzip") from None
    if len(found) > largest:
        raise TooLarge(f"Send at most {largest} bytes at a time, before packing")
    if not unpacking.eof or unpacking.unused_data:
        raise Damaged("What is packed is cut, or more follows it")
    return found
