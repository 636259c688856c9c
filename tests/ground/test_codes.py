"""Codes are guessed by nobody, forgive how they are typed, and no slip of the pen makes one of another."""

import random

import pytest

from fieldlog.codes import ALPHABET, LENGTH, new_code, read, spoken

SLIPS = 10_000


def slipped(code: str, by: random.Random) -> str:
    """The code with one wrong character, or with two neighbours swapped."""
    place = by.randrange(LENGTH - 1)
    if by.random() < 0.5 and code[place] != code[place + 1]:
        return code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    place = by.randrange(LENGTH)
    return code[:place] + by.choice(ALPHABET.replace(code[place], "")) + code[place + 1 :]


def test_ten_thousand_slips_give_no_other_code() -> None:
    by = random.Random(2380)
    for _ in range(SLIPS):
        code = new_code()
        assert read(code) == code
        assert read(slipped(code, by)) is None


def test_every_single_slip_of_a_code_is_caught() -> None:
    code = new_code()
    wrong = {code[:at] + other + code[at + 1 :] for at in range(LENGTH) for other in ALPHABET} - {code}
    assert [one for one in wrong if read(one)] == []


def test_no_two_characters_look_or_sound_alike() -> None:
    for alike in ("0OQD", "1IL", "2Z", "5S", "8B", "UV", "MN", "TDPBEGC", "KQ", "6G", "FSX"):
        assert len(set(alike) & set(ALPHABET)) <= 1, alike


def test_codes_do_not_repeat_themselves() -> None:
    assert len({new_code() for _ in range(500)}) > 490


@pytest.mark.parametrize("write", [str.lower, "-{}-".format, "  {} ".format, spoken, " ".join])
def test_case_spaces_and_dashes_are_forgiven(write: object) -> None:
    code = new_code()
    assert callable(write)
    assert read(write(code)) == code


@pytest.mark.parametrize("typed", ["", "K7", "K7-RT4-K", "O0-IL1", "åäö-1", "７７７７７", "'; drop", "\x00" * 5])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read(typed) is None
