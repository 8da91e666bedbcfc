"""Periods that an applicant states: insured months on end decide, under an invented notice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.clock import SettableClock
from api.demo.filing import NOTHING_ELSE, File
from domain.separation import HANDLER, LEADER
from tests.api.filings import attach, decide, done, file, opine
from tests.api.provinces import go_on, post
from tests.api.society import Society, beijing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

PACK = Path(__file__).parents[1] / "policy" / "eighth" / "wucheng-2026.toml"
HERE, ELSEWHERE = ["参保地=戊城市"], ["参保地=别市"]
LASTING = {"periods": [{"first_day": "2024-07-01", "details": ["岗位=专业技术"]}]}
BROKEN = {
    "periods": [
        {"first_day": "2024-07-01", "last_day": "2025-12-31", "details": ["岗位=工勤"]},
        {"first_day": "2026-01-01", "last_day": None, "details": ["岗位=专业技术"]},
    ]
}
"""Contracts as the employer says they are, and as a reviewer finds them: a day too short."""
NO_CONTRACT = {"value": "none"}
FILES = (
    File(kind="diploma", title="学历证书", supports=("degree",)),
    File(kind="insurance_record", title="参保证明", supports=()),
)


class Wucheng(Society):
    """An invented city, one of its districts, and an enterprise there."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, "戊省/戊城市")
        county: dict[str, Any] = {"level": "county", "area": "戊省/戊城市/老城区"}
        self.city = self.found("市人社局", self.system, bodies=["city_hr"])
        self.county = self.found(
            "区人社局",
            self.system,
            bodies=["county_hr"],
            superior=self.city.organisation,
            **county,
        )
        self.enterprise = self.found(
            "某某公司",
            self.county.administrator,
            kind="enterprise",
            bureau=self.county.organisation,
            traits=["unit.competent_department=false"],
            **county,
        )
        for house in (self.city, self.county, self.enterprise):
            self.seat(house, HANDLER, LEADER)

    def opened(self, applicant: Actor) -> str:
        """The path of a case that somebody opens."""
        title = {
            "employer": self.enterprise.organisation,
            "pack": "wucheng-2026",
            "series": "工程",
            "specialty": "机械",
            "level": "assistant",
        }
        return f"/v1/cases/{done(applicant.post('/v1/cases', title)).body['stream']}"

    def files(self, *periods: tuple[str, str | None, list[str]], **said: str) -> tuple[str, Answer]:
        """Somebody files who was insured for these periods: the case's path, and the answer."""
        applicant = self.applicant(self.enterprise)
        path = self.opened(applicant)
        told = {"training.hours.2024": "90", "training.hours.2025": "90"}
        told |= {"person.status": "企业职工", **said}
        stated = {
            **NOTHING_ELSE,
            "specialty_studied": "机械",
            "specialty_worked": "机械",
            "educations": [
                {"claim": "degree", "level": "本科", "awarded_on": "2024-06-30", "degree": True}
            ],
            "work": [
                {
                    "claim": "work",
                    "first_day": "2024-07-01",
                    "relation": "same",
                    "professional": True,
                    "at_employer": True,
                }
            ],
            "assessments": [{"claim": "assessed", "year": 2025, "grade": "合格"}],
            "particulars": [
                {"claim": f"said-{number}", "name": name, "value": value}
                for number, (name, value) in enumerate(told.items())
            ],
            "periods": [
                {
                    "claim": f"insured-{number}",
                    "name": "insured",
                    "first_day": first_day,
                    "last_day": last_day,
                    "description": "某某公司缴纳",
                    "details": details,
                }
                for number, (first_day, last_day, details) in enumerate(periods)
            ],
        }
        done(applicant.change(path, "/applications", stated))
        for each in FILES:
            attach(applicant, path, each)
        return path, file(applicant, path)

    def in_favour(
        self, path: str, employed: str = "聘用", *contracts: dict[str, Any], by: House | None = None
    ) -> Answer:
        """A handler speaks in favour: the employer's, who says how the applicant is employed."""
        said = [{"fact": "聘用方式", "value": employed}] if by is None else []
        establishes = [*said, *({"fact": "聘用合同", **each} for each in contracts)]
        return opine((by or self.enterprise).handler, path, establishes=establishes)


@pytest.fixture(scope="module")
def city(
    running: Callable[..., AbstractContextManager[tuple[str, Services]]],
) -> Iterator[Wucheng]:
    clock = SettableClock(beijing("2026-05-06T10:00:00"))
    with running(clock, PACK) as (address, services):
        yield Wucheng(address, services, clock)


