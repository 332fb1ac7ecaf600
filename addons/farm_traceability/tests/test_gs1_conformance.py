"""GS1's own vectors and dictionary, where they are at hand."""

import json
import re
from functools import partial
from itertools import product
from pathlib import Path
from unittest import skipUnless

from odoo.tests import BaseCase

from ..gs1 import (
    GS,
    Gs1Error,
    identifiers,
    read,
    read_bracketed,
    read_link,
    read_scan,
    rules,
    scan_data,
    write,
    write_link,
)
from ..gs1.link import Reading
from ..gs1.linters import lint

VECTORS = Path(__file__).parents[4] / "shared" / "conformance"
COUPON_CODES = {
    "coupon_missing": "COUPON_MISSING_{}",
    "coupon_missing_length": "COUPON_MISSING_{}_VLI",
    "coupon_invalid": "COUPON_INVALID_{}",
    "coupon_invalid_length": "COUPON_INVALID_{}_LENGTH",
    "coupon_truncated": "COUPON_TRUNCATED_{}",
    "coupon_short_date": "COUPON_TOO_SHORT_FOR_{}",
    "coupon_invalid_date": "COUPON_INVALID_{}",
}
RULES = {
    "validateAIrepeats": rules.check_repeated,
    "validateAImutex": rules.check_excluded,
    "validateAIrequisites": rules.check_required,
    "validateDigSigRequiresSerialisedKey": rules.check_signature,
}
SYMBOLS = {
    "QR": "QR Code",
    "DM": "Data Matrix",
    "DataBarExpanded": "GS1 DataBar Expanded",
    "DataBarOmni": "GS1 DataBar",
    "DataBarTruncated": "GS1 DataBar",
    "DataBarStacked": "GS1 DataBar",
    "DataBarStackedOmni": "GS1 DataBar",
    "DataBarLimited": "GS1 DataBar Limited",
    "GS1_128_CCA": "GS1-128",
    "GS1_128_CCC": "GS1-128",
    "UPCA": "UPC-A",
    "UPCE": "UPC-E",
    "EAN13": "EAN-13",
    "EAN8": "EAN-8",
}


def vectors(name):
    return json.loads((VECTORS / name).read_text())


def engine(group):
    return vectors("gs1_syntax_engine.json")[group]


def attempt(function, *args):
    """What the function gives, or its error; every error has its sentence."""
    try:
        return function(*args)
    except Gs1Error as error:
        assert error.sentence()
        return error


def failed(found):
    return isinstance(found, Gs1Error)


def vector_code(error):
    """The name that the vectors have for an error."""
    if not failed(error):
        return "GS1_LINTER_OK"
    field = (error.field or "").upper()
    name = COUPON_CODES.get(error.code, error.code.upper()).format(field)
    # The vectors spell it so.
    return "GS1_LINTER_" + name.replace("INVALID_EXPIRATION", "INVALID_EXIPIRATION")


def marked(value, error):
    end = error.start + error.length
    return f"{value[: error.start]}*{value[error.start : end]}*{value[end:]}"


def with_caret(elements):
    return "^" + write(elements, "^")


def prefix_lists():
    """Lists of company prefixes that fail after so many right answers."""
    for right, offline in product(range(5), (False, True)):
        yield partial(answer, iter([True] * right), offline)


def answer(answers, offline, _number):
    if next(answers, False):
        return True
    if offline:
        raise LookupError
    return False


