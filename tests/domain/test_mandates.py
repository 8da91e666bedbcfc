"""Mandates: recorded once, good until their last day, and about whom they name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.mandate import MandateRecorded, record, rely_on
from domain.refusal import Refused
from tests.domain.given import given
from tests.domain.invented import AN, BAI, LIU, STRANGERS, TODAY, linked

MANDATE = MandateRecorded(document="某纪函〔2024〕1号", persons=(AN,), expires_on=TODAY)
OVER = replace(MANDATE, expires_on=TODAY - timedelta(days=1))


def codes(mandate: MandateRecorded | None, person: str | None) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        rely_on(mandate, person, TODAY, STRANGERS)
    return tuple(each.code for each in refused.value.refusals)


def test_a_mandate_is_recorded_until_its_last_day() -> None:
    given(MANDATE).when(record, TODAY).then(MANDATE)
    given(OVER).when(record, TODAY).refused_at("MANDATE_EXPIRED", "/expires_on")


def test_a_mandate_is_good_for_whom_it_names_under_whatever_document() -> None:
    rely_on(MANDATE, AN, TODAY, STRANGERS)
    rely_on(MANDATE, LIU, TODAY, linked((LIU, AN)))


def test_a_mandate_that_names_nobody_is_good_for_everybody() -> None:
    for person in (BAI, None):
        rely_on(replace(MANDATE, persons=()), person, TODAY, STRANGERS)


@pytest.mark.parametrize("person", [BAI, None])
def test_a_mandate_is_good_for_nobody_else(person: str | None) -> None:
    assert codes(MANDATE, person) == ("MANDATE_ELSEWHERE",)


def test_a_mandate_that_is_over_is_good_for_nothing() -> None:
    assert codes(OVER, BAI) == ("MANDATE_EXPIRED", "MANDATE_ELSEWHERE")


def test_nobody_relies_on_a_mandate_that_was_never_recorded() -> None:
    assert codes(None, AN) == ("NO_SUCH_MANDATE",)
