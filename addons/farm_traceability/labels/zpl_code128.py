"""GS1-128 as ZPL writes it, so that a printer draws the very symbol of the PDF."""

from ..gs1.code128 import CHANGE, FNC1, START, B, C

#: what ^BC calls them with its mode N (ZPL II Programming Guide, Code 128 subsets)
ZPL_STARTS = {START[B]: ">:", START[C]: ">;"}
ZPL_CHANGES = {CHANGE[C]: ">5", CHANGE[B]: ">6"}
ZPL_FNC1 = ">8"
ZPL_LETTERS = {">": ">0"}


def zpl_data(words):
    """What ^BC is given for the code words of a GS1-128, which has sets B and C.

    :rtype: str
    """
    start, *words, _check, _stop = words
    is_pairs = start == START[C]
    parts = [ZPL_STARTS[start]]
    for word in words:
        if word == FNC1:
            parts.append(ZPL_FNC1)
        elif word == CHANGE[B if is_pairs else C]:
            is_pairs = not is_pairs
            parts.append(ZPL_CHANGES[word])
        elif is_pairs:
            parts.append(f"{word:02}")
        else:
            letter = chr(word + 32)
            parts.append(ZPL_LETTERS.get(letter, letter))
    return "".join(parts)
