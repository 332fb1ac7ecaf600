"""Tag bits: SGTIN-96, SGTIN-198 and SSCC-96 (EPC Tag Data Standard, chapter 14).

A lot has no tag bits in the standard: its EPC is a class, its tags carry units.
"""

from __future__ import annotations

from typing import NamedTuple

from ..errors import Damaged, NotOurs, TooNew, WrongValue
from .identity import GTIN_DIGITS, SSCC_DIGITS, Epc, Sgtin, Sscc
from .text import escaped

#: bits of the prefix by partition; of the reference in an SGTIN and in an SSCC
_PREFIX_BITS = (40, 37, 34, 30, 27, 24, 20)
_ITEM_BITS = (4, 7, 10, 14, 17, 20, 24)
_UNIT_BITS = (18, 21, 24, 28, 31, 34, 38)
_MOST_PREFIX_DIGITS = 12
_HEADER_BITS, _FILTER_BITS, _PARTITION_BITS = 8, 3, 3
_NUMBER_BITS, _LETTERS, _LETTER_BITS, _SPARE_BITS = 38, 20, 7, 24
#: headers that version 2 of the standard gave to new schemes
_NEWER = range(0xF0, 0xFC)


class Scheme(NamedTuple):
    """A binary scheme; ``rest`` is how many bits follow the reference."""

    name: str
    header: int
    key_digits: int
    reference_bits: tuple[int, ...]
    rest: int
    padding: int = 0


SGTIN_96 = Scheme("sgtin-96", 0x30, GTIN_DIGITS, _ITEM_BITS, _NUMBER_BITS)
SGTIN_198 = Scheme(
    "sgtin-198", 0x36, GTIN_DIGITS, _ITEM_BITS, _LETTERS * _LETTER_BITS, padding=10
)
SSCC_96 = Scheme("sscc-96", 0x31, SSCC_DIGITS, _UNIT_BITS, _SPARE_BITS)
_SCHEMES = {scheme.header: scheme for scheme in (SGTIN_96, SGTIN_198, SSCC_96)}


class Tagged(NamedTuple):
    """What tag bits say; ``filter`` is 0 to 7, of no meaning to the identity."""

    epc: Epc
    filter: int
    scheme: Scheme

    @property
    def uri(self) -> str:
        """The tag URI: ``urn:epc:tag:sgtin-96:3.0614141.812345.6789``."""
        key = f"{self.filter}.{self.epc.prefix}.{self.epc.reference}"
        if isinstance(self.epc, Sgtin):
            key += f".{escaped(self.epc.serial)}"
        return f"urn:epc:tag:{self.scheme.name}:{key}"


def to_bits(epc: Epc, filter: int = 0, scheme: Scheme | None = None) -> bytes:
    """The bytes of a unit or a logistic unit; the shortest scheme that has it.

    :raises WrongValue: if no scheme, or not this one, has it
    """
    if not 0 <= filter < 1 << _FILTER_BITS:
        raise WrongValue(f"{filter} is no filter value")
    scheme = scheme or _scheme_of(epc)
    if not isinstance(epc, Sgtin | Sscc) or _key_digits(epc) != scheme.key_digits:
        raise WrongValue(f"{epc.urn} has no {scheme.name}")
    partition = _MOST_PREFIX_DIGITS - len(epc.prefix)
    writer = _Writer()
    writer.add(scheme.header, _HEADER_BITS)
    writer.add(filter, _FILTER_BITS)
    writer.add(partition, _PARTITION_BITS)
    writer.add(int(epc.prefix), _PREFIX_BITS[partition])
    writer.add(int(epc.reference), scheme.reference_bits[partition])
    writer.add(_rest(epc, scheme), scheme.rest)
    writer.add(0, scheme.padding)
    return writer.to_bytes()


def from_bits(data: bytes) -> Tagged:
    """What the bytes of an EPC memory bank name.

    :raises NotOurs: on a header of another scheme
    :raises TooNew: on a header of the standard's version 2
    :raises Damaged: if length or values are wrong
    """
    scheme = _SCHEMES.get(data[0]) if data else None
    if data and scheme is None and data[0] in _NEWER:
        raise TooNew(f"EPC header {data[0]:02X}")
    if scheme is None:
        raise NotOurs("no tag bits of an SGTIN or an SSCC")
    try:
        return _read(_Reader(data), scheme)
    except WrongValue as error:
        raise Damaged(f"{scheme.name}: {error}") from None


def _read(reader: _Reader, scheme: Scheme) -> Tagged:
    reader.take(_HEADER_BITS)
    filter, partition = reader.take(_FILTER_BITS), reader.take(_PARTITION_BITS)
    if partition >= len(_PREFIX_BITS):
        raise WrongValue("there is no partition 7")
    digits = _MOST_PREFIX_DIGITS - partition
    prefix = _digits(reader.take(_PREFIX_BITS[partition]), digits)
    number = reader.take(scheme.reference_bits[partition])
    reference = _digits(number, scheme.key_digits - digits)
    rest = reader.take(scheme.rest)
    reader.end(scheme.padding)
    if scheme.key_digits == SSCC_DIGITS:
        if rest:
            raise WrongValue("the spare bits are set")
        return Tagged(Sscc(prefix, reference), filter, scheme)
    serial = _letters(rest) if scheme == SGTIN_198 else str(rest)
    return Tagged(Sgtin(prefix, reference, serial), filter, scheme)


def _scheme_of(epc: Epc) -> Scheme:
    if not isinstance(epc, Sgtin):
        return SSCC_96
    return SGTIN_96 if _is_number(epc.serial) else SGTIN_198


def _key_digits(epc: Sgtin | Sscc) -> int:
    return len(epc.prefix) + len(epc.reference)


def _is_number(serial: str) -> bool:
    is_plain = serial.isdecimal() and str(int(serial)) == serial
    return is_plain and int(serial) < 1 << _NUMBER_BITS


def _rest(epc: Sgtin | Sscc, scheme: Scheme) -> int:
    if isinstance(epc, Sscc):
        return 0
    if scheme == SGTIN_198:
        padded = epc.serial.encode("ascii").ljust(_LETTERS, b"\0")
        return sum(c << _LETTER_BITS * i for i, c in enumerate(reversed(padded)))
    if not _is_number(epc.serial):
        raise WrongValue(f"{epc.serial} is no serial of an {scheme.name}")
    return int(epc.serial)


def _letters(number: int) -> str:
    places = reversed(range(_LETTERS))
    return "".join(chr(number >> _LETTER_BITS * p & 127) for p in places).rstrip("\0")


def _digits(number: int, count: int) -> str:
    text = str(number).zfill(count)
    if len(text) > count:
        raise WrongValue(f"{number} has more than {count} digits")
    return text


class _Writer:
    def __init__(self) -> None:
        self._number, self._bits = 0, 0

    def add(self, value: int, bits: int) -> None:
        self._number, self._bits = self._number << bits | value, self._bits + bits

    def to_bytes(self) -> bytes:
        return self._number.to_bytes(self._bits // 8, "big")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._number, self._left = int.from_bytes(data, "big"), 8 * len(data)

    def take(self, bits: int) -> int:
        self._left -= bits
        if self._left < 0:
            raise WrongValue("it is cut")
        return self._number >> self._left & (1 << bits) - 1

    def end(self, padding: int) -> None:
        """Check that nothing follows but so many bits of zero."""
        if self._left != padding or self.take(padding):
            raise WrongValue("there is something after the end")
