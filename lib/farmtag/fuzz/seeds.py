"""Write seeds for the fuzzer: good tags and good pieces, one file each.

python fuzz/seeds.py CORPUS
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import fuzz_read
from farmtag import cbor
from farmtag.balance import Balance
from farmtag.envelope import seal, statement
from farmtag.epc import Sgtin, Sscc, to_bits
from farmtag.payload import Person
from farmtag.tag import message
from farmtag_samples import BUNCH, CARD, HAND, TODAY
from test_any_bytes import GOOD

UNIT = Sgtin("0614141", "712345", "32a/b")


def seeds():
    """Way in and the bytes for it, as ``fuzz_read.WAYS`` numbers them."""
    for good in GOOD:
        yield 0, good
        for signed in message.from_bytes(good).signed:
            yield 1, signed
            yield 5, signed
    for payload, number in ((CARD, 19), (BUNCH, 21), (HAND, 22), (HAND, 23)):
        plain = cbor.encode(payload.to_plain())
        yield 2, bytes([number, len(plain)]) + plain
        yield 3, bytes([number]) + plain
        yield 4, plain
    yield 6, HAND.code.to_bytes()
    yield 7, str(HAND.code).encode()
    yield 8, to_bits(UNIT)
    yield 8, to_bits(Sscc("0614141", "1234567890"))
    yield 9, UNIT.urn.removeprefix("urn:epc:").encode()
    yield 10, b"\x0701/70614141123451/10/a?3102=001845"
    yield 11, bytes(32)
    yield 12, Person("Sri", None, "1").to_bytes()
    yield 13, cbor.encode(_split_record().to_plain())
    server = fuzz_read.SEALING[b"\0\1"].public_key()
    yield 14, seal(b"content", fuzz_read.CODE, b"\0\1", server)


def _split_record():
    """The record that goes beside the fuzzer's bunch."""
    digest = statement.digest_of(fuzz_read.ORIGIN)
    return Balance(fuzz_read.BUNCH, digest).issue([1, 2, 5], 90).record(TODAY, 2)


def main(folder):
    """Write each to a file of its own."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number, (way, data) in enumerate(seeds()):
        Path(folder, f"seed-{number:02}").write_bytes(bytes([way]) + data)


if __name__ == "__main__":
    main(*sys.argv[1:])
