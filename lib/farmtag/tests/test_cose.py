"""COSE_Sign1: the working group's examples, and what is not one."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from farmtag import Damaged, Forged, NotOurs, SigningKey, TooNew, UnknownKey, VerifyKey
from farmtag.envelope import Algorithm, sign1
from farmtag.envelope.keys import Signer
from farmtag_samples import DEVICE, NO_VECTORS, OFFICE, STRANGER, VECTORS

EXAMPLES = sorted(VECTORS.glob("cose/*/*.json"))
#: several signers (COSE_Sign), and a curve that the library does not have
OTHER_TAG = {"eddsa-01", "eddsa-02"}
OTHER_CURVE = {"eddsa-sig-02"}


def key_of(described):
    """The public key of an example."""
    if described["kty"] == "OKP":
        public = bytes.fromhex(described["x_hex"])
        return VerifyKey(Algorithm.EDDSA, public, described["kid"].encode())
    x, y = (base64.urlsafe_b64decode(described[axis] + "==") for axis in "xy")
    numbers = ec.EllipticCurvePublicNumbers(
        int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1()
    )
    point = bytes([2 + numbers.y % 2]) + x
    assert numbers.public_key()
    return VerifyKey(Algorithm.ES256, point, described["kid"].encode())


@pytest.mark.skipif(not EXAMPLES, reason=NO_VECTORS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_of_the_working_group(path):
    example = json.loads(path.read_text())
    data = bytes.fromhex(example["output"]["cbor"])
    if path.stem in OTHER_TAG:
        with pytest.raises(NotOurs):
            sign1.from_bytes(data)
        return
    if path.stem in OTHER_CURVE:
        with pytest.raises(UnknownKey):
            sign1.from_bytes(data).verify({}, b"")
        return
    given = example["input"]["sign0"]
    key = key_of(given["key"])
    external = bytes.fromhex(given.get("external", ""))
    if example.get("fail"):
        with pytest.raises((Forged, NotOurs, TooNew)):
            sign1.from_bytes(data).verify({key.key_id: (key,)}, external)
        return
    signed = sign1.from_bytes(data)
    assert signed.verify({key.key_id: (key,)}, external) == 0
    wanted = bytes.fromhex(example["intermediates"]["ToBeSign_hex"])
    assert signed.to_be_signed(external) == wanted
    assert signed.to_bytes().endswith(data.removeprefix(b"\xd2"))


@pytest.mark.parametrize("key", [DEVICE, SigningKey.generate(Algorithm.ES256)])
def test_what_is_signed_is_verified(key):
    signed = sign1.from_bytes(sign1.sign(b"fruit", 65000, key, b"chip").to_bytes())
    keys = {key.key_id: (key.verify_key,)}
    assert signed.verify(keys, b"chip") == 0
    with pytest.raises(Forged):
        signed.verify(keys, b"another chip")


def test_every_key_with_the_id_is_tried():
    same = b"\x00\x01"
    keys = tuple(
        VerifyKey(Algorithm.EDDSA, one.verify_key.public, same)
        for one in (OFFICE, STRANGER, DEVICE)
    )
    signer = SigningKey.from_bytes(bytes(range(1, 33)), same)
    signed = sign1.sign(b"fruit", 65000, signer, b"")
    assert signed.verify({same: keys}, b"") == 2
    with pytest.raises(Forged):
        signed.verify({same: keys[:2]}, b"")


def test_a_key_of_the_other_algorithm_is_not_asked():
    other = SigningKey.generate(Algorithm.ES256).verify_key
    keys = {DEVICE.key_id: (other, DEVICE.verify_key)}
    assert sign1.sign(b"fruit", 65000, DEVICE, b"").verify(keys, b"") == 1


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", Damaged),
        ("d2", Damaged),
        ("d280", Damaged),
        ("d283 40 a0 40", Damaged),
        ("d284 40 a0 f6 40", Damaged),
        ("d284 40 40 40 40", Damaged),
        ("d284 a0 a0 40 40", Damaged),
        ("d28440a0404000", Damaged),
        ("d084 40 a0 40 40", NotOurs),
        ("d862 84 40 a0 40 80", NotOurs),
    ],
)
def test_other_bytes_are_no_sign1(text, error):
    with pytest.raises(error):
        sign1.from_bytes(bytes.fromhex(text))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("84 40 a0 40 40", TooNew),
        ("84 43a10126 a0 40 40", UnknownKey),
        ("84 43a10126 a10400 40 40", UnknownKey),
        ("84 41ff a0 40 40", Damaged),
        ("84 4180 a0 40 40", Damaged),
    ],
)
def test_headers_that_say_nothing(text, error):
    with pytest.raises(error):
        sign1.from_bytes(bytes.fromhex(text)).verify({}, b"")


def test_a_signature_of_another_length_is_forged():
    keys = {DEVICE.key_id: (DEVICE.verify_key,)}
    good = sign1.sign(b"fruit", 65000, DEVICE, b"")
    for signature in (b"", good.signature[:-1], good.signature + b"\0"):
        with pytest.raises(Forged):
            sign1.bare(65000, DEVICE.key_id, b"fruit", signature).verify(keys, b"")


def test_keys_sign_as_the_interface_says():
    signer: Signer = DEVICE
    assert len(signer.sign(b"")) == 64
    assert signer.key_id == DEVICE.verify_key.fingerprint[:2]
