"""The key ring: whose signature counts for what, from when to when."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..errors import NotAllowed, Revoked, StaleKeys, WrongValue
from ..lineage import LineageCode
from ..payload import Kind, Payload, Revocations, RevokedKey
from .keys import VerifyKey
from .sign1 import Sign1

#: what a device may sign; cards and lists are the authority's
DEVICE_KINDS = frozenset({Kind.CONTAINER, Kind.UNIT, Kind.SPLIT})
GOOD_FOR = datetime.timedelta(days=30)


@dataclass(frozen=True)
class TrustedKey:
    """A key, the number of the device that holds it, what it may sign and when.

    Both days are included; ``None`` leaves that side open.
    """

    key: VerifyKey
    holder: int
    may_sign: frozenset[Kind] = DEVICE_KINDS
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None

    def check(self, payload: Payload) -> None:
        """Check that the key may sign this.

        :raises NotAllowed: when it may not, or not on that day
        """
        if payload.KIND not in self.may_sign:
            raise NotAllowed(f"key of {self.holder} may not sign {payload.KIND.name}")
        early = self.first_day and payload.written < self.first_day
        if early or (self.last_day and payload.written > self.last_day):
            raise NotAllowed(f"key of {self.holder} does not hold on {payload.written}")


class KeyRing:
    """The keys as they were known on a day, with what was revoked until then.

    :param as_of: the day of the server's answer that brought all this
    :param good_for: for how long after that day the ring may be relied upon
    """

    def __init__(
        self,
        keys: Iterable[TrustedKey],
        as_of: datetime.date,
        revocations: Revocations | None = None,
        good_for: datetime.timedelta = GOOD_FOR,
    ) -> None:
        self.keys = tuple(keys)
        self.as_of = as_of
        self.revocations = revocations
        self.good_for = good_for
        self._by_id = _by_id(self.keys)
        self._verify_keys = {
            key_id: tuple(one.key for one in keys)
            for key_id, keys in self._by_id.items()
        }
        self._revoked_keys = _revoked_keys(revocations)
        codes = revocations.codes if revocations else ()
        self._revoked_codes = {one.code for one in codes}

    def verify(self, signed: Sign1, external: bytes) -> TrustedKey:
        """The key that has signed it.

        :raises TooNew, UnknownKey, Forged: as :meth:`Sign1.verify` does
        """
        index = signed.verify(self._verify_keys, external)
        return self._by_id[signed.key_id][index]

    def judge(
        self, payload: Payload, key: TrustedKey, today: datetime.date | None = None
    ) -> None:
        """Check that what a key has signed counts.

        :param today: what the reader's clock says; ``None`` if it has none
        :raises NotAllowed: if the key may not sign it
        :raises Revoked: if the key or the code is revoked
        :raises StaleKeys: if the ring is too old to tell; no list of revocations is
            too new for it, as that makes the ring fresh
        """
        key.check(payload)
        revoked = self._revoked_keys.get(key.key.fingerprint, ())
        if any(one.covers(payload.sequence, payload.written) for one in revoked):
            raise Revoked(f"the key of {key.holder} is revoked")
        if not self._revoked_codes.isdisjoint(_line(payload.code)):
            raise Revoked(f"{payload.code} is revoked")
        if payload.KIND != Kind.REVOCATIONS and self._is_stale(payload.written, today):
            raise StaleKeys(f"the key ring is of {self.as_of}")

    def updated(self, newer: Revocations) -> KeyRing:
        """The ring with a newer list of what is revoked, as of the day of that list.

        :raises WrongValue: if the list is older than the one at hand
        """
        if self.revocations and newer.written < self.revocations.written:
            raise WrongValue(f"the list of {newer.written} is older than the one here")
        as_of = max(self.as_of, newer.written)
        return KeyRing(self.keys, as_of, newer, self.good_for)

    def rotated(self, old: VerifyKey, new: TrustedKey) -> KeyRing:
        """The ring in which a key takes over; the old one holds until the day before.

        :raises WrongValue: if the new key has no first day, or the old is not here
        """
        if new.first_day is None or all(one.key != old for one in self.keys):
            raise WrongValue("a key takes over from a key here, from its first day on")
        end = new.first_day - datetime.timedelta(days=1)
        keys = [replace(k, last_day=end) if k.key == old else k for k in self.keys]
        return KeyRing([*keys, new], self.as_of, self.revocations, self.good_for)

    def _is_stale(self, written: datetime.date, today: datetime.date | None) -> bool:
        return max(written, today or written) > self.as_of + self.good_for


def _by_id(keys: Iterable[TrustedKey]) -> dict[bytes, list[TrustedKey]]:
    found: dict[bytes, list[TrustedKey]] = defaultdict(list)
    for key in keys:
        found[key.key.key_id].append(key)
    return dict(found)


def _revoked_keys(listed: Revocations | None) -> dict[bytes, list[RevokedKey]]:
    found: dict[bytes, list[RevokedKey]] = defaultdict(list)
    for one in listed.keys if listed else ():
        found[one.fingerprint].append(one)
    return dict(found)


def _line(code: LineageCode | None) -> Iterator[LineageCode]:
    while code:
        yield code
        code = code.parent
