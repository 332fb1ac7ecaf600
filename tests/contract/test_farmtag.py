"""Tags that are out there: their bytes are read, and written again, as they were."""

import json
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from farmtag import (
    Chip,
    Container,
    Draft,
    FarmerCard,
    KeyRing,
    Kind,
    LineageCode,
    Revocations,
    SigningKey,
    Text,
    TrustedKey,
    Unit,
    add_split,
    balance_of,
    cbor,
    epc,
    read,
    write,
)
from farmtag.envelope import (
    Bond,
    RegionKeys,
    region_key,
    seal,
    sign1,
    statement,
    unseal,
)
from farmtag.lineage import from_bytes, parse
from farmtag.payload import Person, PrivatePart, person_from
from farmtag.payload.forms import form_of
from plain_json import from_json, to_json

VECTORS = json.loads((Path(__file__).parent / "farmtag.json").read_text("utf-8"))
CLASSES = {cls.KIND.name: cls for cls in (FarmerCard, Container, Unit, Revocations)}
KEY = SigningKey.from_bytes(bytes.fromhex(VECTORS["key"]["ed25519_seed"]))
HOLDER = TrustedKey(KEY.verify_key, VECTORS["key"]["holder"], frozenset(Kind))
TODAY = date.fromisoformat(VECTORS["today"])
RING = KeyRing([HOLDER], TODAY)


def payload_of(vector):
    return from_json(CLASSES[vector["kind"]], vector["says"])


def uid_of(vector):
    return vector["uid"] and bytes.fromhex(vector["uid"])


def name_of(vector):
    return vector.get("name") or vector.get("kind") or vector.get("urn")


def test_a_key_has_its_id():
    assert KEY.key_id.hex() == VECTORS["key"]["key_id"]


@pytest.mark.parametrize("vector", VECTORS["lineage"], ids=lambda v: v["text"])
def test_lineage_codes(vector):
    code = LineageCode(vector["device"], vector["counter"], tuple(vector["steps"]))
    assert (str(code), code.to_bytes().hex()) == (vector["text"], vector["bytes"])
    assert parse(vector["text"]) == from_bytes(bytes.fromhex(vector["bytes"])) == code


@pytest.mark.parametrize("vector", VECTORS["payloads"], ids=name_of)
def test_payloads(vector):
    payload = payload_of(vector)
    assert vector["version"] == payload.VERSION
    assert cbor.encode(payload.to_plain()).hex() == vector["cbor"]
    form = form_of(payload, is_bound=bool(payload.BOUND))
    found = form.read(cbor.decode(bytes.fromhex(vector["cbor"])))
    assert to_json(found) == vector["says"]


@pytest.mark.parametrize("vector", VECTORS["tags"], ids=name_of)
def test_tags_are_written(vector):
    text, links = Text(*vector["text"]), (vector["link"], vector["short_link"])
    draft = Draft(payload_of(vector), *links, text, vector["mirror"])
    written = write(draft, Chip[vector["chip"]], KEY, uid_of(vector))
    assert written.message.hex() == vector["message"]
    assert list(written.left_out) == vector["left_out"]
    assert written.mirror_at == vector["mirror_at"]


@pytest.mark.parametrize("vector", VECTORS["tags"], ids=name_of)
def test_tags_are_read(vector):
    found = read(bytes.fromhex(vector["message"]), RING, uid_of(vector), TODAY)
    lost = set(vector["left_out"])
    said = {name: v for name, v in vector["says"].items() if name not in lost}
    assert to_json(found.payload) == said
    assert found.key == HOLDER
    assert (found.text is None) == ("text" in lost)


def test_a_split_record_is_written():
    vector = VECTORS["split"]
    uid, before = uid_of(vector), bytes.fromhex(vector["before"])
    balance = balance_of(read(before, RING, uid))
    balance = balance.issue(vector["steps"], vector["weight"])
    says = vector["says"]
    record = balance.record(date.fromisoformat(says["written"]), says["sequence"])
    assert to_json(record) == says
    after = add_split(before, record, Chip[vector["chip"]], KEY, uid)
    assert after.message.hex() == vector["after"]


def test_a_split_record_is_read():
    vector = VECTORS["split"]
    found = read(bytes.fromhex(vector["after"]), RING, uid_of(vector), TODAY)
    assert to_json(found.split) == vector["says"]


def test_revocations():
    vector = VECTORS["revocations"]
    listed = from_json(Revocations, vector["says"])
    signed = statement.sign(listed, KEY, Bond(), is_bound=False)
    assert signed.to_bytes().hex() == vector["cose"]
    found = sign1.from_bytes(bytes.fromhex(vector["cose"]))
    assert to_json(statement.read(found, RING, Bond()).payload) == vector["says"]


def test_private_parts():
    vector = VECTORS["private"]
    region, epoch = vector["region"], vector["epoch"]
    key = region_key(bytes.fromhex(vector["master"]), region, epoch)
    assert key.hex() == vector["key"]
    keys, subject = RegionKeys({(region, epoch): key}), parse(vector["subject"])
    content = from_json(Person, vector["person"]).to_bytes()
    assert content.hex() == vector["content"]
    part = PrivatePart(region, epoch, bytes.fromhex(vector["ciphertext"]))
    assert keys.lock(content, subject, region) == part
    assert to_json(person_from(keys.open(part, subject))) == vector["person"]


def test_sealed_parts():
    vector = VECTORS["sealed"]
    server, ephemeral = (
        X25519PrivateKey.from_private_bytes(bytes.fromhex(vector[name]))
        for name in ("server", "ephemeral")
    )
    key_id, subject = bytes.fromhex(vector["key_id"]), parse(vector["subject"])
    content, sealed = (bytes.fromhex(vector[name]) for name in ("content", "sealed"))
    assert seal(content, subject, key_id, server.public_key(), ephemeral) == sealed
    assert unseal(sealed, subject, {key_id: server}) == content


@pytest.mark.parametrize("vector", VECTORS["epc"], ids=name_of)
def test_epc(vector):
    name = epc.from_urn(vector["urn"])
    assert (name.urn, epc.to_link(name)) == (vector["urn"], vector["link"])
    assert epc.from_link(vector["link"], len(name.prefix)).epc == name
    if vector["bits"]:
        bits = bytes.fromhex(vector["bits"])
        assert epc.to_bits(name, vector["filter"]) == bits
        assert epc.from_bits(bits)[:2] == (name, vector["filter"])
