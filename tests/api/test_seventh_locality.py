"""A self-evaluating unit's own committee, by data alone: it votes, decides and makes public."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.clock import SettableClock
from api.demo.filing import NOTHING_ELSE, File
from api.demo.reviewing import verifications
from domain.beijing import BEIJING
from domain.separation import HANDLER, LEADER
from tests.api.filings import DECLARED, WORD, attach, decide, done, opine
from tests.api.society import Society

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

PACK = Path(__file__).parents[1] / "policy" / "seventh" / "bingding-2025.toml"
AREA = "丙省/丙定市"


class Bingding(Society):
    """An invented city: a title office, and an institute that evaluates by itself."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, AREA)
        self.office = self.found(
            "市职改办", self.system, bodies=["city_title_office", "final_body"], level="city"
        )
        self.institute: House = self.found(
            "某研究院",
            self.office.administrator,
            kind="institution",
            level="city",
            bureau=self.office.organisation,
            traits=["unit.autonomous=true"],
        )
        self.seat(self.institute, HANDLER, LEADER)


@pytest.fixture(scope="module")
def city(
    running: Callable[..., AbstractContextManager[tuple[str, Services]]],
) -> Iterator[Bingding]:
    clock = SettableClock(datetime(2025, 10, 9, 9, tzinfo=BEIJING))
    with running(clock, PACK) as (address, services):
        yield Bingding(address, services, clock)


def drafted(city: Bingding, applicant: Actor, **changed: Any) -> str:  # noqa: ANN401 -- of a request
    """A case of somebody with ten years in townships and two papers."""
    title = {
        "employer": city.institute.organisation,
        "pack": "bingding-2025",
        "series": "农业",
        "specialty": "农艺",
        "level": "intermediate",
    }
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title)).body['stream']}"
    years = range(2020, 2025)
    stated = {
        **NOTHING_ELSE,
        "specialty_studied": "农艺",
        "specialty_worked": "农艺",
        "educations": [{"claim": "degree", "level": "college", "awarded_on": "2013-06-30"}],
        "work": [
            {
                "claim": "work",
                "first_day": "2013-07-15",
                "relation": "same",
                "professional": True,
                "at_employer": True,
                "setting": "乡镇",
            }
        ],
        "assessments": [
            {"claim": f"a{year}", "year": year, "grade": "优秀" if year == 2022 else "合格"}
            for year in years
        ],
        "particulars": [
            {"claim": "born", "name": "person.born", "value": "1990-05-01"},
            {"claim": "sex", "name": "person.sex", "value": "女"},
            *(
                {"claim": f"t{year}", "name": f"training.hours.{year}", "value": "96"}
                for year in (2022, 2023, 2024)
            ),
        ],
        **changed,
    }
    done(applicant.change(path, "/applications", stated))
    return path


def codes(answer: Answer) -> list[str]:
    return [each["code"] for each in answer.body["refusals"]]


def vote(city: Bingding, path: str, members: int, present: int, in_favour: int) -> Answer:
    """The institute's committee votes."""
    body = {
        "held_on": "2025-10-09",
        "members": members,
        "present": present,
        "in_favour": in_favour,
        "against": present - in_favour,
        "abstained": 0,
        **WORD,
    }
    return city.institute.handler.change(path, "/votes", body)


def test_work_elsewhere_than_in_townships_is_not_counted(city: Bingding) -> None:
    applicant = city.applicant(city.institute)
    work = {
        "claim": "work",
        "first_day": "2013-07-15",
        "relation": "same",
        "professional": True,
        "at_employer": True,
    }
    path = drafted(city, applicant, work=[work])
    assert codes(applicant.change(path, "/submissions", DECLARED)) == ["YEARS_SHORT"]


def test_papers_count_by_what_is_said_of_them(city: Bingding) -> None:
    applicant = city.applicant(city.institute)
    path = drafted(
        city,
        applicant,
        educations=[{"claim": "degree", "level": "bachelor", "awarded_on": "2017-06-30"}],
        work=[
            {
                "claim": "work",
                "first_day": "2017-07-15",
                "relation": "same",
                "professional": True,
                "at_employer": True,
            }
        ],
        titles=[
            {"claim": "held", "level": "assistant", "means": "认定", "gained_on": "2019-11-20"}
        ],
        achievements=[
            {"claim": "one", "item": "paper", "details": ["level=省级"]},
            {"claim": "two", "item": "paper", "details": ["level=市级"]},
        ],
    )
    assert codes(applicant.change(path, "/submissions", DECLARED)) == ["ACHIEVEMENT_MISSING"]


OLD_TITLE = {"claim": "held", "level": "assistant", "means": "评审", "gained_on": "2009-11-20"}
ITS_PAPER = File(kind="qualification", title="2009年助理级证书", supports=("held",))