@skipUnless(VECTORS.exists(), "the conformance vectors are not there")
class TestGs1Conformance(BaseCase):
    def assert_outcome(self, vector, found, expected=None):
        self.assertEqual(not failed(found), vector["should_succeed"], found)
        if vector["should_succeed"] and expected is not None:
            self.assertEqual(found, expected)

    def test_linters(self):
        for name, cases in vectors("gs1_linters.json")["linters"].items():
            for case in cases if name != "_stubs" else ():
                with self.subTest(name, **case):
                    expected = (
                        case.get("error", "GS1_LINTER_OK"),
                        case.get("highlight"),
                    )
                    self.assertIn(expected, self.outcomes(name, case))

    def outcomes(self, name, case):
        """With no list of company prefixes, and where one decides, with any answer."""
        known = [None]
        if case.get("error", "").endswith(("GCP_DATASOURCE_OFFLINE", "GCP_PREFIX")):
            known += prefix_lists()
        for one in known:
            error = attempt(lint, name, case["value"], one)
            mark = marked(case["value"], error) if failed(error) else None
            yield vector_code(error), mark

    def test_bracketed(self):
        for vector in engine("parse_bracketed_ai"):
            with self.subTest(**vector):
                found = attempt(read_bracketed, vector["bracketed"])
                found = found if failed(found) else with_caret(found)
                self.assert_outcome(vector, found, vector["unbracketed_fnc1_caret"])

    def test_element_string(self):
        for vector in engine("process_unbracketed_ai"):
            with self.subTest(**vector):
                text = vector["unbracketed_fnc1_caret"].replace("^", GS)
                self.assert_outcome(vector, attempt(read, text))

    def test_rules(self):
        for vector in engine("ai_association_rules"):
            with self.subTest(**vector):
                rule = RULES[vector["rule"]]
                found = attempt(
                    lambda text, rule=rule: rule(read_bracketed(text, unknown=True)),
                    vector["bracketed"],
                )
                self.assert_outcome(vector, found)

    def test_values(self):
        for vector in engine("ai_linters"):
            with self.subTest(**vector):
                found = attempt(read_bracketed, vector["bracketed"])
                self.assertEqual(vector_code(found), vector["expect"], found)

    def test_read_link(self):
        for vector in engine("parse_digital_link_uri"):
            with self.subTest(**vector):
                found = attempt(read_link, vector["uri"])
                if vector["should_succeed"] and failed(found):
                    # Some vectors are of an engine that was told to take more.
                    found = attempt(read_link, vector["uri"], Reading(True, True, True))
                found = found if failed(found) else with_caret(found)
                self.assert_outcome(vector, found, vector["unbracketed_fnc1_caret"])

    def test_write_link(self):
        for vector in engine("generate_digital_link_uri"):
            with self.subTest(**vector):
                elements = read_bracketed(vector["unbracketed"], unknown=True)
                stem = [vector["stem"]] if vector["stem"] else []
                found = attempt(write_link, elements, *stem)
                self.assert_outcome(vector, found, vector["uri"])

    def test_scan_data(self):
        for vector in engine("generate_scan_data"):
            with self.subTest(**vector):
                symbol = SYMBOLS.get(vector["symbology"], vector["symbology"])
                found = attempt(
                    scan_data, symbol, *self.content(symbol, vector["data"])
                )
                self.assertEqual(None if failed(found) else found, vector["scan_data"])

    def content(self, symbol, data):
        """Message and composite from the notation of the vectors."""
        if symbol in ("QR Code", "Data Matrix", "DotCode") and data[:1] != "^":
            is_escaped = re.match(r"\\+\^", data)
            return (data[1:] if is_escaped else data), ""
        message, _bar, composite = data.partition("|")
        return message.replace("^", GS), composite.replace("^", GS)

    def test_read_scan(self):
        for vector in engine("process_scan_data"):
            with self.subTest(**vector):
                found = attempt(read_scan, vector["scan_data"])
                self.assert_outcome(vector, found)
                if not failed(found):
                    self.assertEqual(self.notation(found), vector["data"])
                    symbol = SYMBOLS.get(vector["symbology"], vector["symbology"])
                    self.assertEqual(found.symbol, symbol)

    def notation(self, scan):
        if scan.primary:
            composite = scan.composite.replace(GS, "^")
            return scan.primary + (f"|^{composite}" if composite else "")
        if scan.elements and not scan.text.lower().startswith("http"):
            return "^" + scan.text.replace(GS, "^")
        return "\\" + scan.text if re.match(r"\\*\^", scan.text) else scan.text


@skipUnless(VECTORS.exists(), "the conformance vectors are not there")
class TestGs1Dictionary(BaseCase):
    """Our table of identifiers has what the GS1 Syntax Dictionary has."""

    def entries(self):
        text = (VECTORS / "gs1-syntax-dictionary.txt").read_text()
        for line in text.splitlines():
            words = line.split(" # ")[0].split()
            if not words or words[0].startswith("#"):
                continue
            first, _dash, last = words[0].partition("-")
            for number in range(int(first), int(last or first) + 1):
                yield str(number).zfill(len(first)), words[1:]

    def test_table(self):
        table = dict(identifiers.table())
        for code, words in self.entries():
            with self.subTest(code):
                self.assert_entry(table.pop(code), words)
        self.assertEqual(table, {})

    def assert_entry(self, identifier, words):
        is_flagged = re.fullmatch(r"[*?]+", words[0])
        flags = words[0] if is_flagged else ""
        forms = [one for one in words if re.match(r"\[?[NXYZ][0-9.]", one)]
        rest = [one for one in words[bool(flags) :] if one not in forms]
        values = dict(one.partition("=")[::2] for one in rest)
        self.assertEqual(identifier.is_predefined, "*" in flags)
        self.assertEqual(identifier.is_attribute, "?" in flags)
        self.assertEqual([self.form(part) for part in identifier.parts], forms)
        needs = ",".join("+".join(one) for one in identifier.needs)
        self.assertEqual(needs.replace("x", "n"), values.get("req", ""))
        bars = ",".join(identifier.bars)
        self.assertEqual(bars.replace("x", "n"), values.get("ex", ""))
        paths = identifier.paths
        found = paths if paths is None else "|".join(map(",".join, paths))
        self.assertEqual(found, values.get("dlpkey"))

    def form(self, part):
        kind = {"csetnumeric": "N", "cset82": "X", "cset39": "Y", "cset64": "Z"}
        size = f"..{part.most}" if part.least != part.most else str(part.most)
        text = kind[part.checks[0]] + size
        text = f"[{text}]" if part.is_optional else text
        return ",".join((text, *part.checks[1:]))
