"""EPC Pure Identity URIs as GS1 elements (EPC Tag Data Standard, chapter 6).

Of the schemes that name trade items, logistic units and places.
"""

import re
from urllib.parse import unquote

from .errors import Gs1Error
from .linters.checks import check_digit
from .message import Element, checked

URI = re.compile(r"urn:epc:(id|class):([a-z]+):([^:]+)", re.IGNORECASE)
DIGITS_OF_KEY = {"sgtin": 13, "lgtin": 13, "sscc": 17, "sgln": 12}
WHOLE_NUMBER = "0"


def read_epc(text):
    """The elements of a URI such as ``urn:epc:id:sgtin:0614141.112345.400``.

    :rtype: tuple[Element]
    :raises Gs1Error: if it is no such URI, or of another scheme
    """
    found = URI.fullmatch(text)
    scheme = found and found[2].lower()
    if scheme not in DIGITS_OF_KEY:
        raise Gs1Error("epc_unknown").within(text)
    prefix, _, rest = found[3].partition(".")
    reference, _, serial = rest.partition(".")
    try:
        return checked(_READERS[scheme](prefix, reference, unquote(serial)))
    except Gs1Error as error:
        raise error.within(text) from None


def _item(code):
    def read(prefix, reference, serial):
        key = _key("sgtin", reference[:1] + prefix + reference[1:])
        return Element("01", key), Element(code, serial)

    return read


def _unit(prefix, reference, _serial):
    return (Element("00", _key("sscc", reference[:1] + prefix + reference[1:])),)


def _place(prefix, reference, extension):
    elements = (Element("414", _key("sgln", prefix + reference)),)
    if extension in ("", WHOLE_NUMBER):
        return elements
    return (*elements, Element("254", extension))


def _key(scheme, digits):
    if not re.fullmatch(f"[0-9]{{{DIGITS_OF_KEY[scheme]}}}", digits):
        raise Gs1Error("epc_unknown")
    return digits + check_digit(digits)


_READERS = {
    "sgtin": _item("21"),
    "lgtin": _item("10"),
    "sscc": _unit,
    "sgln": _place,
}
