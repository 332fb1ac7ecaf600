"""The two check symbols of a lineage code: Reed–Solomon over GF(32).

The field is that of x⁵ + x² + 1, the generator polynomial has the roots α and α². The
distance is three: one or two wrong symbols are always seen, and so is any swap.
"""

_POLYNOMIAL = 0b100101
_ORDER = 31


def _powers() -> list[int]:
    powers, value = [], 1
    for _ in range(_ORDER):
        powers.append(value)
        value <<= 1
        value ^= _POLYNOMIAL if value & 32 else 0
    return powers


_EXP = _powers()
_LOG = {value: power for power, value in enumerate(_EXP)}


def _times(one: int, other: int) -> int:
    return _EXP[(_LOG[one] + _LOG[other]) % _ORDER] if one and other else 0


_MIDDLE = _EXP[1] ^ _EXP[2]
_LAST = _times(_EXP[1], _EXP[2])
#: what a symbol adds to both check symbols
_STEP = [(_times(value, _MIDDLE), _times(value, _LAST)) for value in range(32)]


def check_values(values: list[int]) -> list[int]:
    """The two check values after the given ones, at most 29 of them."""
    first, second = 0, 0
    for value in values:
        middle, last = _STEP[value ^ first]
        first, second = second ^ middle, last
    return [first, second]