def refused(answer: Answer) -> list[str]:
    """What stands in the way, each with where it is to be mended."""
    return [f"{each['code']} {each.get('pointer') or ''}" for each in answer.body["refusals"]]


def test_periods_that_adjoin_are_one_and_six_months_of_it_are_enough(city: Wucheng) -> None:
    path, filed = city.files(("2025-12-20", "2026-02-28", HERE), ("2026-03-01", None, HERE))
    done(filed)
    done(city.in_favour(path, "聘用", LASTING))
    seen = done(city.enterprise.handler.get(path)).body["application"]["periods"]
    assert [each["claim"] for each in seen] == ["insured-0", "insured-1"]


def test_as_many_months_with_a_gap_are_not_enough(city: Wucheng) -> None:
    path, filed = city.files(("2025-08-01", "2025-12-31", HERE), ("2026-02-01", None, HERE))
    done(filed)
    answer = city.in_favour(path, "聘用", LASTING)
    assert refused(answer) == ["INSURANCE_TOO_SHORT "]
    assert "2026-08-01届满" in answer.body["refusals"][0]["detail"]
    done(city.in_favour(path, "编制内"))


def test_months_elsewhere_do_not_count(city: Wucheng) -> None:
    path, filed = city.files(("2024-07-01", "2026-03-31", ELSEWHERE), ("2026-04-01", None, HERE))
    done(filed)
    assert refused(city.in_favour(path, "聘用", LASTING)) == ["INSURANCE_TOO_SHORT "]


def test_who_was_never_insured_says_so_and_is_not_in_favour_here(city: Wucheng) -> None:
    path, filed = city.files(insured="none")
    done(filed)
    assert refused(city.in_favour(path, "聘用", LASTING)) == ["INSURANCE_TOO_SHORT "]


def test_who_says_nothing_of_it_or_not_where_files_nothing(city: Wucheng) -> None:
    _, silent = city.files()
    assert refused(silent) == ["FACT_OPEN /facts/insured"]
    _, left_out = city.files(("2024-07-01", None, []))
    assert refused(left_out) == ["FACT_OPEN /facts/insured.参保地"]


def test_an_employer_that_says_nothing_of_its_contracts_speaks_in_favour_of_nobody(
    city: Wucheng,
) -> None:
    path, filed = city.files(("2024-07-01", None, HERE))
    done(filed)
    assert refused(city.in_favour(path)) == ["FACT_OPEN /facts/聘用合同"]
    left_out = {"periods": [{"first_day": "2024-07-01"}]}
    assert refused(city.in_favour(path, "聘用", left_out)) == ["FACT_OPEN /facts/聘用合同.岗位"]
    assert refused(city.in_favour(path, "聘用", NO_CONTRACT)) == ["CONTRACT_TOO_SHORT "]
    for otherwise in ({}, {"value": "true"}, {**LASTING, **NO_CONTRACT}):
        assert "FACT_UNFORMED /establishes" in refused(city.in_favour(path, "聘用", otherwise))
    done(city.in_favour(path, "编制内"))


def test_contracts_are_not_the_applicants_to_state(city: Wucheng) -> None:
    applicant = city.applicant(city.enterprise)
    path = city.opened(applicant)
    bold = {"claim": "bold", "name": "聘用合同", "first_day": "2010-01-01", "details": []}
    answer = applicant.change(path, "/applications", {"periods": [bold]})
    assert refused(answer) == ["FACT_NOT_YOURS /periods"]


def test_an_employer_that_lies_of_its_contracts_is_found_out_by_the_bureau(city: Wucheng) -> None:
    path, filed = city.files(("2024-07-01", None, HERE))
    done(filed)
    done(city.in_favour(path, "聘用", LASTING))
    done(decide(city.enterprise.leader, path))
    post(path, city.enterprise, "2026-05-06")
    city.at("2026-05-15T10:00:00")
    done(go_on(city.enterprise.handler, path))
    found = city.in_favour(path, "", BROKEN, by=city.county)
    assert refused(found) == ["CONTRACT_TOO_SHORT "]
    assert "截至2026-06-30最长一段为5个月" in found.body["refusals"][0]["detail"]
    duties = done(city.county.handler.get(f"{path}/duties")).body["established"]
    (contracts,) = [each for each in duties if each["fact"] == "聘用合同"]
    assert (contracts["value"], contracts["source"]) == (None, "employer")
    assert [each["first_day"] for each in contracts["periods"]] == ["2024-07-01"]
    done(city.in_favour(path, "", LASTING, by=city.county))
