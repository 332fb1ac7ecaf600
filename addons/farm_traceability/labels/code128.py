"""Code words of bars, read back from their modules, and as ZPL writes them.

So a printer draws the very symbol that the PDF has.
"""

from functools import cache
from itertools import pairwise

MODULES, MODULES_OF_STOP = 11, 13
SET_C, SET_B, FNC1 = 99, 100, 102
STARTS = {104: SET_B, 105: SET_C}
#: what ^BC calls them with its mode N (ZPL II Programming Guide, Code 128 subsets)
ZPL_STARTS = {SET_B: ">:", SET_C: ">;"}
ZPL_WORDS = {SET_C: ">5", SET_B: ">6", FNC1: ">8"}
ZPL_LETTERS = {">": ">0"}
#: widths of the bars and spaces of each code word, but for the stop (ISO/IEC 15417)
WIDTHS = """
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
    114131 311141 411131 211412 211214 211232
"""


def zpl_data(row):
    """What ^BC is given for the modules of a GS1-128, which has code sets B and C.

    :param bytes row: from start to stop, ``\\x00`` where it is dark
    :rtype: str
    """
    start, *words, _check = code_words(row)
    letters = STARTS[start]
    parts = [ZPL_STARTS[letters]]
    for word in words:
        if word == FNC1:
            parts.append(ZPL_WORDS[word])
        elif word in ZPL_STARTS and word != letters:
            letters = word
            parts.append(ZPL_WORDS[word])
        elif letters == SET_C:
            parts.append(f"{word:02}")
        else:
            letter = chr(word + 32)
            parts.append(ZPL_LETTERS.get(letter, letter))
    return "".join(parts)


def code_words(row):
    """The code words of a row, with the check word, without the stop."""
    known = _words()
    ends = range(0, len(row) - MODULES_OF_STOP + 1, MODULES)
    return [known[row[first:last]] for first, last in pairwise(ends)]


@cache
def _words():
    return {_modules(widths): word for word, widths in enumerate(WIDTHS.split())}


def _modules(widths):
    """``212222`` is two dark modules, one light one, two dark ones…"""
    return b"".join(
        (b"\xff" if at % 2 else b"\x00") * int(width) for at, width in enumerate(widths)
    )
