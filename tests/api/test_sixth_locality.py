"""A locality that the house does not know, by its TOML alone: a case runs through it over HTTP."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.clock import SettableClock
from api.demo.filing import NOTHING_ELSE
from domain.beijing import BEIJING
from domain.separation import HANDLER, LEADER
from tests.api.filings import DECLARED, decide, done, opine, passed
from tests.api.society import Society

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from api.services import Services
    from tests.api.society import House

PACK = Path(__file__).parents[1] / "policy" / "sixth" / "jiading-2025.toml"
CITY, COUNTY = "甲省/甲定市", "甲省/甲定市/乙县"
CONTENT = "0" * 64


class Jiading(Society):
    """An invented city with one of its counties."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, COUNTY)
        self.city = self._seated("市人社局", ["city_hr"], level="city", area=CITY)
        above = {"bureau": self.city.organisation}
        self.county = self._seated("县人社局", ["county_hr"], **above)
        above = {"bureau": self.county.organisation}
        self.department = self._seated("县农业农村局", ["competent_department"], **above)
        above["superior"] = self.department.organisation
        self.station = self._seated("农技站", ["employer"], kind="institution", **above)
        for house in self.houses:  # one-time codes are good for a week, and this takes longer
            for holder in house.seated.values():
                holder.sign_in()

    def _seated(self, name: str, bodies: list[str], **members: Any) -> House:  # noqa: ANN401 -- of a request
        house = self.found(name, self.system, bodies=bodies, **members)
        self.seat(house, HANDLER, LEADER)
        return house


@pytest.fixture(scope="module")
def jiading(
    running: Callable[..., AbstractContextManager[tuple[str, Services]]],
) -> Iterator[Jiading]:
    clock = SettableClock(beijing("2025-04-02 09:00"))
    with running(clock, PACK) as (address, services):
        yield Jiading(address, services, clock)


def beijing(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=BEIJING)


def publicise(house: House, path: str, posted_on: str) -> dict[str, Any]:
    """The handler enters the posting; answers where the case stands then."""
    body = {"posted_on": posted_on, "content": CONTENT}
    done(house.handler.change(path, "/publicities", body))
    standing: dict[str, Any] = done(house.handler.get(path)).body["standing"]
    return standing


def test_a_case_runs_through_four_stages_and_two_publicities(jiading: Jiading) -> None:
    applicant = jiading.applicant(jiading.station)
    title = {
        "employer": jiading.station.organisation,
        "pack": "jiading-2025",
        "series": "农业",
        "specialty": "农艺",
        "level": "assistant",
    }
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title)).body['stream']}"
    stated = {
        **NOTHING_ELSE,
        "specialty_studied": "农艺",
        "specialty_worked": "农艺",
        "educations": [
            {"claim": "degree", "level": "bachelor", "awarded_on": "2022-06-30", "degree": True}
        ],
        "work": [
            {
                "claim": "work",
                "first_day": "2022-07-15",
                "relation": "same",
                "professional": True,
                "at_employer": True,
            }
        ],
        "particulars": [
            {"claim": "insured", "name": "insured_since", "value": "2022-08-01"},
            {"claim": "discipline", "name": "under_discipline", "value": "false"},
            {"claim": "training", "name": "training.hours", "value": "96"},
        ],
    }
    done(applicant.change(path, "/applications", stated))
    done(applicant.change(path, "/submissions", DECLARED))

    done(opine(jiading.station.handler, path))
    done(decide(jiading.station.leader, path))
    standing = publicise(jiading.station, path, "2025-04-02")
    assert standing["public_until"] == "2025-04-09"
    early = jiading.station.handler.change(path, "/forwardings", {})
    assert (early.status, early.code) == (409, "PUBLICITY_TOO_SHORT")
    jiading.clock.set(beijing("2025-04-10 00:00"))
    done(jiading.station.handler.change(path, "/forwardings", {}))

    passed(path, jiading.department)
    passed(path, jiading.county)
    jiading.clock.set(beijing("2025-04-25 09:00"))
    done(opine(jiading.city.handler, path))
    done(decide(jiading.city.leader, path))
    standing = publicise(jiading.city, path, "2025-04-25")
    assert standing["public_until"] == "2025-05-06"
    jiading.clock.set(beijing("2025-05-07 00:00"))
    done(jiading.city.leader.change(path, "/forwardings", {}))
    done(jiading.city.handler.change(path, "/certificates", {}))

    seen = done(applicant.get(path)).body
    assert seen["standing"]["phase"] == "recognised"
    number = seen["standing"]["certificate"]
    jiading.catch_up()
    assert done(applicant.get(f"/v1/certificates/{number}")).body["status"] == "valid"
