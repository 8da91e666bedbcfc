"""One human being, however their number is written, and through however many accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.clock import SettableClock
from domain.account.events import Role
from domain.separation import HANDLER, LEADER
from tests.api.filings import done
from tests.api.society import beijing, invented_number
from tests.policy.conftest import luohe, told  # noqa: F401 -- a law, and facts as examples put them
from tests.stories.acting import codes, rules
from tests.stories.door import Register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.stories.places import Running

LAST_NUMBER_TOLD = 15
"""The stories name the invented numbers 005, 007 and 015 themselves."""


@pytest.fixture(scope="module")
def county(running: Running) -> Iterator[Register]:
    """A record in which nobody has one of these numbers yet."""
    while int(invented_number()[14:17]) <= LAST_NUMBER_TOLD:
        pass
    clock = SettableClock(beijing("2024-10-15T09:00:00"))
    with running(clock) as (address, services):
        yield Register(address, services, clock)


def opened(house: House, number: str) -> Answer:
    """An account for whoever has this number."""
    body: dict[str, Any] = {
        "name": "某审查人",
        "document": {"kind": "resident_identity_card", "number": number},
        "organisation": house.organisation,
        "roles": [Role.APPLICANT],
        "login": f"login-{uuid4().hex[:12]}",
    }
    return house.administrator.post("/v1/accounts", body)


def appointed(house: House, seat: str, account: str) -> Answer:
    """The answer to an appointment."""
    path = f"/v1/organisations/{house.organisation}"
    body = {"seat": seat, "account": account}
    return house.administrator.change(f"{path}/appointments", "", body)


def both_seats(county: Register, name: str, handler: str, leader: str) -> Answer:
    """The answer where the accounts of two numbers are to fill both seats of a new unit."""
    house = county.employer("xunwu-2024", name, kind="institution", level="county")
    first = county.official(house, "某审查人", HANDLER, handler)
    second = county.official(house, "某审查人", LEADER, leader)
    assert first.account != second.account
    county.claim(second, first)
    done(appointed(house, HANDLER, first.account))
    return appointed(house, LEADER, second.account)


@pytest.mark.story("XW-E13")
def test_a_small_and_a_capital_x_are_one_person_in_both_seats(county: Register) -> None:
    answer = both_seats(county, "某乡镇农技站", "36073419000101007X", "36073419000101007x")
    assert codes(answer) == ["SAME_REVIEWER"]
    assert "XW-23" in rules(answer)
    auditor = county.account(county.system, "审计甲", None, [Role.AUDITOR])
    path = f"/v1/refusals?q=kind:separation&{county.everything()}"
    (attempt,) = done(auditor.get(path)).body["refusals"]
    assert (attempt["act"], attempt["codes"]) == ("appointment", ["SAME_REVIEWER"])


@pytest.mark.story("ALL-E13")
def test_fifteen_digits_and_eighteen_are_one_person_in_both_seats(county: Register) -> None:
    answer = both_seats(county, "某老证单位", "360734000101005", "360734190001010053")
    assert codes(answer) == ["SAME_REVIEWER"]


@pytest.mark.story("XW-E19")
def test_a_small_x_is_stored_as_a_capital_one_with_a_notice(county: Register) -> None:
    station, school = (county.employer("xunwu-2024", name) for name in ("某乡镇农技站", "某学校"))
    answer = done(opened(station, "36073419000101015x"))
    (notice,) = answer.body["notices"]
    assert "X" in notice
    again = done(opened(school, "36073419000101015X"))
    assert (again.body["person"], again.body["notices"]) == (answer.body["person"], [])
    inspector = county.account(county.system, "纪检甲", None, [Role.INSPECTOR])
    unmasked = inspector.post(
        f"/v1/persons/{answer.body['person']}/unmaskings", {"reason": "核对社保"}
    )
    assert "36073419000101015X" in str(done(unmasked).body)


@pytest.mark.story("LH-E22")
@pytest.mark.parametrize(
    ("kind", "registrar", "creator"),
    [
        ("民营医院", "县卫健委", "COUNTY_HEALTH"),
        ("民办小学", "县教育局", "COUNTY_EDUCATION"),
        ("民营企业", "县市场监管局", "COUNTY_HR"),
        ("非公企业", "市市场监督管理局", "CITY_TALENT_CENTRE"),
    ],
)
def test_who_opens_a_units_account_depends_on_its_kind_and_on_who_registered_it(
    luohe: Law,  # noqa: F811 -- the fixture
    kind: str,
    registrar: str,
    creator: str,
) -> None:
    facts: Facts = told(unit={"type": kind, "registered_at": registrar})
    found = luohe.account_creator(facts)
    assert found is not None
    assert found.code == creator
