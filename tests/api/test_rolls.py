"""The yearly roll of a county's office: due on a day, noted when it is not there, filed late."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from api.clock import SettableClock
from api.demo.filing import NOTHING_ELSE, File
from api.jobs.timekeeper import keep_rolls
from domain.beijing import BEIJING
from domain.organisation.state import stream_of
from domain.separation import HANDLER, LEADER
from tests.api.filings import DECLARED, acts_in, attach, done, passed, said
from tests.api.society import Society

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from api.services import Services
    from tests.api.society import House

AREA = "河南省/漯河市/某县"


class County(Society):
    """A city's title office above a county's, a department and an enterprise of the county."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, AREA)
        self.city = self._seated(
            "市职改办", ["city_title_office"], area="河南省/漯河市", level="city"
        )
        above = {"bureau": self.city.organisation}
        self.office = self._seated("县职改办", ["county_title_office"], **above)
        above = {"bureau": self.office.organisation}
        self.department = self._seated("县工信局", ["competent_department"], **above)
        above["superior"] = self.department.organisation
        self.firm = self._seated("某制造公司", ["employer"], kind="enterprise", **above)

    def _seated(self, name: str, bodies: list[str], **members: Any) -> House:  # noqa: ANN401 -- of a request
        unit = members.get("kind", "government") != "government"
        by = self.office.administrator if unit else self.system
        house = self.found(name, by, bodies=bodies, **members)
        self.seat(house, HANDLER, LEADER)
        return house


@pytest.fixture(scope="module")
def county(
    running: Callable[..., AbstractContextManager[tuple[str, Services]]],
) -> Iterator[County]:
    """A county in which one title was recognised in 2020."""
    clock = SettableClock(datetime(2020, 6, 1, 9, tzinfo=BEIJING))
    with running(clock) as (address, services):
        county = County(address, services, clock)
        recognised(county)
        yield county


def recognised(county: County) -> str:
    """The path of a case that ended in a title."""
    applicant = county.applicant(county.firm)
    title = {
        "employer": county.firm.organisation,
        "pack": "luohe-2020",
        "series": "工程",
        "specialty": "机械",
        "level": "assistant",
    }
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title)).body['stream']}"
    stated = {
        **NOTHING_ELSE,
        "specialty_studied": "机械",
        "specialty_worked": "机械",
        "educations": [
            {
                "claim": "degree",
                "level": "bachelor",
                "mode": "full_time",
                "awarded_on": "2018-06-30",
            }
        ],
        "work": [
            {
                "claim": "work",
                "first_day": "2018-07-15",
                "relation": "same",
                "professional": True,
                "at_employer": True,
            }
        ],
        "assessments": [{"claim": "a2019", "year": 2019, "grade": "合格"}],
        "particulars": said(),
    }
    done(applicant.change(path, "/applications", stated))
    attach(applicant, path, File(kind="diploma", title="学位证书", supports=("degree",)))
    done(applicant.change(path, "/submissions", DECLARED))
    for house in (county.firm, county.department, county.office):
        passed(path, house)
    return path


def roll(county: County, house: House | None = None) -> dict[str, Any]:
    """The county's roll of 2020 as one of its readers sees it."""
    path = f"/v1/organisations/{county.office.organisation}/rolls/2020"
    reader = (house or county.office).handler
    return dict(done(reader.get(f"{path}?{county.everything()}")).body)


def kept(county: County) -> int:
    """How many rolls the timekeeper notes when it looks."""
    county.catch_up()
    with county.services.views.connection() as connection:
        return keep_rolls(county.services, connection)


def noted(county: County) -> list[dict[str, Any]]:
    """The rolls that were noted as overdue, in the history of the office."""
    recorded = county.services.office.desk().history(stream_of("rolls", county.office.organisation))
    return [
        {"due_on": each.event.due_on.isoformat(), "actor": type(each.actor).__name__}  # type: ignore[attr-defined] # of this topic
        for each in recorded.recorded
        if each.event.topic == "rolls:overdue:1"
    ]


def test_a_roll_that_is_not_there_on_its_day_is_noted_once_and_filed_late(county: County) -> None:
    county.at("2021-03-31 23:59:59")
    assert kept(county) == 0
    assert (roll(county)["overdue"], acts_in(roll(county))) == (False, ["rolls.file"])
    county.at("2021-04-01 00:00:00")
    kept(county)
    assert kept(county) == 0
    assert noted(county) == [{"due_on": "2021-03-31", "actor": "SystemActor"}]
    seen = roll(county, county.city)
    assert (seen["overdue"], seen["noted_overdue"], acts_in(seen)) == (True, True, [])
    path = f"/v1/organisations/{county.office.organisation}"
    offered = acts_in(done(county.office.handler.get(path)).body)
    assert ("decisions.publish" in offered, "rolls.file" in offered) == (True, False)
    version = int(county.office.handler.get(f"{path}/rolls/2020").headers["ETag"][2:-1])
    done(county.office.handler.post(f"{path}/rolls", {"year": 2020}, version=version))
    filed = roll(county)
    assert (filed["filed"]["late"], filed["overdue"], acts_in(filed)) == (True, False, [])
    assert len(filed["approvals"]) == 1


def test_the_authority_is_told_who_publishes_and_who_corrects(county: County) -> None:
    path = f"/v1/organisations/{county.office.organisation}/decisions"
    assert acts_in(done(county.office.handler.get(path)).body) == ["decisions.publish"]
    assert acts_in(done(county.office.leader.get(path)).body) == ["decisions.correct"]
    assert acts_in(done(county.office.administrator.get(path)).body) == []
