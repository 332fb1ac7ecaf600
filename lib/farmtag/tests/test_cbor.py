"""One value has one form, and no other form is read."""

import cbor2
import pytest
from farmtag import Damaged, cbor
from hypothesis import given
from hypothesis import strategies as st

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(1 << 64), (1 << 64) - 1)
    | st.binary(max_size=40)
    | st.text(max_size=20)
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.integers(0, 99), inner, max_size=5)
    ),
    max_leaves=12,
)
BAD = {
    "nothing": "",
    "cut number": "19 01",
    "number longer than needed": "18 17",
    "long form of a 16 bit number": "1a 0000ffff",
    "cut bytes": "43 0102",
    "bytes longer than all memory": "5b 7fffffffffffffff",
    "text that is not UTF-8": "61 ff",
    "array longer than the message": "9a 00ffffff",
    "indefinite bytes": "5f 41 00 ff",
    "indefinite array": "9f ff",
    "tag": "c0 60",
    "bignum": "c2 41 01",
    "regular expression": "d8 23 61 28",
    "half": "f9 3c00",
    "double": "fb 3ff0000000000000",
    "undefined": "f7",
    "simple value": "e0",
    "break": "ff",
    "keys out of order": "a2 02 00 01 00",
    "a key twice": "a2 01 00 01 00",
    "bytes as a key": "a1 41 00 00",
    "array as a key": "a1 80 00",
    "map without its last value": "a1 01",
    "something after the end": "00 00",
    "nested too deeply": "81" * 7 + "00",
    "nested deeper than any stack": "81" * 5000,
}


@given(values)
def test_values_come_back(value):
    try:
        assert cbor.decode(cbor.encode(value)) == value
    except Damaged as error:
        assert "nested" in str(error)


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_another_form_is_damaged(text):
    with pytest.raises(Damaged):
        cbor.decode(bytes.fromhex(text))


@given(st.binary(max_size=60))
def test_what_is_read_has_one_form(data):
    try:
        value = cbor.decode(data)
    except Damaged:
        return
    assert cbor2.dumps(value, canonical=True) == data
