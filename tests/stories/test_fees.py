"""A fee is what the notice says, comes the way it says, and is entered by who has seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.filings import done
from tests.stories.acting import codes, rules
from tests.stories.test_committee_filing import ONLINE, Story

if TYPE_CHECKING:
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.stories.places import Yueyang

TODAY = "2024-08-29"


def paid(by: House, path: str, fen: int, channel: str, receipt: str = "receipt-1") -> Answer:
    """Enter a payment of today."""
    body = {"amount": fen, "channel": channel, "paid_on": TODAY, "receipt": receipt}
    return by.handler.change(path, "/payments", body)


@pytest.mark.parametrize(
    ("series", "level", "fen", "channel"),
    [
        ("档案系列", "intermediate", 21_500, ONLINE),
        ("档案系列", "intermediate", 21_500, "with_paper"),
        ("中小学教师系列", "senior", 60_000, ONLINE),
        ("经济系列", "senior", 60_000, "WITH_PAPER"),
        ("经济系列", "senior", 60_000, "cash"),
    ],
)
def test_another_way_than_that_of_the_notice_is_not_taken(
    yueyang: Yueyang, series: str, level: str, fen: int, channel: str
) -> None:
    path = Story(yueyang).filed("缴费者", series, level)
    refused = paid(yueyang.office, path, fen, channel)
    assert codes(refused) == ["FEE_CHANNEL"]
    assert "YU-48" in rules(refused)


def test_nobody_is_charged_more_however_often_they_pay(yueyang: Yueyang) -> None:
    path = Story(yueyang).filed("分次者", "图书系列", "junior")
    assert codes(paid(yueyang.office, path, 11_001, "WITH_PAPER")) == ["FEE_EXCEEDED"]
    done(paid(yueyang.office, path, 6_000, "WITH_PAPER"))
    again = paid(yueyang.office, path, 6_000, "WITH_PAPER", "receipt-2")
    assert codes(again) == ["FEE_EXCEEDED"]
    same = paid(yueyang.office, path, 5_000, "WITH_PAPER")
    assert codes(same) == ["ALREADY_PAID"]
    done(paid(yueyang.office, path, 5_000, "WITH_PAPER", "receipt-2"))
    assert done(yueyang.office.handler.get(f"{path}/duties")).body["paid_fen"] == 11_000


@pytest.mark.parametrize("left_out", ["amount", "channel", "paid_on", "receipt"])
def test_a_payment_says_what_was_paid_how_and_when(yueyang: Yueyang, left_out: str) -> None:
    path = Story(yueyang).filed("略填者", "图书系列", "junior")
    body = {"amount": 11_000, "channel": "WITH_PAPER", "paid_on": TODAY, "receipt": "receipt-1"}
    del body[left_out]
    answer = yueyang.office.handler.change(path, "/payments", body)
    assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")


@pytest.mark.parametrize("amount", [0, -11_000])
def test_nothing_is_no_payment(yueyang: Yueyang, amount: int) -> None:
    path = Story(yueyang).filed("空缴者", "图书系列", "junior")
    answer = paid(yueyang.office, path, amount, "WITH_PAPER")
    assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")


def test_no_employer_says_that_its_person_has_paid(yueyang: Yueyang) -> None:
    path = Story(yueyang).filed("代称者", "档案系列", "intermediate")
    refused = paid(yueyang.unit, path, 21_500, "WITH_PAPER")
    assert (refused.status, refused.code) == (403, "WITHOUT_POWER")
    done(paid(yueyang.office, path, 21_500, "WITH_PAPER"))
