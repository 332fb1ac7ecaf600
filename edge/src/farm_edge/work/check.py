"""Whether what stands on a tag is to be believed, and whether a farmer is certified.

"Too old to know" is not "forged": what the device cannot say, it asks the server.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import farmtag
from farmtag.payload import CropRight

from ..store import Store
from ..store.snapshot import Record
from ..sync import Occasion, of_card
from .view import CropLine, Standing, Verdict

#: the kind of error that farmtag raises → what it means, the nearest kind first
VERDICTS: tuple[tuple[type[farmtag.TagError], Verdict], ...] = (
    (farmtag.Revoked, Verdict.REVOKED),
    (farmtag.NotAllowed, Verdict.NOT_ALLOWED),
    (farmtag.Forged, Verdict.FORGED),
    (farmtag.UnknownChip, Verdict.UNKNOWN_CHIP),
    (farmtag.UnknownKey, Verdict.UNKNOWN_KEY),
    (farmtag.TooNew, Verdict.TOO_NEW),
    (farmtag.TooOldToKnow, Verdict.TOO_OLD),
    (farmtag.Damaged, Verdict.DAMAGED),
    (farmtag.Empty, Verdict.EMPTY),
    (farmtag.NotOurs, Verdict.NOT_OURS),
)
#: what a bad read can look like: such a tag is read twice
DOUBTFUL = frozenset({Verdict.FORGED, Verdict.DAMAGED, Verdict.NOT_OURS})
#: what another look at the server may change
ASKS = frozenset({Verdict.UNKNOWN_KEY, Verdict.TOO_OLD})
_BY_STATE = {
    "suspended": Standing.SUSPENDED,
    "revoked": Standing.REVOKED,
    "expired": Standing.EXPIRED,
}
#: states of a card at the server in which it is one
_LIVE = ("active", "issued", "")


@dataclass(frozen=True)
class Finding:
    """What is on a tag.

    - ``reading``: where the signature is good, also if the tag is refused
    """

    verdict: Verdict
    reading: farmtag.Reading | None = None

    @property
    def is_usable(self) -> bool:
        """Whether one may go on with it: it is genuine, or only the device's own list
        of what is revoked is old; the server judges by its own."""
        return self.verdict in (Verdict.GENUINE, Verdict.TOO_OLD) and bool(self.reading)


@dataclass(frozen=True)
class CardCheck:
    """Who is certified for what, as card and server say.

    - ``farmer``, ``certificate``: as carried; None where they are not
    - ``occasion``: why the server should be asked, if it should
    """

    finding: Finding
    standing: Standing
    card: farmtag.FarmerCard | None = None
    farmer: Record | None = None
    certificate: Record | None = None
    valid_until: str = ""
    occasion: Occasion | None = None

    @property
    def can_buy(self) -> bool:
        """Whether a purchase may begin. Who is not carried here may be certified all
        the same: the card says so, and the server judges."""
        good = (Standing.CERTIFIED, Standing.UNKNOWN)
        return self.finding.is_usable and self.standing in good and bool(self.rights)

    @property
    def rights(self) -> tuple[CropRight, ...]:
        """Crops of the card, without those that the certificate has lost since."""
        known = (self.certificate or {}).get("crops")
        rights = self.card.crops if self.card else ()
        if known is None:
            return rights
        covered = {line["crop"] for line in known}
        return tuple(right for right in rights if right.crop in covered)


def check(store: Store, message: bytes, uid: bytes) -> Finding:
    """What a message on a chip is worth."""
    today = store.clock.today()
    try:
        reading = farmtag.read(message, store.keys.ring(today), uid, today)
        return Finding(Verdict.GENUINE, reading)
    except farmtag.TagError as error:
        verdict = next(v for kind, v in VERDICTS if isinstance(error, kind))
        found = error.found if isinstance(error.found, farmtag.Reading) else None
        return Finding(verdict, found)


def check_card(store: Store, finding: Finding) -> CardCheck:
    """What a farmer's card says, beside what is carried of its farmer.

    :param finding: that of a card, or of a tag that says nothing
    """
    card = finding.reading.payload if finding.reading else None
    if not isinstance(card, farmtag.FarmerCard):
        asks = Occasion.NEWER_CARD if finding.verdict in ASKS else None
        return CardCheck(finding, Standing.NOT_SAID, occasion=asks)
    farmer = store.snapshot.farmer_of_id(card.farmer)
    certificate = store.snapshot.certificate(card.certificate)
    until = _until(card, certificate)
    occasion = of_card(store, card)
    if finding.verdict in ASKS:
        occasion = occasion or Occasion.NEWER_CARD
    return CardCheck(
        finding,
        _standing(store, finding, card, certificate, until),
        card,
        farmer,
        certificate,
        until.isoformat(),
        occasion,
    )


def _until(card: farmtag.FarmerCard, certificate: Record | None) -> datetime.date:
    """The last day: what the server says of the certificate goes before the card."""
    known = certificate.get("valid_to") if certificate else None
    return datetime.date.fromisoformat(known) if known else card.valid_until


def standing_of(store: Store, farmer_id: int) -> Standing | None:
    """How a farmer without a card stands: by a certificate that is good, else by one
    that is not; None where none is carried."""
    found = {
        _BY_STATE.get(one.get("state", ""), Standing.CERTIFIED)
        for one in store.snapshot.certificates(farmer_id)
    }
    order = (Standing.CERTIFIED, Standing.SUSPENDED, Standing.REVOKED, Standing.EXPIRED)
    return next((one for one in order if one in found), None)


def _standing(
    store: Store,
    finding: Finding,
    card: farmtag.FarmerCard,
    certificate: Record | None,
    until: datetime.date,
) -> Standing:
    today = store.clock.day_here()
    if finding.verdict is Verdict.REVOKED:
        return Standing.REVOKED
    if certificate and certificate.get("farmer", card.farmer) != card.farmer:
        return Standing.NOT_SAID  # the server refuses what is bought with it
    if certificate and certificate.get("state") in _BY_STATE:
        return _BY_STATE[certificate["state"]]
    known = store.snapshot.card(str(card.code))
    if known and known.get("state", "") not in _LIVE:
        return Standing.ENDED
    if today < card.valid_from:
        return Standing.NOT_YET
    if today > until:
        return Standing.EXPIRED
    is_carried = store.snapshot.farmer_of_id(card.farmer) and certificate
    return Standing.CERTIFIED if is_carried else Standing.UNKNOWN


def crops_of(store: Store, seen: CardCheck) -> tuple[CropLine, ...]:
    """The crops that a card is good for, by their names."""
    return tuple(_crop(store, right.crop) for right in seen.rights)


def _crop(store: Store, crop_id: int) -> CropLine:
    crop = store.snapshot.crop(crop_id)
    if crop is None:
        return CropLine("", str(crop_id))
    return CropLine(crop["code"], crop.get("name") or crop["code"])
