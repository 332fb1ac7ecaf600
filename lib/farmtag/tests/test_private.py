"""Private parts: who can read them, and that they are good for one card alone."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from farmtag import Damaged, Forged, UnknownKey, WrongValue
from farmtag.envelope import RegionKeys, region_key, seal, unseal
from farmtag.payload import Person, PrivatePart, person_from
from farmtag_samples import BUNCH, CARD
from hypothesis import given
from hypothesis import strategies as st

REGION = CARD.region
MASTER = bytes(range(32))
KEYS = RegionKeys(
    {(REGION, epoch): region_key(MASTER, REGION, epoch) for epoch in (1, 2)}
)
SRI = Person("Sri Wahyuni", "+62 812-0000-0001", None)
SERVER = X25519PrivateKey.from_private_bytes(bytes(range(32)))
SEALING = {b"\0\1": SERVER}


@given(st.binary(min_size=1, max_size=240))
def test_devices_of_the_region_read_what_was_locked(content):
    part = KEYS.lock(content, CARD.code, REGION)
    assert (part.region, part.epoch) == (REGION, 2)
    assert len(part.ciphertext) == len(content) + 16
    assert KEYS.open(part, CARD.code) == content


def test_an_older_epoch_is_still_read():
    old = RegionKeys({(REGION, 1): region_key(MASTER, REGION, 1)})
    part = old.lock(SRI.to_bytes(), CARD.code, REGION)
    assert person_from(KEYS.open(part, CARD.code)) == SRI
    newer = KEYS.lock(SRI.to_bytes(), CARD.code, REGION)
    with pytest.raises(UnknownKey, match=f"no key 2 of the region {REGION}"):
        old.open(newer, CARD.code)


def test_without_a_key_nothing_is_locked():
    with pytest.raises(WrongValue, match="no key for the region 5"):
        KEYS.lock(b"x", CARD.code, 5)


def test_a_private_part_is_good_for_one_card():
    part = KEYS.lock(SRI.to_bytes(), CARD.code, REGION)
    changed = bytes([part.ciphertext[0] ^ 1]) + part.ciphertext[1:]
    for other, code in (
        (part, BUNCH.code),
        (PrivatePart(REGION, 1, part.ciphertext), CARD.code),
        (PrivatePart(REGION, 2, changed), CARD.code),
        (PrivatePart(REGION, 2, part.ciphertext[:17]), CARD.code),
    ):
        with pytest.raises(Forged):
            KEYS.open(other, code)


@given(st.binary(max_size=270))
def test_the_server_reads_what_was_sealed(content):
    sealed = seal(content, CARD.code, b"\0\1", SERVER.public_key())
    assert len(sealed) == len(content) + 50
    assert unseal(sealed, CARD.code, SEALING) == content


def test_a_sealed_part_is_good_for_one_card_and_key():
    sealed = seal(b"content", CARD.code, b"\0\1", SERVER.public_key())
    with pytest.raises(Forged):
        unseal(sealed, BUNCH.code, SEALING)
    with pytest.raises(Forged):
        unseal(sealed[:-1], CARD.code, SEALING)
    with pytest.raises(Forged, match="not for this key"):
        unseal(sealed[:2] + bytes(32) + sealed[34:], CARD.code, SEALING)
    with pytest.raises(UnknownKey):
        unseal(b"\0\2" + sealed[2:], CARD.code, SEALING)
    with pytest.raises(Damaged):
        unseal(sealed[:49], CARD.code, SEALING)


@given(st.binary(max_size=100))
def test_any_bytes_are_unsealed_or_refused(data):
    with pytest.raises((Damaged, Forged, UnknownKey)):
        unseal(b"\0\1" + data, CARD.code, SEALING)
