"""Code words of GS1-128 and Code 128 symbols (ISO/IEC 15417, GS1 section 5.4).

Labels draw them and printers are told them, so both print the same symbol.
"""

from .errors import Gs1Error
from .message import GS

SETS = C, B, A = range(3)
START = (105, 104, 103)
CHANGE = (99, 100, 101)
FNC1, STOP = 102, 106
NEVER = float("inf")
MODULES_OF_WORD, MODULES_OF_STOP = 11, 13


def gs1_codewords(message):
    """The code words of a GS1-128 symbol: with FNC1 behind the start.

    :param message: an element string, without the leading separator
    """
    return codewords(GS + message)


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
    ways = _ways(text)
    name = min(SETS, key=lambda one: ways[0][one])
    words, at = [START[name]], 0
    while at < len(text):
        stay, change = ways[at][name], min(ways[at])
        if change + 1 < stay:
            name = ways[at].index(change)
            words.append(CHANGE[name])
        length = 2 if name == C and text[at] != GS else 1
        words.append(_word(text[at : at + length], name))
        at += length
    return words


def _ways(text):
    """Words needed from each position to the end, if the next one is of set C, B, A."""
    after = after_pair = (0, 0, 0)
    ways, next_is_digit = [], False
    for at in range(len(text) - 1, -1, -1):
        one = text[at]
        is_digit = "0" <= one <= "9"
        if one == GS:
            way = (1 + after[C], 1 + after[B], 1 + after[A])
        else:
            way = (
                1 + after_pair[C] if is_digit and next_is_digit else NEVER,
                1 + after[B] if " " <= one <= "\x7f" else NEVER,
                1 + after[A] if one <= "_" else NEVER,
            )
        ways.append(way)
        least = min(way)
        if least == NEVER:
            raise Gs1Error("symbol_character", text=one).within(text, at=at)
        after_pair = after
        after = tuple(min(stay, 1 + least) for stay in way)
        next_is_digit = is_digit
    return ways[::-1]


def _word(text, name):
    if text == GS:
        return FNC1
    if name == C:
        return int(text)
    code = ord(text)
    return code + 64 if code < 32 else code - 32
