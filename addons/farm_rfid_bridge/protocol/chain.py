"""The chain of hashes of a device's journal, and what a device signs."""

import hashlib
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .envelope import Push, SentEvent
from .problems import BadSignature, Damaged

#: what stands before the first event
BEGIN = bytes(32)
PUSH_CONTEXT = b"farm-rfid/1/push"
CARD_CONTEXT = b"farm-rfid/1/card"


def hash_of(previous: bytes, number: int, event: SentEvent) -> bytes:
    """SHA-256 over the hash before, the device's number and all of the event."""
    kind = event.kind.encode()
    return hashlib.sha256(
        b"".join(
            (
                previous,
                number.to_bytes(4, "big"),
                event.seq.to_bytes(8, "big"),
                event.id,
                len(kind).to_bytes(1, "big"),
                kind,
                event.body,
            )
        )
    ).digest()


def hashes_of(
    previous: bytes, number: int, events: Iterable[SentEvent]
) -> Iterator[bytes]:
    """The hash of each event of a run."""
    for event in events:
        previous = hash_of(previous, number, event)
        yield previous


def signed_part(number: int, push: Push) -> bytes:
    """What the signature of a push is made over."""
    return b"".join(
        (
            PUSH_CONTEXT,
            number.to_bytes(4, "big"),
            push.from_seq.to_bytes(8, "big"),
            push.head_hash,
            push.clock.to_bytes(8, "big"),
        )
    )


def card_part(number: int, order: int, uid: bytes) -> bytes:
    """What a writer signs to have a card signed for a chip."""
    return b"".join(
        (CARD_CONTEXT, number.to_bytes(4, "big"), order.to_bytes(8, "big"), uid)
    )


def check_push(public_key: bytes, number: int, push: Push) -> list[bytes]:
    """Check that a push is whole and of this key.

    :return: the hash of each event
    :raises BadSignature: another key signed, or something else was signed
    :raises Damaged: the events do not lead to the hash that is signed
    """
    check_signature(public_key, push.signature, signed_part(number, push))
    hashes = list(hashes_of(push.prev_hash, number, push.events))
    if (hashes or [push.prev_hash])[-1] != push.head_hash:
        raise Damaged("The events do not lead to head_hash")
    return hashes


def check_signature(public_key: bytes, signature: bytes, message: bytes) -> None:
    """:raises BadSignature: if the Ed25519 signature is not of this key"""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise BadSignature() from None


def key_id_of(public_key: bytes) -> bytes:
    """Two bytes that tags carry instead of the key; several keys may share them."""
    return hashlib.sha256(public_key).digest()[:2]
