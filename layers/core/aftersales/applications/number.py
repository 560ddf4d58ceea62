"""Application numbers: `7K3M-9QXT-2VWH-5NRR`.

Fifteen characters of Crockford's base 32 (75 random bits; no I, L, O, U, which are misheard or misread) and a check
character, in groups of four as people read a bank card aloud. The check is a weighted sum over GF(32): as every
position has a weight of its own, one wrong character and any two swapped ones are always noticed.
"""

import secrets

from aftersales.errors import NotFound

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 15
PATTERN = r"^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$"
_HEARD_AS = str.maketrans("ILO", "110", "- ")


def _powers_of_two() -> list[int]:
    """2^0 … 2^15 in GF(32) with x^5 + x^2 + 1: all different, since 2 has order 31."""
    powers = [1]
    while len(powers) <= RANDOM_CHARACTERS:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 32 else doubled)
    return powers


_WEIGHTS = _powers_of_two()


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = a << 1 ^ (0b100101 if a & 16 else 0)
        b >>= 1
    return product


def _check(characters: str) -> str:
    total = 0
    for weight, character in zip(_WEIGHTS[1:], characters, strict=True):
        total ^= _times(weight, ALPHABET.index(character))
    return ALPHABET[total]


def _grouped(characters: str) -> str:
    return "-".join(characters[i : i + 4] for i in range(0, len(characters), 4))


def new_number() -> str:
    """A number that nobody can guess: 2^75 possibilities."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return _grouped(characters + _check(characters))


def parse_number(text: str) -> str:
    """The number as written, from what a person typed or heard: any case, spaces, O for 0, I or L for 1.

    Raises `ValueError` when it cannot be an application number.
    """
    characters = text.strip().upper().translate(_HEARD_AS)
    if len(characters) != RANDOM_CHARACTERS + 1 or not set(characters) <= set(ALPHABET):
        raise ValueError("not an application number")
    if _check(characters[:-1]) != characters[-1]:
        raise ValueError("not an application number: a character is wrong")
    return _grouped(characters)


def known_number(text: str) -> str:
    """As in a path. Raises `NotFound` for what no application can have."""
    try:
        return parse_number(text)
    except ValueError:
        raise NotFound from None
