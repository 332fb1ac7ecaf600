"""Coverage guided fuzzing: any bytes give a value or an error of the tree, in time.

    python fuzz/fuzz_read.py CORPUS -max_total_time=600 -timeout=5

The first byte chooses a way in; the ways behind the signature sign what they are given,
so that the fuzzer gets past it.
"""

import sys
from datetime import date

import atheris
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

with atheris.instrument_imports(include=["farmtag", "ndef"]):
    from farmtag import (
        KeyRing,
        Kind,
        LineageCode,
        Reading,
        Revocations,
        SigningKey,
        TagError,
        TrustedKey,
        cbor,
        epc,
        lineage,
        read,
    )
    from farmtag.balance import balance_of
    from farmtag.envelope import Bond, RegionKeys, sign1, statement, unseal
    from farmtag.payload import (
        Container,
        ContainerType,
        PrivatePart,
        RevokedCode,
        RevokedKey,
        person_from,
    )
    from farmtag.payload.forms import CONTENT_TYPE, from_number
    from farmtag.tag.link import to_fragment
    from farmtag.tag.message import Message

KEY = SigningKey.from_bytes(bytes(range(32)))
DEVICE = SigningKey.from_bytes(bytes(range(1, 33)))
TODAY = date(2026, 11, 20)
REVOKED = Revocations(
    code=LineageCode(0, 0),
    written=TODAY,
    keys=(
        RevokedKey(KEY.verify_key.fingerprint, 1 << 40, None),
        RevokedKey(KEY.verify_key.fingerprint, None, date(2027, 1, 1)),
    ),
    codes=(RevokedCode(LineageCode(1, 1)),),
)
HOLDERS = [TrustedKey(key.verify_key, 1, frozenset(Kind)) for key in (KEY, DEVICE)]
RING = KeyRing(HOLDERS, TODAY, REVOKED)
UID = bytes.fromhex("04A1B2C3D4E5F6")
LINK = "https://id.tani.example/01/08991234567897/10/1G7400N6-HW"
CODE = LineageCode(1, 1)
REGION_KEYS = RegionKeys({(1, 1): bytes(64)})
SEALING = {b"\0\1": X25519PrivateKey.from_private_bytes(bytes(range(32)))}
BUNCH = Container(
    code=LineageCode(12345, 678),
    written=TODAY,
    sequence=1,
    type=ContainerType.BUNCH,
    crop=1,
    pieces=11,
)
ORIGIN = statement.sign(BUNCH, KEY, Bond(UID, LINK), is_bound=True)
SPLIT = 16 + 2 * Kind.SPLIT + 1


def read_tag(data):
    """Any NDEF message."""
    found = read(data, RING, UID, TODAY)
    assert isinstance(found, Reading)
    if isinstance(found.payload, Container):
        assert balance_of(found).pieces_left < 1024


def read_record(data):
    """Any bytes with a good check sum."""
    read_tag(Message(LINK, None, (data,)).to_bytes())


def read_signed(data):
    """Any payload, or two, with good signatures."""
    number, cut = data[0], data[1]
    rest = data[2:]
    signed = [_signed(number, rest[:cut])]
    if rest[cut:]:
        signed.append(_signed(rest[cut], rest[cut + 1 :]))
    read_tag(Message(LINK, None, tuple(one.to_bytes() for one in signed)).to_bytes())


def read_split(data):
    """Any split record beside a good bunch."""
    signed = (ORIGIN.to_bytes(), _signed(SPLIT, data).to_bytes())
    read_tag(Message(LINK, None, signed).to_bytes())


def read_fragment(data):
    """Any payload in the fragment of a link."""
    number = data[0] & 63
    signed = _signed(number, data[1:])
    read_tag(Message(f"{LINK}#{to_fragment(signed, from_number(number))}").to_bytes())


def read_cbor(data):
    assert cbor.encode(cbor.decode(data)) == data


def read_sign1(data):
    signed = sign1.from_bytes(data)
    assert RING.verify(signed, b"").holder == 1


def read_code(data):
    assert lineage.from_bytes(data).to_bytes() == data


def read_typed_code(data):
    code = lineage.parse(data.decode("utf-8", "replace"))
    assert lineage.parse(str(code)) == code


def read_bits(data):
    tagged = epc.from_bits(data)
    assert epc.to_bits(tagged.epc, tagged.filter, tagged.scheme) == data


def read_urn(data):
    found = epc.from_urn("urn:epc:" + data.decode("utf-8", "replace"))
    assert epc.from_urn(found.urn) == found


def read_link(data):
    text = data[1:].decode("utf-8", "replace")
    found = epc.from_link("https://a.id/" + text, data[0], check=False).epc
    assert epc.from_link(epc.to_link(found), len(found.prefix)).epc == found


def read_private(data):
    REGION_KEYS.open(PrivatePart(1, 1, data), CODE)


def read_sealed(data):
    unseal(data, CODE, SEALING)


def read_person(data):
    person_from(data)


def _signed(number, payload):
    external = Bond(UID, LINK).external(from_number(number))
    return sign1.sign(payload, CONTENT_TYPE + number, KEY, external)


WAYS = (
    read_tag,
    read_record,
    read_signed,
    read_fragment,
    read_cbor,
    read_sign1,
    read_code,
    read_typed_code,
    read_bits,
    read_urn,
    read_link,
    read_private,
    read_person,
    read_split,
    read_sealed,
)


def one_input(data):
    """What the fuzzer calls; anything but an error of the tree is a finding."""
    if len(data) < 3:
        return
    way = WAYS[data[0] % len(WAYS)]
    try:
        way(data[1:])
    except TagError:
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
