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


@for_all(st.integers(0, 17), st.integers(1, 30))
def test_one_wrong_sign_is_always_found(place: int, further: int) -> None:
    wrong = SIGNS[(SIGNS.index(CODE[place]) + further) % 31]
    assert refused(CODE[:place] + wrong + CODE[place + 1 :])


@for_all(st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_always_found(place: int) -> None:
    swapped = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
    assert swapped == CODE or refused(swapped)
