"""Code words of GS1-128 and Code 128 symbols (ISO/IEC 15417, GS1 section 5.4).

Labels draw them and printers are told them, so both print the same symbol.
"""

from functools import lru_cache

from .errors import Gs1Error
from .message import GS

START = {"A": 103, "B": 104, "C": 105}
CHANGE = {"A": 101, "B": 100, "C": 99}
FNC1, STOP = 102, 106
INFINITE = float("inf")
MODULES_OF_WORD, MODULES_OF_STOP = 11, 13


def gs1_codewords(message):
    """The code words of a GS1-128 symbol: with FNC1 behind the start.

    :param message: an element string, without the leading separator
    """
    return codewords(GS + message)


@lru_cache(maxsize=256)
def codewords(text):
    """The fewest code words that carry a text without shifts, from start to stop.

    :param text: ASCII characters; ``GS`` becomes FNC1
    :rtype: tuple[int]
    :raises Gs1Error: if a character cannot be drawn
    """
    if not text:
        raise Gs1Error("symbol_empty")
    data = _fewest(text)
    checksum = (data[0] + sum(at * word for at, word in enumerate(data))) % 103
    return (*data, checksum, STOP)


def modules(words):
    """How many modules wide a symbol is, without its quiet zones."""
    return (len(words) - 1) * MODULES_OF_WORD + MODULES_OF_STOP


def _fewest(text):
    direct, costs = _costs(text)
    name = min("CBA", key=costs[0].get)
    words, at = [START[name]], 0
    while at < len(text):
        if direct[at][name] > costs[at][name]:
            name = min("CBA", key=direct[at].get)
            words.append(CHANGE[name])
        word, length = _step(text, at, name)
        words.append(word)
        at += length
    return words


def _costs(text):
    """Words needed from each position to the end, for each code set.

    :return: ``direct`` stays in the code set for the next word, ``costs`` may change
    """
    direct = [{} for _one in range(len(text))]
    costs = [{} for _one in text] + [dict.fromkeys("CBA", 0)]
    for at in range(len(text) - 1, -1, -1):
        for name in "CBA":
            _word, length = _step(text, at, name)
            direct[at][name] = 1 + costs[at + length][name] if length else INFINITE
        least = min(direct[at].values())
        if least == INFINITE:
            raise Gs1Error("symbol_character", at, 1, text=text[at]).within(text)
        costs[at] = {name: min(direct[at][name], 1 + least) for name in "CBA"}
    return direct, costs


def _step(text, at, name):
    """The word of a code set for what comes next, and how many characters it takes."""
    one = text[at]
    if one == GS:
        return FNC1, 1
    if name == "C":
        pair = text[at : at + 2]
        is_pair = len(pair) == 2 and pair.isascii() and pair.isdigit()
        return (int(pair), 2) if is_pair else (None, 0)
    code = ord(one)
    if name == "B":
        return (code - 32, 1) if 32 <= code <= 127 else (None, 0)
    return ((code - 32) % 96, 1) if code <= 95 else (None, 0)
