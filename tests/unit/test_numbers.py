"""Application numbers are read aloud, typed on phones and copied by hand; a slip must never open another's case."""

import math
import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from aftersales.applications.number import (
    ALPHABET,
    PATTERN,
    RANDOM_CHARACTERS,
    new_number,
    parse_number,
)

numbers = some.builds(new_number)


def plain(number: str) -> str:
    return number.replace("-", "")


def test_a_number_looks_as_the_contract_says() -> None:
    assert all(re.fullmatch(PATTERN, new_number()) for _ in range(200))


def test_nobody_can_guess_a_number() -> None:
    assert RANDOM_CHARACTERS * math.log2(len(ALPHABET)) >= 60


def test_a_thousand_numbers_are_all_different() -> None:
    assert len({new_number() for _ in range(1000)}) == 1000


@given(numbers)
def test_a_number_is_read_back_as_it_was_written(number: str) -> None:
    assert parse_number(number) == number


@pytest.mark.parametrize("letter", "ILOU")
def test_letters_that_are_misread_are_never_used(letter: str) -> None:
    assert letter not in ALPHABET


@given(numbers, some.sampled_from([str.lower, plain, lambda n: n.replace("-", " "), lambda n: f"  {n} "]))
def test_case_spaces_and_dashes_do_not_matter(number: str, written: Callable[[str], str]) -> None:
    assert parse_number(written(number)) == number


@given(numbers, some.sampled_from([("1", "I"), ("1", "l"), ("0", "O"), ("0", "o")]))
def test_letters_heard_for_digits_are_understood(number: str, heard: tuple[str, str]) -> None:
    digit, letter = heard
    assert parse_number(number.replace(digit, letter)) == number


@given(numbers, some.integers(0, 15), some.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_noticed(number: str, position: int, wrong: str) -> None:
    characters = plain(number)
    assume(characters[position] != wrong)
    with pytest.raises(ValueError, match="not an application number"):
        parse_number(characters[:position] + wrong + characters[position + 1 :])


@given(numbers, some.integers(0, 15), some.integers(0, 15))
def test_any_two_swapped_characters_are_noticed(number: str, one: int, other: int) -> None:
    characters = list(plain(number))
    assume(characters[one] != characters[other])
    characters[one], characters[other] = characters[other], characters[one]
    with pytest.raises(ValueError, match="not an application number"):
        parse_number("".join(characters))


@pytest.mark.parametrize(
    "text", ["", "-", "1234", "7K3M-9QXT-2VWH-5NR", "UUUU-UUUU-UUUU-UUUU", "售后申请", "7K3M 9QXT 2VWH 5NRCX"]
)
def test_what_cannot_be_a_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an application number"):
        parse_number(text)


@given(some.text(max_size=40))
def test_any_text_is_a_number_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert re.fullmatch(PATTERN, parse_number(text))
