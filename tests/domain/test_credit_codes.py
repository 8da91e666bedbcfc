"""The unified social credit code: a slip of the pen is found (GB 32100-2015)."""

from __future__ import annotations

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.organisation import credit_code
from domain.refusal import Refused

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRST = "12360734MB0000000"
"""Seventeen signs of nobody: a public institution of a county that the tests invent."""
CODE = FIRST + credit_code.check_sign(FIRST)


def refused(code: str) -> bool:
    with pytest.raises(Refused) as refusal:
        credit_code.read(code)
    return [each.code for each in refusal.value.refusals] == ["CREDIT_CODE"]


def test_a_code_is_stored_in_capitals() -> None:
    assert credit_code.read(f" {CODE.lower()} ") == CODE


def test_the_check_sign_is_what_the_standard_weighs() -> None:
    """Summed by hand: 1·1 2·3 3·9 6·27 0 7·26 3·16 4·17 M·20 B·29, modulo 31."""
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29)
    weighed = sum(SIGNS.index(sign) * weight for sign, weight in zip(FIRST, weights, strict=False))
    assert credit_code.check_sign(FIRST) == SIGNS[(31 - weighed % 31) % 31]


@pytest.mark.parametrize("code", ["", CODE[:-1], CODE + "0", CODE[:8] + "I" + CODE[9:], "单位" * 9])
def test_what_has_not_the_form_of_a_code_is_refused(code: str) -> None:
    assert refused(code)


def whole(first_eight: str, own: str) -> str:
    """A code whose check signs are right, whatever else is wrong with it."""
    first_seventeen = first_eight + own + credit_code.own_check_sign(own)
    return first_seventeen + credit_code.check_sign(first_seventeen)


def test_the_code_of_the_organisation_has_a_check_sign_of_its_own() -> None:
    """Weighed by hand (GB 11714): 3·22 + 7·11 = 143 = 13·11, and 11 stands for 0."""
    assert credit_code.own_check_sign("MB000000") == "0"
    assert credit_code.own_check_sign("00000001") == "9"
    assert credit_code.own_check_sign("00000006") == "X"
    wrong = CODE[:16] + "1"
    assert refused(wrong + credit_code.check_sign(wrong))


@pytest.mark.parametrize("first_two", ["12", "55", "93", "N3", "A1", "Y1"])
def test_what_a_department_registers_has_a_code(first_two: str) -> None:
    code = whole(f"{first_two}360734", "MB000000")
    assert credit_code.read(code) == code


@pytest.mark.parametrize("first_two", ["22", "14", "Y2", "01", "B1", "99"])
def test_a_department_registers_its_own_kinds_of_organisation(first_two: str) -> None:
    assert refused(whole(f"{first_two}360734", "MB000000"))


def test_the_area_of_the_registering_authority_is_written_in_digits() -> None:
    assert refused(whole("12A60734", "MB000000"))
    assert credit_code.read(whole("12100000", "MB000000"))


def test_eighteen_zeros_are_no_code() -> None:
    assert refused("0" * 18)


@pytest.mark.parametrize(
    "entered",
    [f"\t{CODE}\n", CODE.lower(), "".join(chr(ord(s) + 0xFEE0) for s in CODE), " ".join(CODE)],
)
def test_a_code_is_read_however_it_is_written(entered: str) -> None:
    assert credit_code.read(entered) == credit_code.read(credit_code.read(entered)) == CODE


def test_of_whom_has_a_code_nothing_is_told_but_the_name() -> None:
    refusal = credit_code.taken(CODE, "某学校")
    assert (refusal.code, refusal.pointer) == ("CREDIT_CODE_TAKEN", "/credit_code")
    assert "某学校" in refusal.chinese


@for_all(st.integers(0, 17), st.integers(1, 30))
def test_one_wrong_sign_is_always_found(place: int, further: int) -> None:
    wrong = SIGNS[(SIGNS.index(CODE[place]) + further) % 31]
    assert refused(CODE[:place] + wrong + CODE[place + 1 :])


@for_all(st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_always_found(place: int) -> None:
    swapped = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
    assert swapped == CODE or refused(swapped)