class TestATitleOfWhichThisRecordKnowsNothing:
    """Promotion of a bachelor after a title of 2009, which was granted elsewhere (BD-07)."""

    def promotion(self, city: Bingding, *titles: Mapping[str, str]) -> tuple[Actor, str]:
        """Somebody with two papers who worked in the specialty from 2007 on, and their draft."""
        applicant = city.applicant(city.institute)
        work = {"claim": "work", "relation": "same", "professional": True, "at_employer": True}
        paper = {"item": "paper", "details": ["level=省级"]}
        path = drafted(
            city,
            applicant,
            educations=[{"claim": "degree", "level": "bachelor", "awarded_on": "2007-06-30"}],
            work=[{**work, "first_day": "2007-07-15"}],
            titles=titles,
            achievements=[{"claim": each, **paper} for each in ("one", "two")],
        )
        return applicant, path

    def filed(self, city: Bingding) -> str:
        """The path of the filed case that states the title, with its paper."""
        applicant, path = self.promotion(city, OLD_TITLE)
        attach(applicant, path, ITS_PAPER)
        done(applicant.change(path, "/submissions", DECLARED))
        done(vote(city, path, members=11, present=9, in_favour=7))
        return path

    def found(self, city: Bingding, path: str, **finding: str) -> list[dict[str, object]]:
        """What the handler found of each claim: confirmed, unless it is said otherwise."""
        return verifications(done(city.institute.handler.get(path)).body, finding)

    def test_is_none_while_nobody_states_it(self, city: Bingding) -> None:
        applicant, path = self.promotion(city)
        assert codes(applicant.change(path, "/submissions", DECLARED)) == ["YEARS_SHORT"]

    def test_is_a_title_once_it_was_stated_and_confirmed(self, city: Bingding) -> None:
        path, house = self.filed(city), city.institute
        others = [each for each in self.found(city, path) if each["claim"] != "held"]
        assert codes(opine(house.handler, path, verifications=others)) == ["CLAIM_UNVERIFIED"]
        done(opine(house.handler, path))
        done(decide(house.leader, path))
        history = done(house.handler.get(f"{path}/history")).body["events"]
        (opinion,) = (e["fields"] for e in history if e["topic"] == "case:handler-opinion-given:1")
        (held,) = (each for each in opinion["verifications"] if each["claim"] == "held")
        assert (held["finding"], len(held["materials"])) == ("confirmed", 1)

    def test_is_none_once_the_reviewer_found_it_untrue(self, city: Bingding) -> None:
        path, house = self.filed(city), city.institute
        untrue = self.found(city, path, held="refuted")
        in_favour = opine(house.handler, path, verifications=untrue)
        assert codes(in_favour) == ["CLAIM_NOT_CONFIRMED"]
        against = {
            "reasons": [{"code": "EVIDENCE_DOUBTED", "rules": ["BD-14"]}],
            "opinion": "查无此证",
        }
        done(opine(house.handler, path, verifications=untrue, recommendation="reject", **against))
        done(decide(house.leader, path, decision="reject", **against))


def test_the_units_own_committee_votes_decides_and_makes_public(city: Bingding) -> None:
    applicant, institute = city.applicant(city.institute), city.institute
    path = drafted(city, applicant)
    done(applicant.change(path, "/submissions", DECLARED))
    seen = done(applicant.get(path)).body
    assert [each["stage"] for each in seen["chain"]] == ["own_committee"]
    done(vote(city, path, members=11, present=9, in_favour=7))
    done(opine(institute.handler, path))
    done(decide(institute.leader, path))
    posting = {"posted_on": "2025-10-09", "content": "0" * 64}
    done(institute.handler.change(path, "/publicities", posting))
    standing = done(applicant.get(path)).body["standing"]
    assert standing["public_until"] == "2025-10-16"
    city.at("2025-10-17 00:00:00")
    unpaid = institute.leader.change(path, "/forwardings", {})
    assert codes(unpaid) == ["FEE_UNPAID"]
    payment = {
        "amount": 28000,
        "channel": "ONLINE",
        "paid_on": "2025-10-17",
        "receipt": "FS-2025-1",
    }
    done(institute.handler.change(path, "/payments", payment))
    done(institute.leader.change(path, "/forwardings", {}))
    assert done(applicant.get(path)).body["standing"]["phase"] == "recognised"


def test_a_committee_that_is_too_small_carries_nothing(city: Bingding) -> None:
    city.at("2025-11-03 09:00:00")
    applicant = city.applicant(city.institute)
    path = drafted(city, applicant)
    done(applicant.change(path, "/submissions", DECLARED))
    done(vote(city, path, members=10, present=10, in_favour=10))
    voted = done(applicant.get(f"{path}/history")).body["events"]
    carried = [e["fields"]["carried"] for e in voted if e["topic"] == "case:votes-recorded:1"]
    assert carried == [False]
