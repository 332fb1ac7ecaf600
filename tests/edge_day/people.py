"""What people do at a device, and write into the ledger."""

import itertools

from ledger import Bunch, Hand
from village import CROP, GRADE

#: names and UIDs of tags are used once in a day, on all devices
_numbers = itertools.count(1)
HANDS = 8


class People:
    """Whoever works with a device.

    :param cards: farmer → name of the card's tag on this table
    """

    def __init__(self, device, ledger, cards):
        self.device, self.ledger, self.cards = device, ledger, cards

    @property
    def page(self):
        return self.device.page

    def blank(self, chip):
        """A blank tag on the table; gives name and UID."""
        number = next(_numbers)
        uid = f"04b0b0b0{number:06x}"
        self.device.blank(f"tag {number}", chip, bytes.fromhex(uid))
        return f"tag {number}", uid

    def go_home(self):
        """Lay a blank tag there: what lay there before may come again."""
        self.page.press("home")
        self.device.lay(self.blank("NTAG213")[0])
        self.page.until_so(lambda: "blank" in self.page.notice, "a blank tag")

    # -- purchases --------------------------------------------------------------------

    def buy(self, count, farmer):
        """Purchases as on every day: mostly one bunch, and mostly by the card."""
        for number in range(1, count + 1):
            self.begin_purchase(farmer, has_card=number % 5)
            bunches = 1 if number % 10 else 2
            self.say_what(bunches)
            bought = [
                self.add_bunch(farmer, 9_600 + 80 * number) for _ in range(bunches)
            ]
            self.finish(bought)

    def begin_purchase(self, farmer, has_card=True):
        self.page.until("home")
        if has_card:
            card = self.cards[farmer]
            self.device.lay(card)
            self.page.until("card")
            self.device.take(card)
            self.page.press("buy")
        else:
            self.page.type_farmer(farmer)

    def say_what(self, bunches):
        self.page.press("crop", crop=CROP)
        self.page.press("grade", grade=GRADE)
        self.page.press("count", bunches=str(bunches))

    def add_bunch(self, farmer, grams, chip="NTAG216", falls_in_it=False):
        """Type it, and have its tag written; its code is told at the end.

        :param falls_in_it: the battery falls out when the tag is half written
        """
        self.type_bunch(grams)
        name, uid = self.blank(chip)
        if falls_in_it:
            self.device.fall_while_writing(name)
        else:
            self.device.lay(name)
        self.wait_written()
        self.device.take(name)
        device = self.device.name
        return Bunch("", grams, HANDS, uid, chip, farmer, device, name)

    def type_bunch(self, grams):
        self.page.press("bunch", hands=str(HANDS), kg=f"{grams / 1000:.3f}")
        self.page.until("purchase.tag")

    def wait_written(self):
        """Until the tag of the bunch at hand is written."""
        at_hand = ("purchase.tag.", "card.")
        self.page.until_so(
            lambda: not self.page.question.startswith(at_hand), "a written tag"
        )

    def finish(self, bunches):
        self.page.until("purchase.review")
        self.page.press("finish")
        self.page.until("purchase.done")
        codes = self.page.codes
        assert len(codes) == len(bunches), self.page.text()
        for bunch, code in zip(bunches, codes, strict=True):
            bunch.code = code
        self.ledger.buy(self.device.name, bunches)
        self.page.press("home")

    # -- splits -----------------------------------------------------------------------

    def split(self, bunch, count, grams=(), loss=0, skip=0, chip="NTAG213"):
        """Take hands of a bunch of this table.

        :param grams: of each hand, or nothing
        :param skip: so many of the first numbers are lost
        """
        hands = self.take_hands(bunch, count, grams, loss, skip, chip)
        self.ledger.split(self.device.name, bunch, hands, loss, skip)

    def take_hands(self, bunch, count, grams=(), loss=0, skip=0, chip="NTAG213"):
        """As :meth:`split`, but nobody believes it yet; gives the hands."""
        weights = list(grams) or [bunch.share] * count
        self.choose(bunch)
        self.type_hands(count, grams, loss)
        self.page.until("split.hands")  # the bunch still lies there, and is marked
        for _lost in range(skip):
            self.page.press("skip")
        made = [self.add_hand(chip) for _hand in range(count - skip)]
        self.page.until("split.done")
        codes = self.page.codes
        assert len(codes) == len(made), self.page.text()
        self.page.press("home")
        return [
            Hand(code, index, weight, uid, chip)
            for code, (index, uid), weight in zip(
                codes, made, weights[skip:], strict=True
            )
        ]

    def choose(self, bunch):
        """Lay a bunch on the reader, to be split."""
        self.page.until("home")
        self.page.go("split")
        self.device.lay(bunch.name)
        self.page.until("split.count")

    def type_hands(self, count, grams=(), loss=0):
        weighed = {"kg": [f"{one / 1000:.3f}" for one in grams]} if grams else {}
        lost = f"{loss / 1000:.3f}" if loss else ""
        self.page.press("count", hands=str(count), loss_kg=lost, **weighed)

    def add_hand(self, chip):
        """Have the tag of the hand at hand written; gives its number and UID."""
        asked = self.page.question
        assert asked.startswith("split.hands."), self.page.text()
        name, uid = self.blank(chip)
        self.device.lay(name)
        self.page.until_so(lambda: self.page.question != asked, "a written hand")
        return int(asked.split(".")[3]), uid

    # -- the network ------------------------------------------------------------------

    def send(self, until=lambda: False):
        """Press until all is sent, as somebody who wants to go home; or until
        something is so."""
        self.page.until("home")
        self.page.go("waiting")
        self.page.until_so(lambda: until() or self._press_and_see(), "an empty journal")
        self.page.press("home")

    def _press_and_see(self):
        if "All is sent." in self.page.text():
            return True
        self.page.press("sync")
        return False
