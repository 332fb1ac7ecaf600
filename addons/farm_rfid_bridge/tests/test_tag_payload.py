import farmtag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from farmtag.envelope import seal
from farmtag.payload import ContainerType, Grade, IssuedRange, Person
from odoo.tests import tagged

from .tag_common import CardCase

CHIP = farmtag.Chip.NTAG216
LINK = "https://id.example/"


@tagged("post_install", "-at_install")
class TestVerdict(CardCase):
    """What stands on a tag, for people, and whether it is to be believed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        key_id = bytes.fromhex(cls.device.key_id.key_id)
        cls.signer = farmtag.SigningKey(cls.journal.key, key_id)

    def container(self, **vals):
        return farmtag.Container(
            code=farmtag.LineageCode(self.journal.number, 1),
            written=self.day,
            sequence=1,
            type=ContainerType.BUNCH,
            crop=self.crop.id,
            pieces=8,
            weight=12_000,
            grade=Grade.A,
            **vals,
        )

    def message(self, payload=None, key=None, uid=1):
        draft = farmtag.Draft(payload or self.container(), LINK, LINK)
        return farmtag.write(draft, CHIP, key or self.signer, self.uid(uid)).message

    def verdict(self, message, uid=1):
        tag = self.env["farm.tag"].new(
            {"payload": message.hex(), "uid": self.uid(uid).hex() if uid else False}
        )
        return tag.verdict

    def test_verdicts(self):
        good = self.message()
        stranger = farmtag.SigningKey.generate()
        twin = farmtag.SigningKey(stranger._private, self.signer.key_id)
        office = self.key.sudo()._signer()
        torn = bytearray(good)
        torn[-1] ^= 1
        for case, message, uid, verdict in (
            ("as it was written", good, 1, "genuine"),
            ("copied to another chip", good, 2, "forged"),
            ("the chip was not read", good, None, "unknown_chip"),
            ("signed by nobody known", self.message(key=stranger), 1, "unknown_key"),
            ("the id of a key of ours", self.message(key=twin), 1, "forged"),
            (
                "a bunch signed by the office",
                self.message(key=office),
                1,
                "not_allowed",
            ),
            ("a bit is wrong", bytes(torn), 1, "damaged"),
            ("cut", good[:-3], 1, "damaged"),
            ("somebody's link", b"\xd1\x01\x02U\x04a", 1, "not_ours"),
        ):
            with self.subTest(case):
                self.assertEqual(self.verdict(message, uid), verdict)

    def test_a_device_that_was_lost_is_not_believed_from_its_event_on(self):
        early = self.message()
        self.buy("A-1")
        self.push()
        self.device.with_user(self.keeper)._revoke("Lost")
        self.assertEqual(self.verdict(early), "genuine")
        container = self.container()
        late = self.message(farmtag.Container(**{**vars(container), "sequence": 2}))
        self.assertEqual(self.verdict(late), "revoked")

    def test_what_it_says_is_told_in_words(self):
        container = self.container(days_since_harvest=1)
        message = self.message(container)
        event = self.tell_purchase(self.bunch(1, uid=1, payload=message))
        text = event.tag_ids.payload_text
        for words in (str(container.code), self.crop.name, "Pieces: 8", "12000", "A",
                      self.device.name):  # fmt: skip
            self.assertIn(words, text)
        reading = farmtag.read(message, self.env["farm.key.ring"]._ring(), self.uid(1))
        record = farmtag.SplitRecord(
            code=container.code,
            written=self.day,
            sequence=2,
            origin=reading.digest,
            issued=(IssuedRange(1, 3),),
            weight=4_000,
        )
        split = farmtag.add_split(message, record, CHIP, self.signer, self.uid(1))
        event.tag_ids.payload = split.message.hex()
        self.assertEqual(event.tag_ids.verdict, "genuine")
        self.assertIn("Parts taken: 1–3", event.tag_ids.payload_text)

    def test_the_weakest_user_reads_the_words(self):
        message = self.message()
        event = self.tell_purchase(self.bunch(1, uid=1, payload=message))
        tag = event.tag_ids.with_user(self.make_user("stock"))
        self.assertEqual(tag.verdict, "genuine")
        self.assertIn(self.crop.name, tag.payload_text)

    def test_what_else_is_known_costs_nothing(self):
        message = self.message()
        tag = self.tell_purchase(self.bunch(1, uid=1, payload=message)).tag_ids
        self.queries(tag)  # what Odoo keeps of its own is loaded
        alone = self.queries(tag)
        self.fill()
        self.assertEqual(self.queries(tag), alone)
        self.assertEqual(tag.verdict, "genuine")

    def test_many_tags_of_one_key_ask_for_it_once(self):
        bunches = [
            self.bunch(number, uid=number, payload=self.coded(number))
            for number in (1, 2, 3, 4)
        ]
        tags = self.tell_purchase(*bunches)[0].tag_ids.sorted("lineage_code")
        self.queries(tags)  # what Odoo keeps of its own is loaded
        asked = self.queries(tags[0]), self.queries(tags[:2]), self.queries(tags)
        self.assertEqual(tags.mapped("verdict"), ["genuine"] * 4)
        # What each costs is what is asked of its own code; the key's is paid once.
        self.assertEqual(asked[2] - asked[1], 2 * (asked[1] - asked[0]))
        self.assertLess(asked[1] - asked[0], asked[0])

    def coded(self, counter):
        code = farmtag.LineageCode(self.journal.number, counter)
        container = farmtag.Container(**{**vars(self.container()), "code": code})
        return self.message(container, uid=counter)

    def queries(self, tags):
        """How many it takes to say whether tags are to be believed."""
        self.env.flush_all()
        self.env.invalidate_all()
        tags.mapped("payload")
        before = self.env.cr.sql_log_count
        ring = self.env["farm.key.ring"]
        known = ring._ring()
        for tag in tags:
            ring._read_tag(bytes.fromhex(tag.payload), bytes.fromhex(tag.uid), known)
        return self.env.cr.sql_log_count - before

    def fill(self):
        """1,000 other keys and revoked tags; who looks at one of them fails on it."""
        self.env.cr.execute(
            """
            INSERT INTO farm_device_key
                   (device_id, number, key_id, public_key, valid_from, state, ack_hash)
            SELECT %(device)s, 200000 + n, lpad(to_hex(n), 4, '0'),
                   'key ' || n, now(), 'retired', ''
              FROM generate_series(1, 1000) n
             WHERE lpad(to_hex(n), 4, '0') NOT IN (SELECT key_id FROM farm_device_key);
            INSERT INTO farm_tag (kind, state, lineage_code, is_revoked)
            SELECT 'card', 'retired', 'REVOKED-' || n, TRUE
              FROM generate_series(1, 1000) n
            """,
            {"device": self.device.id},
        )
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestSealedPart(CardCase):
    """Who is on a card that was sealed for the server is told to officers only."""

    def setUp(self):
        super().setUp()
        self.env["farm.sealing.key"].search([]).unlink()
        self.sealing = self.env["farm.sealing.key"]._current()
        self.payload = self.issue()._draft_card().payload

    def sealed(self):
        public = bytes.fromhex(self.sealing.public_key)
        return seal(
            Person("Sri Wahyuni", "+62 812-0000-0001", None).to_bytes(),
            self.payload.code,
            bytes.fromhex(self.sealing.key_id),
            X25519PublicKey.from_public_bytes(public),
        )

    def text(self, user, sealed):
        """What the form of such a card says to a user."""
        payload = farmtag.FarmerCard(**{**vars(self.payload), "sealed": sealed})
        draft = farmtag.Draft(payload, LINK, LINK)
        message = farmtag.write(draft, CHIP, self.key.sudo()._signer(), self.uid(1))
        tag = self.env["farm.tag"].with_user(user)
        tag = tag.new(
            {
                "kind": "card",
                "uid": self.uid(1).hex(),
                "payload": message.message.hex(),
            }
        )
        self.assertEqual(tag.verdict, "genuine")
        return tag.payload_text

    def test_an_officer_is_told(self):
        text = self.text(self.officer, self.sealed())
        self.assertIn("Sri Wahyuni", text)
        self.assertIn("+62 812-0000-0001", text)

    def test_others_are_not(self):
        sealed = self.sealed()
        for user in (self.collector, self.make_user("manager")):
            with self.subTest(user=user.name):
                self.assertNotIn("Sri", self.text(user, sealed))

    def test_what_was_sealed_for_another_server_stays_closed(self):
        sealed = self.sealed()
        self.sealing.unlink()
        self.assertIn("cannot be opened here", self.text(self.officer, sealed))
