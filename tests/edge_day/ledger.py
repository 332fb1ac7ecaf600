"""What was done in a day, kept in plain Python: what Odoo has to say in the end."""

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock


@dataclass
class Hand:
    """A hand of a bunch.

    - ``grams``: its share where nobody weighed it
    - ``state``: of its tag; suspected where another chip says the same
    """

    code: str
    index: int
    grams: int
    uid: str
    chip: str
    state: str = "active"


@dataclass
class Bunch:
    """A bunch that was bought, and what was taken of it.

    - ``loss``: grams of the stalk; ``lost``: numbers of hands that no tag has
    """

    code: str
    grams: int
    hands: int
    uid: str
    chip: str
    farmer: str
    device: str
    name: str
    taken: list[Hand] = field(default_factory=list)
    loss: int = 0
    lost: int = 0

    @property
    def hands_left(self):
        return self.hands - len(self.taken)

    @property
    def grams_left(self):
        return self.grams - self.loss - sum(hand.grams for hand in self.taken)

    @property
    def share(self):
        """Grams of a hand that nobody weighs."""
        share, rest = divmod(self.grams_left, self.hands_left)
        assert not rest and not share % 10, "the script has to weigh what is even"
        return share


class Ledger:
    """All of a day, of all devices.

    - ``events``: of each device, how many of which kind and state there have to be
    - ``cards``: code → (UID, farmer)
    """

    def __init__(self):
        self._lock = Lock()
        self.bunches = []
        self.cards = {}
        self.events = {}

    def _tell(self, device, kind, state="applied"):
        self.events.setdefault(device, Counter())[kind, state] += 1

    def write_card(self, device, code, uid, farmer):
        with self._lock:
            self.cards[code] = uid, farmer
            self._tell(device, "card")

    def buy(self, device, bunches):
        with self._lock:
            self.bunches += bunches
            self._tell(device, "purchase")

    def split(self, device, bunch, hands, loss=0, lost=0):
        with self._lock:
            bunch.taken += hands
            bunch.loss += loss
            bunch.lost += lost
            self._tell(device, "split")

    def split_in_vain(self, device, bunch, hands):
        """Hands of numbers that are taken: a person has to look at them, and to find
        out which of two chips that say the same is the right one."""
        with self._lock:
            self._tell(device, "split", "conflict")
            codes = {hand.code for hand in hands}
            for hand in bunch.taken:
                hand.state = "suspected" if hand.code in codes else hand.state

    # -- what Odoo has to say ---------------------------------------------------------

    def lots(self):
        """code → (hands, hands that are left, kilograms or pieces on hand)"""
        found = {
            one.code: (one.hands, one.hands_left, one.grams_left / 1000)
            for one in self.bunches
        }
        return found | {
            hand.code: (1, 1, 1) for one in self.bunches for hand in one.taken
        }

    def tags(self):
        """code → (kind, UID, chip, state, code of the whole, number of the part)"""
        found = {
            code: ("card", uid, "NTAG215", "active", "", 0)
            for code, (uid, _farmer) in self.cards.items()
        }
        for one in self.bunches:
            state = "active" if one.hands_left else "split"
            found[one.code] = ("bunch", one.uid, one.chip, state, "", 0)
            for hand in one.taken:
                part = ("unit", hand.uid, hand.chip, hand.state)
                found[hand.code] = (*part, one.code, hand.index)
        return found

    def as_first_written(self):
        """Codes whose tags nothing was written on since they were told of."""
        whole = {one.code for one in self.bunches if not one.taken}
        hands = {hand.code for one in self.bunches for hand in one.taken}
        return whole | hands | self.cards.keys()

    def split_bunches(self):
        return [one for one in self.bunches if one.taken]

    def wholes(self):
        """code of a hand → its bunch's"""
        return {hand.code: one.code for one in self.bunches for hand in one.taken}

    def farmers(self):
        """code of a bunch or hand → the farmer"""
        return {
            code: one.farmer
            for one in self.bunches
            for code in (one.code, *(hand.code for hand in one.taken))
        }
