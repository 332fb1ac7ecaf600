from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ..gs1 import (
    GS,
    Element,
    Gs1Error,
    check,
    identifiers,
    keys,
    ordered,
    read,
    read_anything,
    read_bracketed,
    read_link,
    read_scan,
    scan_data,
    write,
    write_bracketed,
    write_link,
)
from ..gs1.code128 import START, codewords
from ..gs1.linters import ASKING, PLAIN, lint

# A busy machine is no reason to fail.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz"
DIGITS = "0123456789"
PREFIXES = st.text(DIGITS, min_size=4, max_size=11)
NOISE = st.text(st.sampled_from(SET_82 + GS + "()[]{}|^~\\ é٣²#@$"))
TEXTS = st.one_of(st.text(), NOISE)


def dates():
    return st.dates().map(lambda day: f"{day:%y%m%d}")


@st.composite
def messages(draw):
    """Elements of those that a farm's labels have, with right values."""
    prefix = draw(PREFIXES)
    numbers = st.integers(0, 10 ** (12 - len(prefix)) - 1)
    free = st.text(SET_82, min_size=1, max_size=20)
    some = {
        "00": st.just(keys.make_sscc(prefix, draw(st.integers(0, 9999)))),
        "01": numbers.map(lambda one: "0" + keys.make_gtin(prefix, one)),
        "10": free,
        "11": dates(),
        "17": dates(),
        "21": free,
        "37": st.integers(1, 99999999).map(str),
        "3103": st.integers(0, 999999).map("{:06}".format),
        "414": numbers.map(lambda one: keys.make_gln(prefix, one)),
        "422": st.sampled_from(["360", "704"]),
        "7007": st.one_of(dates(), st.tuples(dates(), dates()).map("".join)),
        "8200": free,
    }
    codes = draw(st.lists(st.sampled_from(sorted(some)), min_size=1, unique=True))
    return tuple(Element(code, draw(some[code])) for code in codes)


class TestGs1Property(BaseCase):
    @PATIENT
    @given(messages())
    def test_written_and_read(self, elements):
        self.assertEqual(read(write(elements)), elements)
        self.assertEqual(read(GS + write(elements)), elements)
        self.assertEqual(read_bracketed(write_bracketed(elements)), elements)
        self.assertEqual(set(ordered(elements)), set(elements))
        self.assertLessEqual(len(write(ordered(elements))), len(write(elements)))

    @PATIENT
    @given(messages())
    def test_scanned(self, elements):
        for symbol in ("GS1-128", "Data Matrix", "QR Code"):
            sent = scan_data(symbol, GS + write(elements))
            self.assertEqual(read_scan(sent).elements, elements)
            self.assertEqual(read_anything(sent).elements, elements)

    @PATIENT
    @given(messages())
    def test_linked(self, elements):
        try:
            uri = write_link(elements)
        except Gs1Error:
            return
        self.assertEqual(set(read_link(uri)), set(elements))
        self.assertEqual(write_link(read_link(uri)), uri)

    @PATIENT
    @given(PREFIXES, st.data())
    def test_one_wrong_digit(self, prefix, data):
        room = 10 ** (12 - len(prefix)) - 1
        number = data.draw(st.integers(0, room))
        kind, right = data.draw(
            st.sampled_from(
                [
                    ("GTIN", keys.make_gtin(prefix, number)),
                    ("GLN", keys.make_gln(prefix, number)),
                    ("SSCC", keys.make_sscc(prefix, number)),
                ]
            )
        )
        self.assertEqual(keys.verify(kind, right), right)
        place = data.draw(st.integers(0, len(right) - 1))
        digit = data.draw(st.sampled_from(DIGITS.replace(right[place], "")))
        with self.assertRaises(Gs1Error):
            keys.verify(kind, right[:place] + digit + right[place + 1 :])

    @PATIENT
    @given(TEXTS)
    def test_any_text(self, text):
        """Whatever comes in: an answer, or an error with a sentence of one line."""
        readers = (read, read_bracketed, read_link, read_scan, read_anything, codewords)
        for reader in readers:
            for start in ("", "]d2", "]Q1https://a/01/", "(10)", "https://a/00/"):
                self.answer(reader, start + text)

    @PATIENT
    @given(st.sampled_from(sorted({*PLAIN, *ASKING})), TEXTS)
    def test_any_value(self, name, text):
        self.answer(lint, name, text)

    @PATIENT
    @given(st.sampled_from(sorted(identifiers.table())), TEXTS)
    def test_any_element(self, code, text):
        self.answer(identifiers.get(code).check, text)
        self.answer(check, [Element(code, text)])
        self.answer(check, [Element("11", text), Element("17", "260101")])
        self.answer(write_link, [Element(code, text)], text)

    def answer(self, function, *args):
        try:
            function(*args)
        except Gs1Error as error:
            sentence = str(error)
            self.assertTrue(sentence.endswith("."), sentence)
            self.assertNotIn("\n", sentence)

    @PATIENT
    @given(st.text(st.characters(max_codepoint=127), min_size=1, max_size=40))
    def test_code_words(self, text):
        words = codewords(text)
        self.assertEqual(decoded(words), text)
        self.assertLessEqual(len(words), 3 + 2 * len(text))


def decoded(words):
    """The text of the code words, read one by one."""
    text, name = "", START.index(words[0])
    total = words[0] + sum(at * word for at, word in enumerate(words[1:-2], 1))
    assert words[-2] == total % 103
    for word in words[1:-2]:
        if word == 102:
            text += GS
        elif name == 0 and word < 100:
            text += f"{word:02}"
        elif word > 98:
            name = (99, 100, 101).index(word)
        else:
            text += chr(word - 64 if name == 2 and word > 63 else word + 32)
    return text
