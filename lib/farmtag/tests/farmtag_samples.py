"""Keys, payloads and strategies that several tests use; nothing here is random."""

import datetime
from datetime import date
from pathlib import Path

from farmtag import (
    Container,
    Draft,
    FarmerCard,
    KeyRing,
    Kind,
    LineageCode,
    Revocations,
    SigningKey,
    SplitRecord,
    Text,
    TrustedKey,
    Unit,
)
from farmtag.lineage import MAX_DEPTH, MAX_STEP
from farmtag.payload import (
    ContainerType,
    CropRight,
    Grade,
    Guide,
    IssuedRange,
    PlotRight,
    PrivatePart,
    RevokedCode,
    RevokedKey,
)
from farmtag.payload.wire import FIRST_DAY, LAST_DAY
from hypothesis import strategies as st

VECTORS = Path(__file__).parents[4] / "shared" / "conformance"
NO_VECTORS = (
    f"The conformance vectors of other projects are read from {VECTORS}, which is not"
    " here; no copy of them is kept."
)

TODAY = date(2026, 11, 20)
UID = bytes.fromhex("04A1B2C3D4E5F6")
OTHER_UID = bytes.fromhex("04A1B2C3D4E5F7")
OFFICE = SigningKey.from_bytes(bytes(range(32)))
DEVICE = SigningKey.from_bytes(bytes(range(1, 33)))
STRANGER = SigningKey.from_bytes(bytes(range(2, 34)))

BUNCH_CODE = LineageCode(12345, 678)
CARD = FarmerCard(
    code=LineageCode(1, 77),
    written=date(2026, 10, 1),
    sequence=4711,
    farmer=1234,
    region=33_1311_0001,
    certificate="GAP-33-2026-000123",
    valid_from=date(2026, 10, 1),
    valid_until=date(2028, 9, 30),
    crops=(CropRight(12, 300, 2), CropRight(13, 301, 1)),
    group=55,
    plots=(PlotRight(900, 12, 120),),
)
BUNCH = Container(
    code=BUNCH_CODE,
    written=date(2026, 11, 2),
    sequence=4712,
    type=ContainerType.BUNCH,
    crop=12,
    pieces=11,
    weight=18_450,
    days_since_harvest=0,
    grade=Grade.A,
    farmer=1234,
    region=33_1311_0001,
    certificate="GAP-33-2026-000123",
    guide=Guide(300, 2),
    plot=900,
    age=92,
    treatments=(1, 4),
)
HAND = Unit(
    code=BUNCH_CODE.child(11),
    written=date(2026, 11, 5),
    sequence=99,
    crop=12,
    days_since_harvest=3,
    grade=Grade.A,
    region=33_1311_0001,
    weight=1_500,
    farmer=1234,
    supplier=66,
    age=92,
    guide=Guide(300, 2),
)
TEXT = Text("Pisang emas · 11 sisir · kelas A")
LINK = "https://id.tani.example/01/08991234567897/10/1G7400N6-HW"
SHORT_LINK = "https://tani.example/"


def ring(*, revocations=None, as_of=TODAY, keys=None):
    """A ring with the office's key and a device's."""
    if keys is None:
        everything = frozenset(Kind)
        keys = [
            TrustedKey(OFFICE.verify_key, 1, everything),
            TrustedKey(DEVICE.verify_key, 12345),
        ]
    return KeyRing(keys, as_of, revocations)


def draft(payload, **kwargs):
    """A draft with links and a text."""
    return Draft(
        payload, **{"link": LINK, "short_link": SHORT_LINK, "text": TEXT, **kwargs}
    )


def day_number(number):
    """The day of the calendar that a tag counts from 2020 on."""
    return FIRST_DAY + datetime.timedelta(days=number)


# strategies ---------------------------------------------------------------------------

numbers_16 = st.integers(0, 0xFFFF)
numbers_32 = st.integers(0, 0xFFFF_FFFF)
sequences = st.integers(0, (1 << 48) - 1)
regions = st.integers(0, 99_9999_9999)
days = st.dates(FIRST_DAY, LAST_DAY)
roots = st.builds(
    LineageCode, st.integers(0, (1 << 18) - 1), st.integers(0, (1 << 22) - 1)
)
steps = st.lists(st.integers(1, MAX_STEP), max_size=MAX_DEPTH).map(tuple)
codes = st.builds(
    lambda root, path: LineageCode(root.device, root.counter, path), roots, steps
)
words = st.text(
    st.characters(codec="ascii", min_codepoint=33, max_codepoint=126),
    min_size=1,
    max_size=24,
)
private = st.builds(
    PrivatePart, regions, numbers_16, st.binary(min_size=17, max_size=100)
)
sealed = st.binary(min_size=51, max_size=150)
guides = st.builds(Guide, numbers_32, numbers_16)


def or_none(strategy):
    return st.none() | strategy


def several(strategy, least=0, most=16):
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


@st.composite
def cards(draw):
    begin, end = sorted(draw(st.tuples(days, days)))
    return FarmerCard(
        code=draw(roots),
        written=draw(days),
        sequence=draw(or_none(sequences)),
        farmer=draw(numbers_32),
        region=draw(regions),
        certificate=draw(words),
        valid_from=begin,
        valid_until=end,
        crops=draw(
            several(st.builds(CropRight, numbers_16, numbers_32, numbers_16), 1)
        ),
        group=draw(or_none(numbers_32)),
        plots=draw(several(st.builds(PlotRight, numbers_32, numbers_16, numbers_16))),
        private=draw(or_none(private)),
        sealed=draw(or_none(sealed)),
    )


containers = st.builds(
    Container,
    code=codes,
    written=days,
    sequence=or_none(sequences),
    type=st.sampled_from(ContainerType),
    crop=numbers_16,
    pieces=st.integers(1, 1023),
    weight=or_none(numbers_32),
    days_since_harvest=or_none(numbers_16),
    grade=or_none(st.sampled_from(Grade)),
    farmer=or_none(numbers_32),
    region=or_none(regions),
    certificate=or_none(words),
    guide=or_none(guides),
    plot=or_none(numbers_32),
    age=or_none(numbers_16),
    treatments=several(numbers_16),
    private=or_none(private),
    sealed=or_none(sealed),
)
units = st.builds(
    Unit,
    code=codes,
    written=days,
    sequence=or_none(sequences),
    crop=numbers_16,
    days_since_harvest=or_none(numbers_16),
    grade=or_none(st.sampled_from(Grade)),
    region=or_none(regions),
    weight=or_none(numbers_32),
    farmer=or_none(numbers_32),
    supplier=or_none(numbers_32),
    age=or_none(numbers_16),
    guide=or_none(guides),
)


@st.composite
def split_records(draw):
    marks = sorted(draw(st.sets(st.integers(1, 1023), min_size=2, max_size=64)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    issued = []
    for first, last in pairs:
        if not issued or issued[-1].last + 1 < first:
            issued.append(IssuedRange(first, last))
    return SplitRecord(
        code=draw(codes),
        written=draw(days),
        sequence=draw(or_none(sequences)),
        origin=draw(st.binary(min_size=8, max_size=8)),
        issued=tuple(issued),
        weight=draw(numbers_32),
    )


fingerprints = st.binary(min_size=8, max_size=8)
revocations = st.builds(
    Revocations,
    code=roots,
    written=days,
    keys=several(
        st.builds(RevokedKey, fingerprints, or_none(sequences), or_none(days))
    ),
    codes=several(st.builds(RevokedCode, codes)),
)
payloads = st.one_of(cards(), containers, units)
statements = st.one_of(payloads, split_records(), revocations)
