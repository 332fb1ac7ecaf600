"""Check digits and check characters (GS1 General Specifications, section 7.9)."""

from ..errors import Gs1Error
from .characters import OUTSIDE_82, csetnumeric
from .codes import COUNTRY_LETTERS

# Section 7.9.5: the two check characters of a GMN.
PAIR_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PAIR_LONGEST = 97
CHARACTERS_82 = (
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
    "abcdefghijklmnopqrstuvwxyz"
)
IBAN_SHORTEST, IBAN_LONGEST = 11, 34


def check_digit(digits):
    """The digit that completes ``digits``: weights 3, 1, 3, … from the right."""
    total = sum(int(one) * (1 if at % 2 else 3) for at, one in enumerate(digits[::-1]))
    return str(-total % 10)


def check_pair(text):
    """The two characters that complete ``text``: prime weights from the right."""
    total = sum(
        CHARACTERS_82.index(one) * prime
        for one, prime in zip(reversed(text), PRIMES, strict=False)
    )
    high, low = divmod(total % 1021, 32)
    return PAIR_CHARACTERS[high] + PAIR_CHARACTERS[low]


def _primes(count):
    found = []
    number = 2
    while len(found) < count:
        if all(number % one for one in found):
            found.append(number)
        number += 1
    return tuple(found)


PRIMES = _primes(PAIR_LONGEST)


def csum(value):
    csetnumeric(value)
    if not value:
        raise Gs1Error("too_short_for_check_digit", 0, 0)
    expected = check_digit(value[:-1])
    if value[-1] != expected:
        raise Gs1Error(
            "incorrect_check_digit",
            len(value) - 1,
            1,
            found=value[-1],
            expected=expected,
        )


def csumalpha(value):
    text, pair = value[:-2], value[-2:]
    if len(value) < 2:
        raise Gs1Error("too_short_for_check_pair", 0, len(value))
    if len(text) > PAIR_LONGEST:
        raise Gs1Error("too_long_for_check_pair_implementation", 0, len(value))
    found = OUTSIDE_82.search(text)
    if found:
        raise Gs1Error("invalid_cset82_character", found.start(), 1, text=found.group())
    expected = check_pair(text)
    if pair != expected:
        raise Gs1Error(
            "incorrect_check_pair", len(text), 2, found=pair, expected=expected
        )


def iban(value):
    """ISO 13616: country, check digits, account; the whole is 1 modulo 97."""
    if len(value) < 4:
        raise Gs1Error("iban_too_short", 0, len(value))
    if value[:2] not in COUNTRY_LETTERS:
        raise Gs1Error("illegal_iban_country_code", 0, 2, text=value[:2])
    if len(value) > IBAN_LONGEST:
        raise Gs1Error("iban_too_long", 0, len(value))
    if len(value) < IBAN_SHORTEST:
        raise Gs1Error("iban_too_short", 0, len(value))
    for position, one in enumerate(value):
        if not ("0" <= one <= "9" or "A" <= one <= "Z"):
            raise Gs1Error("invalid_iban_character", position, 1, text=one)
    if int("".join(str(int(one, 36)) for one in value[4:] + value[:4])) % 97 != 1:
        raise Gs1Error("incorrect_iban_checksum", 2, 2, text=value[2:4])
