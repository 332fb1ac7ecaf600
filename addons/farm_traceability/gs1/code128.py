"""Code words of GS1-128 and Code 128 symbols (ISO/IEC 15417, GS1 section 5.4).

Labels draw them and printers are told them, so both print the same symbol.
"""

from functools import cache

from .errors import Gs1Error
from .message import GS

C, B, A = range(3)
START = (105, 104, 103)
CHANGE = (99, 100, 101)
FNC1, STOP = 102, 106
NEVER = float("inf")
#: the words of each set by what they carry
WORDS = (
    {f"{word:02}": word for word in range(100)} | {GS: FNC1},
    {chr(code): code - 32 for code in range(32, 128)} | {GS: FNC1},
    {chr(code): (code - 32) % 96 for code in range(96)} | {GS: FNC1},
)
MODULES_OF_WORD, MODULES_OF_STOP = 11, 13
_WIDTHS = """
    212222 222122 222221 121223 121322 131222 122213 122312 132212 221213
    221312 231212 112232 122132 122231 113222 123122 123221 223211 221132
    221231 213212 223112 312131 311222 321122 321221 312212 322112 322211
    212123 212321 232121 111323 131123 131321 112313 132113 132311 211313
    231113 231311 112133 112331 132131 113123 113321 133121 313121 211331
    231131 213113 213311 213131 311123 311321 331121 312113 312311 332111
    314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
    112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
    111242 121142 121241 114212 124112 124211 411212 421112 421211 212141
    214121 412121 111143 111341 131141 114113 114311 411113 411311 113141
    114131 311141 411131 211412 211214 211232 2331112
"""
#: of each code word, the modules of its bars and spaces, one after the other
WIDTHS = tuple(_WIDTHS.split())


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


def bars(words):
    """The modules of a symbol.

    :return: a byte for each, ``\\x00`` where it is dark
    :rtype: bytes
    """
    parts = _parts()
    return b"".join([parts[word] for word in words])


@cache
def _parts():
    return tuple(
        b"".join(
            (b"\xff" if at % 2 else b"\x00") * int(width)
            for at, width in enumerate(widths)
        )
        for widths in WIDTHS
    )


def _fewest(text):
    ways = _ways(text)
    name = ways[0].index(min(ways[0]))
    words, at = [START[name]], 0
    while at < len(text):
        way = ways[at]
        change = min(way)
        if change + 1 < way[name]:
            name = way.index(change)
            words.append(CHANGE[name])
        length = 2 if name == C and text[at] != GS else 1
        words.append(WORDS[name][text[at : at + length]])
        at += length
    return words


def _ways(text):
    """Words needed from each position to the end, if the next one is of set C, B, A."""
    after = after_pair = (0, 0, 0)
    ways, next_is_digit = [], False
    for one in reversed(text):
        is_digit = "0" <= one <= "9"
        pairs, b, a = after
        if one == GS:
            way = pairs, b, a = 1 + pairs, 1 + b, 1 + a
        else:
            pairs = 1 + after_pair[C] if is_digit and next_is_digit else NEVER
            b = 1 + b if " " <= one <= "\x7f" else NEVER
            a = 1 + a if one <= "_" else NEVER
            way = pairs, b, a
        ways.append(way)
        least = min(way)
        if least == NEVER:
            at = len(text) - len(ways)
            raise Gs1Error("symbol_character", text=one).within(text, at=at)
        change = 1 + least
        after_pair = after
        # A set that takes more than another is left for that one.
        after = (
            pairs if pairs < change else change,
            b if b < change else change,
            a if a < change else change,
        )
        next_is_digit = is_digit
    return ways[::-1]
