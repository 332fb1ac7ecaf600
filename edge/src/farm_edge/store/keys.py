"""Keys: the device's own, and those of others as the server told of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import farmtag
from farmtag.envelope import Algorithm
from farmtag.payload import RevokedCode, RevokedKey

from .identity import Identities, Identity
from .snapshot import Record, Snapshot

#: what an authority's key may sign
AUTHORITY_KINDS = frozenset({farmtag.Kind.FARMER_CARD, farmtag.Kind.REVOCATIONS})
#: before the first snapshot: a ring of that day is too old to tell anything
NEVER = date(2020, 1, 1)
_NAMELESS = farmtag.LineageCode(0, 0)


class Keys:
    """What signs here, and whose signatures count."""

    def __init__(self, identities: Identities, snapshot: Snapshot) -> None:
        self._identities = identities
        self._snapshot = snapshot
        self._guard = threading.Lock()
        self._made: tuple[tuple[int, int, date], farmtag.KeyRing] | None = None

    def signing(self) -> farmtag.SigningKey:
        """The device's own key.

        :raises NotEnrolled: before the first enrolment
        """
        return self._identities.needed().signing_key()

    def ring(self, today: date) -> farmtag.KeyRing:
        """All keys and revocations that the device knows of.

        :param today: ``store.clock.today()``; the list of revocations has this day
        """
        me = self._identities.current()
        made_of = (self._snapshot.changes(), me.chain if me else 0, today)
        with self._guard:
            if self._made is None or self._made[0] != made_of:
                self._made = made_of, self._make(today, me)
            return self._made[1]

    def _make(self, today: date, me: Identity | None) -> farmtag.KeyRing:
        devices = self._snapshot.of_kind("device_key")
        authorities = self._snapshot.of_kind("authority_key")
        keys = [farmtag.TrustedKey(_verify_key(one), one["number"]) for one in devices]
        keys += [_of_authority(one) for one in authorities]
        if me and me.public_key.hex() not in {one["public_key"] for one in devices}:
            keys.append(farmtag.TrustedKey(me.signing_key().verify_key, me.number))
        as_of = self._snapshot.as_of() or NEVER
        revoked = farmtag.Revocations(
            code=_NAMELESS,
            written=min(today, as_of),
            keys=tuple(_revoked_keys([*devices, *authorities])),
            codes=tuple(_revoked_codes(self._snapshot.of_kind("revocation"))),
        )
        return farmtag.KeyRing(keys, as_of, revoked)


def _verify_key(record: Record) -> farmtag.VerifyKey:
    return farmtag.VerifyKey(
        Algorithm.EDDSA,
        bytes.fromhex(record["public_key"]),
        bytes.fromhex(record["key_id"]),
    )


def _of_authority(record: Record) -> farmtag.TrustedKey:
    return farmtag.TrustedKey(
        _verify_key(record),
        record["number"],
        AUTHORITY_KINDS,
        _day(record.get("from")),
        _day(record.get("to")),
    )


def _revoked_keys(records: list[Record]) -> Iterator[RevokedKey]:
    for record in records:
        if record.get("state") == "revoked":
            yield RevokedKey(
                _verify_key(record).fingerprint,
                record.get("revoked_from_seq"),
                _day(record.get("revoked_from")),
            )


def _revoked_codes(records: list[Record]) -> Iterator[RevokedCode]:
    for record in records:
        try:
            yield RevokedCode(farmtag.lineage.parse(record.get("code", "")))
        except farmtag.TagError:  # a tag of other hands has no code of ours
            continue


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
