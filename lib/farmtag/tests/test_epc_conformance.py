"""EPC vectors of the standard and of an independent translator.

The translator looks at no check digit and escapes nothing that it did not find escaped;
names are compared, not spelling. Where it guesses the length of the company prefix from
a list, the test gives it.
"""

import json

import pytest
from farmtag import Damaged, TagError
from farmtag.epc import from_bits, from_link, from_urn, to_bits, to_link
from farmtag_samples import NO_VECTORS, VECTORS

pytestmark = pytest.mark.skipif(not VECTORS.exists(), reason=NO_VECTORS)
SCHEMES = {"SGTIN", "LGTIN", "SSCC"}


def vectors(name, room):
    path = VECTORS / name
    return json.loads(path.read_text())[room] if path.exists() else []


def translated(room):
    return [v for v in vectors("epc_digital_link.json", room) if v["type"] in SCHEMES]


def prefix_digits(vector):
    expected = from_urn(vector["expected"])
    return vector["gcp_length"] or len(expected.prefix)


def names(vector):
    return vector["input"]


@pytest.mark.parametrize("vector", vectors("epc_tag.json", "vectors"), ids=str)
def test_tag_bits(vector):
    tagged = from_bits(bytes.fromhex(vector["hex"]))
    assert tagged.uri == vector["tag_uri"]
    again = to_bits(tagged.epc, tagged.filter, tagged.scheme)
    assert again.hex().upper() == vector["hex"]


@pytest.mark.parametrize("vector", translated("positive"), ids=names)
def test_names_are_translated(vector):
    if vector["input"].startswith("urn:"):
        epc, wanted = from_urn(vector["input"]), vector["expected"]
        if "?" not in wanted:  # an unescaped serial that ends the path of a link
            assert from_link(wanted, len(epc.prefix), check=False).epc == epc
        assert from_link(to_link(epc), len(epc.prefix)).epc == epc
        return
    found = from_link(vector["input"], prefix_digits(vector), check=False).epc
    assert found == from_urn(vector["expected"])


@pytest.mark.parametrize("vector", translated("negative"), ids=names)
def test_what_is_no_name_is_refused(vector):
    digits = vector["gcp_length"] or 7
    with pytest.raises(TagError):
        if vector["input"].startswith("urn:"):
            from_urn(vector["input"])
        else:
            from_link(vector["input"], digits)


def test_wrong_check_digits_are_refused_by_default():
    wrong = 0
    for vector in translated("positive"):
        if vector["input"].startswith("http"):
            try:
                from_link(vector["input"], prefix_digits(vector))
            except Damaged as error:
                assert "check digit" in str(error)
                wrong += 1
    assert wrong
